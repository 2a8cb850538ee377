import { clusterScope, type PeerOption, peerOptions } from './cluster-scope.ts';
import { type ClusterTarget, parseClusterTarget, targetText } from './cluster-target.ts';
import { type CommandLine, mapFlag, mapGiven, oneOf } from './command-line.ts';
import { clusterOptions } from './connection.ts';
import { type MachineTarget, machineTargetText, parseMachineTarget } from './machine-target.ts';
import { refuseMistyped } from './mistyped-word.ts';
import { packetFilter } from './packet-filter.ts';
import {
  type AgentChoice,
  agentChoice,
  functionSelection,
  outputFormats,
  sortOrders,
  type TraceOptions,
  timestampModes,
} from './trace-options.ts';
import { parseCount, parseDurationMs, parseMark, UsageError, unusable } from './values.ts';

const DEFAULT_SORT_WINDOW_MS = 250;

/** @throws UsageError naming the flag or the word, and what it must be */
export function parseTrace(line: CommandLine): TraceOptions {
  const peers = peerOptions(line);
  const { machine, cluster } = targets(line.words);
  const output =
    mapGiven(line, 'output', (value, flag) => oneOf(flag, value, outputFormats)) ?? 'table';
  for (const flag of ['include-status', 'include-packet-ends'] as const) {
    if (line.isOn(flag) && output !== 'json')
      throw new UsageError(`Cannot use --${flag} without -o json: it is about the JSON stream`);
  }
  return {
    ...clusterOptions(line),
    agent: placeOf(agentChoice(line), { machine, cluster, peers }),
    targets: machine,
    scope: clusterScope(line, cluster, peers),
    peers,
    filter: packetFilter(line),
    dropsOnly: line.isOn('drops'),
    allDrops: line.choice('drops') === 'all',
    ...functionSelection(line),
    mark: mapFlag(line, 'mark', parseMark),
    interfaceName: mapFlag(line, 'ifname', interfaceName),
    limit: mapFlag(line, 'limit', (value, flag) =>
      parseCount(value, flag, { least: 1, what: 'events' }),
    ),
    timeoutMs: mapFlag(line, 'timeout', parseDurationMs),
    stack: line.isOn('stack'),
    track: track(line),
    timestamp:
      mapFlag(line, 'timestamp', (value, flag) => oneOf(flag, value, timestampModes)) ?? 'none',
    resolveNames: !line.isOn('no-resolve'),
    sort: mapFlag(line, 'sort', (value, flag) => oneOf(flag, value, sortOrders)) ?? 'time',
    sortWindowMs: mapFlag(line, 'sort-window', parseDurationMs) ?? DEFAULT_SORT_WINDOW_MS,
    includeStatus: line.isOn('include-status'),
    includePacketEnds: line.isOn('include-packet-ends'),
    dryRun: line.isOn('dry-run'),
    output,
    quiet: line.isOn('quiet'),
    headers: !line.isOn('no-headers'),
  };
}

interface Targets {
  readonly machine: readonly MachineTarget[];
  readonly cluster: readonly ClusterTarget[];
}

function targets(words: readonly string[]): Targets {
  const machine: MachineTarget[] = [];
  const cluster: ClusterTarget[] = [];
  refuseMistyped(words);
  for (const word of words) {
    const target = parseMachineTarget(word);
    if (target !== undefined) machine.push(target);
    else cluster.push(parseClusterTarget(word));
  }
  return { machine, cluster };
}

/** @throws UsageError when the targets are not where the agent is */
function placeOf(
  choice: AgentChoice,
  { machine, cluster, peers }: Targets & { peers: readonly PeerOption[] },
): AgentChoice {
  const [ofMachine] = machine;
  const inCluster = cluster[0] ?? peers[0]?.target;
  if (ofMachine !== undefined && (inCluster !== undefined || choice.kind === 'cluster')) {
    const other =
      inCluster === undefined ? 'in a cluster' : `together with ${targetText(inCluster)}`;
    throw new UsageError(
      `Cannot trace ${machineTargetText(ofMachine)} ${other}: it is a target of a single machine, with --local or --agent`,
    );
  }
  if (inCluster === undefined) return choice;
  if (choice.kind === 'local' || choice.kind === 'address') {
    throw new UsageError(
      `Cannot trace ${targetText(inCluster)} with ${choice.kind === 'local' ? '--local' : '--agent'}: ` +
        'it is a target of a cluster; a single machine has netns/NAME and pid/N, and a filter stands after "--"',
    );
  }
  return { kind: 'cluster' };
}

function track(line: CommandLine): boolean | undefined {
  const on = line.switch('track');
  const off = line.switch('no-track');
  if (on !== undefined && off !== undefined) {
    throw new UsageError('Cannot use --track together with --no-track: it is one of them');
  }
  return off === undefined ? on : !off;
}

/** IFNAMSIZ - 1, and what dev_valid_name() allows (net/core/dev.c). */
function interfaceName(value: string): string {
  const lengthBytes = Buffer.byteLength(value);
  if (
    lengthBytes < 1 ||
    lengthBytes > 15 ||
    /[/:\s]/.test(value) ||
    value === '.' ||
    value === '..'
  ) {
    throw unusable(
      'ifname',
      value,
      'an interface name has 1 to 15 bytes, none of them "/", ":" or blank',
    );
  }
  return value;
}
