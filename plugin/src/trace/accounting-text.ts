import type { pwru } from '../../../proto/gen/pwru.js';
import { count, counted, grouped, lossTotals } from '../accounting.ts';

/** `7 packets, 9 events delivered, 3 lost (kernel ring full 3), 0 missed, 0 undecided`: what is zero and rare is left out. */
export function accountingText(
  accounting: pwru.v1.Accounting.$Properties,
  shownEvents?: number,
): string {
  const { totalEvents, byStage } = lossTotals(accounting.losses ?? []);
  const delivered = count(accounting.deliveredEvents);
  const isAllShown = shownEvents === undefined || BigInt(shownEvents) === delivered;
  const parts = [
    counted(count(accounting.packets), 'packet'),
    `${counted(delivered, 'event')} delivered`,
    ...(isAllShown ? [] : [`${grouped(shownEvents)} shown`]),
    ...optional(accounting.withheldEvents, 'of packets that were not dropped held back'),
    `${grouped(totalEvents)} lost${byStage === '' ? '' : ` (${byStage})`}`,
    `${grouped(count(accounting.missedHits))} missed`,
    `${grouped(count(accounting.undecidedHits))} undecided`,
    ...optional(accounting.pendingEvents, 'pending'),
    ...optional(accounting.identityEvictions, 'packets no longer followed'),
    ...optional(accounting.identityFailures, 'packets without identity'),
  ];
  return parts.join(', ');
}

function optional(value: Parameters<typeof count>[0], words: string): string[] {
  const events = count(value);
  return events === 0n ? [] : [`${grouped(events)} ${words}`];
}
