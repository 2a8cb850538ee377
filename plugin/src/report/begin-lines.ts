import { counted, grouped } from '../events/accounting.ts';
import type { NodeTrace } from '../trace/node-trace.ts';
import type { NodeState } from '../trace/recovery.ts';
import { version } from '../version.ts';
import { rejectedLines } from './rejected-backends.ts';
import { groupedBy, namesOf, probesText } from './summary.ts';

/** What a trace of a cluster begins with. `subject`: what is traced, `hint`: what ends the first line. */
export function beginLines(
  nodes: readonly NodeTrace[],
  { subject, hint }: { subject: string; hint: string },
): string[] {
  const groups = groupedBy(nodes, ({ started }) =>
    started === undefined ? '' : `(${started.kernelRelease}): ${probesText(started)}`,
  );
  const [probes] = groups.keys();
  const first =
    groups.size === 1
      ? [`Tracing ${subject} on ${namesOf(nodes)} ${probes}${hint}`]
      : [
          `Tracing ${subject} on ${counted(nodes.length, 'node')}${hint}`,
          ...[...groups].map(([text, group]) => `  ${namesOf(group)} ${text}`),
        ];
  return [...first, ...noticeLines(nodes), ...versionLines(nodes), ...clockLines(nodes)];
}

/** What agents have to say, each once. */
function noticeLines(nodes: readonly NodeTrace[]): string[] {
  const all = nodes.flatMap((node) => [
    ...rejectedLines(node.started?.rejectedBackends ?? []).map((text) => ({ node, text })),
    ...(node.started?.notices ?? []).map((notice) => ({ node, text: `Note: ${notice}` })),
  ]);
  return [...groupedBy(all, ({ text }) => text)].map(([text, told]) =>
    told.length === nodes.length ? text : `${namesOf(told.map(({ node }) => node))}: ${text}`,
  );
}

/** How far it is until all are ready: `2 of 5 nodes ready, n3 800/1,607`; undefined when none is on its way. */
export function progressOfStart(nodes: readonly NodeTrace[], ready: number): string | undefined {
  const slowest = slowestOf(nodes);
  if (slowest === undefined) return undefined;
  const { name, state } = slowest;
  const own =
    state.kind === 'attaching'
      ? `${grouped(state.done)}/${grouped(state.total)}`
      : `is ${state.kind}`;
  return `${nodes.length === 1 ? '' : `${ready} of ${nodes.length} nodes ready, `}${name} ${own}`;
}

function slowestOf(nodes: readonly NodeTrace[]): NodeTrace | undefined {
  const order: ReadonlyArray<NodeState['kind']> = ['connecting', 'preparing', 'attaching'];
  for (const kind of order) {
    const [slowest] = nodes
      .filter(({ state }) => state.kind === kind)
      .sort((a, b) => doneOf(a) - doneOf(b));
    if (slowest !== undefined) return slowest;
  }
  return undefined;
}

/** 0 to 1. */
function doneOf({ state }: NodeTrace): number {
  return state.kind === 'attaching' && state.total > 0 ? state.done / state.total : 0;
}

/** What is said of clocks that are further apart, or less sure. */
const WORTH_TELLING_OFF_NS = 5_000_000n;
const WORTH_TELLING_UNSURE_NS = 1_000_000n;

/** Agents of another version than this program. */
export function versionLines(nodes: readonly NodeTrace[]): string[] {
  const others = nodes.filter(
    ({ agentVersion }) => agentVersion !== undefined && agentVersion !== version,
  );
  return [...groupedBy(others, ({ agentVersion }) => agentVersion ?? '')].map(
    ([theirs, group]) =>
      `The agent on ${namesOf(group)} is of version ${theirs}, this program of ${version}`,
  );
}

/**
 * How sure the order between nodes is; nothing where only one is traced.
 * @param about those of `nodes` of which something is to be said
 */
export function clockLines(nodes: readonly NodeTrace[], about = nodes): string[] {
  if (nodes.length < 2) return [];
  const corrected = about.filter(({ clockCorrectionNs }) => clockCorrectionNs !== 0n);
  const unsure = about.filter(
    ({ clock }) => clock === undefined || clock.uncertaintyNs > WORTH_TELLING_UNSURE_NS,
  );
  const worstNs = unsure.map(({ clock }) => clock?.uncertaintyNs ?? 0n).reduce(larger, 0n);
  return [
    ...correctionLines(
      corrected.filter(
        ({ clockCorrectionNs }) => absolute(clockCorrectionNs) > WORTH_TELLING_OFF_NS,
      ),
    ),
    ...(worstNs === 0n
      ? []
      : [
          `Clocks could be compared to within ${milliseconds(worstNs)} (${namesOf(unsure)}): closer events of different nodes are in the order of the nodes' own clocks`,
        ]),
  ];
}

/** One line, however many they are. */
function correctionLines(nodes: readonly NodeTrace[]): string[] {
  const [node] = nodes;
  if (node === undefined) return [];
  const distancesNs = nodes.map(({ clockCorrectionNs }) => absolute(clockCorrectionNs));
  const least = milliseconds(-distancesNs.map((distanceNs) => -distanceNs).reduce(larger));
  const most = milliseconds(distancesNs.reduce(larger));
  const unsure = milliseconds(
    nodes.map(({ clock }) => clock?.uncertaintyNs ?? 0n).reduce(larger, 0n),
  );
  if (nodes.length === 1) {
    const direction = node.clockCorrectionNs > 0n ? 'ahead' : 'behind';
    return [
      `The clock of ${node.name} is ${most} ${direction} (to within ${unsure}): its events are put in their place`,
    ];
  }
  return [
    `The clocks of ${namesOf(nodes)} differ from the others' by ${least === most ? most : `${least.replace(' ms', '')} to ${most}`} (to within ${unsure}): their events are put in their place`,
  ];
}

function larger(one: bigint, other: bigint): bigint {
  if (one > other) return one;
  return other;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** `37.2 ms` */
function milliseconds(ns: bigint): string {
  return `${(Number(ns) / 1e6).toFixed(1)} ms`;
}
