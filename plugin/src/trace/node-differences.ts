import { version } from '../version.ts';
import { groupedBy, namesOf } from './node-lists.ts';
import type { NodeTrace } from './node-trace.ts';

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
