import type { CommandLine } from './command-line.ts';
import { type FlagName, flagSpec } from './flag-table.ts';
import { mapFlag } from './read-value.ts';
import { UsageError } from './usage-error.ts';
import { parseAgentAddress } from './values.ts';

/** Who is asked. */
export type AgentChoice =
  /** An agent inside this process. */
  | { readonly kind: 'local' }
  /** `unix:PATH` or `HOST:PORT`. */
  | { readonly kind: 'address'; readonly address: string }
  /** The agents of a cluster: a flag or a target says so. */
  | { readonly kind: 'cluster' }
  /** Nothing says: the cluster that kubectl would use, else this machine. */
  | { readonly kind: 'default' };

/**
 * What --local, --agent and the flags that only a cluster has a use for say.
 * @throws UsageError when they contradict each other
 */
export function agentChoice(line: CommandLine): AgentChoice {
  const address = mapFlag(line, 'agent', parseAgentAddress);
  const local = line.isOn('local');
  if (local && address !== undefined) {
    throw new UsageError(
      'Cannot use --local together with --agent: trace this machine, or ask that agent',
    );
  }
  const clusterFlag = line.flags.find((flag) => flagSpec(flag).cluster === true);
  if (clusterFlag !== undefined && (local || address !== undefined)) {
    throw new UsageError(
      `Cannot use ${shown(clusterFlag)} together with ${local ? '--local' : '--agent'}: it is about a cluster`,
    );
  }
  if (address !== undefined) return { kind: 'address', address };
  if (local) return { kind: 'local' };
  return { kind: clusterFlag === undefined ? 'default' : 'cluster' };
}

function shown(flag: FlagName): string {
  const { short } = flagSpec(flag);
  return short === undefined ? `--${flag}` : `-${short}/--${flag}`;
}
