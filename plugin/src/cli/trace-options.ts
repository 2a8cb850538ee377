import { type ClusterScope, isEmptyScope, type PeerOption } from './cluster-scope.ts';
import { type CommandLine, mapFlag, nonEmpty } from './command-line.ts';
import type { ClusterOptions } from './connection.ts';
import { type FlagName, flagSpec } from './flag-table.ts';
import { type MachineTarget, machineTargetText } from './machine-target.ts';
import type { PacketFilter } from './packet-filter.ts';
import { parseAgentAddress, parseModules, UsageError } from './values.ts';

/** A whole command line, every value usable. */
export interface TraceOptions extends ClusterOptions {
  readonly agent: AgentChoice;
  /** Of the machine that is traced; empty: the whole host. Only without a cluster. */
  readonly targets: readonly MachineTarget[];
  /** Empty without a cluster. */
  readonly scope: ClusterScope;
  /** --from and --to where they name an object: what they add to `filter` is known when it has been found. */
  readonly peers: readonly PeerOption[];
  readonly filter: PacketFilter;
  readonly dropsOnly: boolean;
  /** Drops of every class, not only lost packets. */
  readonly allDrops: boolean;
  /** RE2 expression; undefined selects all functions. */
  readonly functionRegex: string | undefined;
  /** Undefined lets the agent choose. */
  readonly backend: string | undefined;
  readonly modules: 'all' | readonly string[];
  /** Unsigned 32-bit numbers. */
  readonly mark: { readonly value: number; readonly mask: number } | undefined;
  readonly interfaceName: string | undefined;
  /** Stop after that many events were printed, at least 1; undefined: no limit. */
  readonly limit: number | undefined;
  /** Counted from the moment when all probes are on; undefined: until interrupted. */
  readonly timeoutMs: number | undefined;
  readonly stack: boolean;
  /** --track or --no-track; undefined: as is usual for the targets (DESIGN 11). */
  readonly track: boolean | undefined;
  readonly timestamp: TimestampMode;
  readonly resolveNames: boolean;
  readonly sort: SortOrder;
  /** How long an event waits for earlier ones of a node that lags behind. */
  readonly sortWindowMs: number;
  readonly includeStatus: boolean;
  /** With JSON: a line for each packet that has ended. */
  readonly includePacketEnds: boolean;
  readonly dryRun: boolean;
  readonly output: OutputFormat;
  readonly quiet: boolean;
  readonly headers: boolean;
}

export const timestampModes = ['none', 'absolute', 'relative', 'delta'] as const;
export type TimestampMode = (typeof timestampModes)[number];

export const sortOrders = ['time', 'none'] as const;
export type SortOrder = (typeof sortOrders)[number];

export const outputFormats = ['table', 'json'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Of StartTrace.function_regex. */
const MAX_REGEX_BYTES = 4_096;

/** What --func, --backend, --kmods and --all-kmods say. @throws UsageError */
export function functionSelection(
  line: CommandLine,
): Pick<TraceOptions, 'functionRegex' | 'backend' | 'modules'> {
  return {
    functionRegex: functionRegex(nonEmpty(line, 'func')),
    backend: nonEmpty(line, 'backend'),
    modules: modules(line),
  };
}

export function functionRegex(regex: string | undefined): string | undefined {
  if (regex !== undefined && Buffer.byteLength(regex) > MAX_REGEX_BYTES) {
    throw new UsageError(
      `Cannot use --func: the expression has ${Buffer.byteLength(regex)} bytes, at most ${MAX_REGEX_BYTES} are allowed`,
    );
  }
  return regex;
}

function modules(line: CommandLine): 'all' | readonly string[] {
  const named = mapFlag(line, 'kmods', parseModules);
  const all = line.isOn('all-kmods');
  if (all && named !== undefined)
    throw new UsageError('Cannot use --kmods together with --all-kmods: it is one of them');
  return all ? 'all' : (named ?? []);
}

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

/** What is traced: a report and its columns are chosen for it. */
export type TracedPlace = 'machine' | 'cluster';

export type TracePlace =
  | { readonly kind: 'local' }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'cluster' };

/**
 * Where a trace takes place: where the command line says, else in the cluster that kubectl would ask (`cluster` names what
 * it was found by), else on this machine: but a whole machine only when that is said.
 * @throws UsageError when nothing is named that can be traced there
 */
export function tracePlace(
  { agent, targets, scope }: Pick<TraceOptions, 'agent' | 'targets' | 'scope'>,
  cluster: string | undefined,
): TracePlace {
  if (agent.kind === 'local' || agent.kind === 'address') return agent;
  if (agent.kind === 'default') {
    const [target] = targets;
    if (cluster === undefined) {
      if (target !== undefined) return { kind: 'local' };
      throw new UsageError(
        'Cannot trace: there is no kubeconfig and no target; --local traces this machine, --kubeconfig names a cluster',
      );
    }
    if (target !== undefined) {
      throw new UsageError(
        `Cannot trace ${machineTargetText(target)} in the cluster of ${cluster}: use --local for this machine, or --agent ADDRESS for an agent elsewhere`,
      );
    }
  }
  if (isEmptyScope(scope)) {
    throw new UsageError(
      'Cannot trace: name a target such as pod/NAME, svc/NAME or node/NAME, or use -l, --all, -A or --all-nodes; --local traces this machine',
    );
  }
  return { kind: 'cluster' };
}
