import { machineTargetText } from '../cli/machine-target.ts';
import type { TracedPlace, TraceOptions } from '../cli/trace-options.ts';
import { count, counted, grouped, lossTotals } from '../events/accounting.ts';
import { droppedPackets } from '../events/drop-class.ts';
import type { NodeTrace } from '../trace/node-trace.ts';
import type { TraceResult } from '../trace/trace-report.ts';
import { listed, namesOf, totalAccounting } from './summary.ts';

/** Those that decide what a trace shows. */
export type HintOptions = Pick<
  TraceOptions,
  ('filter' | 'peers' | 'mark' | 'interfaceName' | 'functionRegex') | ('targets' | 'scope')
> & {
  /** It is told where packets left for, and with it how more is seen of them. */
  readonly departuresAreTold?: boolean;
};

/**
 * Why a trace may have shown nothing, and what shows more: a late start, what leaves packets out, traffic elsewhere. No lines
 * when something was shown, or was lost on the way, or when it is not known.
 */
export function nothingSeenLines(
  { nodes, beganAfterMs }: Pick<TraceResult, 'nodes' | 'beganAfterMs'>,
  options: HintOptions,
  place: TracedPlace,
): string[] {
  const traced = nodes.filter(({ started }) => started !== undefined);
  if (traced.length === 0 || traced.some(({ accounting }) => accounting === undefined)) return [];
  const accounting = totalAccounting(traced);
  const { deliveredEvents, withheldEvents, packets, undecidedHits, losses } = accounting;
  if (count(deliveredEvents) > 0n || lossTotals(losses ?? []).totalEvents > 0n) return [];
  const elsewhere = place === 'machine' ? undefined : elsewhereText(traced, options.scope);
  if (count(withheldEvents) > 0n) {
    const open = droppedPackets(accounting.droppedPackets ?? []).get('not-known');
    return [
      open === undefined
        ? `None of ${counted(count(packets), 'packet')} was lost: without --drops their way is shown`
        : `${counted(open, 'packet')} of ${grouped(count(packets))} may be lost: --drops=all shows them`,
      ...(elsewhere === undefined || options.departuresAreTold === true
        ? []
        : [`What becomes of them elsewhere: ${elsewhere}`]),
    ];
  }
  const seconds = (beganAfterMs / 1_000).toFixed(1);
  const narrowing = narrowingTexts(options);
  const advice = [
    ...(narrowing.length === 0 ? [] : [`leave out ${listed(narrowing)}`]),
    ...(place === 'cluster' && options.scope.servicePorts ? ['--all-ports'] : []),
    ...(elsewhere === undefined ? [] : [elsewhere]),
  ];
  const undecided = count(undecidedHits);
  return [
    `No packet was seen since tracing began, ${seconds} s after the command` +
      (undecided === 0n ? '' : `; of ${counted(undecided, 'hit')} the filter could not tell`),
    ...(advice.length === 0 ? [] : [`To see more: ${advice.join('; ')}`]),
  ];
}

/** What of the command line leaves packets out. */
function narrowingTexts(options: HintOptions): string[] {
  const { filter, targets, peers, mark, interfaceName, functionRegex } = options;
  return [
    ...(filter.text === '' ? [] : [`the filter "${filter.text}"`]),
    ...targets.map(machineTargetText),
    ...new Set(peers.map(({ flag }) => `--${flag}`)),
    ...(mark === undefined ? [] : ['--mark']),
    ...(interfaceName === undefined ? [] : ['--ifname']),
    ...(functionRegex === undefined ? [] : ['--func']),
  ];
}

/** How traffic of other nodes is seen; undefined where there are none. */
export function elsewhereText(
  nodes: readonly NodeTrace[],
  scope: HintOptions['scope'],
): string | undefined {
  if (scope.allNodes) return undefined;
  const isOfService = scope.targets.some(({ kind }) => kind === 'service');
  return `--all-nodes${isOfService ? '' : ' in place of the targets'}, to trace more than ${namesOf(nodes)}`;
}
