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
  const worstNs = unsure.reduce((worst, { clock }) => {
    const uncertaintyNs = clock?.uncertaintyNs ?? 0n;
    return uncertaintyNs > worst ? uncertaintyNs : worst;
  }, 0n);
  return [
    ...corrected
      .filter(({ clockCorrectionNs }) => absolute(clockCorrectionNs) > WORTH_TELLING_OFF_NS)
      .map(({ name, clock, clockCorrectionNs }) => {
        const direction = clockCorrectionNs > 0n ? 'ahead' : 'behind';
        const unsureText = milliseconds(clock?.uncertaintyNs ?? 0n);
        return `The clock of ${name} is ${milliseconds(absolute(clockCorrectionNs))} ${direction} (to within ${unsureText}): its events are put in their place`;
      }),
    ...(worstNs === 0n
      ? []
      : [
          `Clocks could be compared to within ${milliseconds(worstNs)} (${namesOf(unsure)}): closer events of different nodes are in the order of the nodes' own clocks`,
        ]),
  ];
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** `37.2 ms` */
function milliseconds(ns: bigint): string {
  return `${(Number(ns) / 1e6).toFixed(1)} ms`;
}
