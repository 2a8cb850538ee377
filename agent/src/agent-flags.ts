import { parseArgs } from 'node:util';
import { messageOf, PwruError } from './core/errors.ts';
import { type HostPort, parseHttpAddress } from './core/host-port.ts';
import { agentDefaults } from './core/limits.ts';
import { type LogLevel, logLevels } from './core/log.ts';
import type { NodeFolders } from './kernel/netns.ts';

export const usage = `Usage: pwru-agent [flags]

Traces packets through this machine's kernel on behalf of kubectl pwru. Needs root (or CAP_BPF, CAP_PERFMON,
CAP_SYS_ADMIN, CAP_NET_ADMIN and CAP_SYS_PTRACE) and a kernel with BTF.

      --socket PATH          unix socket to serve; an empty PATH serves none (default /run/pwru/agent.sock)
      --listen HOST:PORT     TCP address to serve beside it; loopback only unless --allow-remote
      --allow-remote         let --listen take other addresses; the API has no authentication of its own
      --http-address ADDRESS HOST:PORT or :PORT to serve /metrics, /healthz and /readyz on (default none)
      --max-sessions N       traces at a time (default ${agentDefaults.maxSessions})
      --max-duration TIME    longest trace, for instance 90s, 30m or 2h (default 1h)
      --node-name NAME       name of this node (default $NODE_NAME, else the host name)
      --no-kubernetes        do not follow the node's pods, which is done when this runs in a pod
      --cri-socket PATH      the container runtime's socket (default: the first that answers of the usual ones;
                             empty: none, pods are found by their control groups)
      --host-run PATH        where the node's /run is (default /run); --host-proc and --host-sys for /proc and /sys
      --log-level LEVEL      ${logLevels.join(', ')} (default info)
      --version              print the version
  -h, --help                 print this text
`;

/** What pwru-agent was asked to do. */
export type AgentCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'serve'; readonly flags: AgentFlags };

export interface AgentFlags {
  readonly socketPath: string | undefined;
  readonly listenAddress: string | undefined;
  readonly allowRemote: boolean;
  readonly httpAddress: HostPort | undefined;
  readonly maxSessions: number;
  readonly maxDurationMs: number;
  readonly node: string;
  /** undefined: no pods are followed. */
  readonly pods: PodFlags | undefined;
  readonly nodeFolders: NodeFolders;
  readonly logLevel: LogLevel;
}

/** Where the pods of the node are found. */
export interface PodFlags {
  readonly criSocket: string | undefined;
  readonly hostRun: string | undefined;
  readonly hostProc: string | undefined;
  readonly hostSys: string | undefined;
}

/** What the command line does not say. */
export interface FlagDefaults {
  /** Name of the node unless --node-name is given. */
  readonly node: string;
  /** This process runs in a pod. */
  readonly isInPod: boolean;
}

/** @throws PwruError INVALID_ARGUMENT for flags that cannot be used */
export function parseFlags(args: readonly string[], defaults: FlagDefaults): AgentCommand {
  const values = parseValues(args);
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const flags: AgentFlags = {
    socketPath: values.socket === '' ? undefined : (values.socket ?? '/run/pwru/agent.sock'),
    listenAddress: values.listen,
    allowRemote: values['allow-remote'] ?? false,
    httpAddress:
      values['http-address'] === undefined ? undefined : parseHttpAddress(values['http-address']),
    maxSessions: parseCount(values['max-sessions']),
    maxDurationMs: parseDuration(values['max-duration']),
    node: values['node-name'] ?? defaults.node,
    pods: parsePods(values, defaults),
    nodeFolders: {
      run: values['host-run'] ?? (defaults.isInPod ? undefined : '/run'),
      proc: values['host-proc'] ?? (defaults.isInPod ? undefined : '/proc'),
    },
    logLevel: parseLogLevel(values['log-level'] ?? 'info'),
  };
  if (flags.socketPath === undefined && flags.listenAddress === undefined) {
    throw new PwruError(
      'INVALID_ARGUMENT',
      'Nothing to serve: --socket is empty and --listen is not given',
    );
  }
  return { kind: 'serve', flags };
}

function parseValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        socket: { type: 'string' },
        listen: { type: 'string' },
        'allow-remote': { type: 'boolean' },
        'http-address': { type: 'string' },
        'max-sessions': { type: 'string' },
        'max-duration': { type: 'string' },
        'node-name': { type: 'string' },
        'no-kubernetes': { type: 'boolean' },
        'cri-socket': { type: 'string' },
        'host-run': { type: 'string' },
        'host-proc': { type: 'string' },
        'host-sys': { type: 'string' },
        'log-level': { type: 'string' },
        version: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (thrown) {
    throw new PwruError('INVALID_ARGUMENT', messageOf(thrown), { cause: thrown });
  }
}

function parsePods(
  values: ReturnType<typeof parseValues>,
  { isInPod }: FlagDefaults,
): PodFlags | undefined {
  if (!isInPod || values['no-kubernetes'] === true) return undefined;
  return {
    criSocket: values['cri-socket'],
    hostRun: values['host-run'],
    hostProc: values['host-proc'],
    hostSys: values['host-sys'],
  };
}

function parseCount(text: string | undefined): number {
  if (text === undefined) return agentDefaults.maxSessions;
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > 128) throw badFlag('--max-sessions', text, 'a number from 1 to 128');
  return count;
}

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** A timer of Node takes at most 2^31 - 1 ms, 24.8 days. */
const MAX_DURATION_MS = 7 * 24 * unitMs.h;

function parseDuration(text: string | undefined): number {
  if (text === undefined) return agentDefaults.maxDurationMs;
  const match = /^(\d{1,9})(ms|s|m|h)$/.exec(text);
  const unit = Object.entries(unitMs).find(([name]) => name === match?.[2])?.[1] ?? 0;
  const durationMs = Number(match?.[1] ?? 0) * unit;
  if (durationMs < unitMs.s || durationMs > MAX_DURATION_MS) {
    throw badFlag('--max-duration', text, 'a time from 1s to 168h, for instance 90s, 30m or 2h');
  }
  return durationMs;
}

function parseLogLevel(text: string): LogLevel {
  const level = logLevels.find((candidate) => candidate === text);
  if (level === undefined) throw badFlag('--log-level', text, `one of ${logLevels.join(', ')}`);
  return level;
}

function badFlag(flag: string, text: string, expected: string): PwruError {
  return new PwruError(
    'INVALID_ARGUMENT',
    `Cannot use ${flag} ${JSON.stringify(text)}: expected is ${expected}`,
  );
}
