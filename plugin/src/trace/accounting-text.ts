import type { pwru } from '../../../proto/gen/pwru.js';
import { count, counted, grouped, lossTotals } from '../accounting.ts';
import { type DropClassName, droppedPackets } from '../drop-class.ts';

const dropClassTexts: Readonly<Record<DropClassName | 'unknown', string>> = {
  lost: 'lost',
  copy: 'dropped while another copy arrived or lived',
  discarded: 'discarded after delivery',
  unwanted: 'for nobody here',
  'not-a-packet': 'not packets',
  unknown: 'dropped',
};

/**
 * What `--drops` came to: `1 packet lost; no loss: 3 discarded after delivery, 12 not packets`. Undefined when nothing was
 * dropped.
 */
export function dropsText({
  droppedPackets: dropped,
}: pwru.v1.Accounting.$Properties): string | undefined {
  const packets = droppedPackets(dropped ?? []);
  if (packets.size === 0) return undefined;
  const others = [...packets].filter(([name]) => name !== 'lost');
  const texts = others.map(([name, number]) => `${grouped(number)} ${dropClassTexts[name]}`);
  const lost = `${counted(packets.get('lost') ?? 0n, 'packet')} lost`;
  return others.length === 0 ? lost : `${lost}; no loss: ${texts.join(', ')}`;
}

/**
 * `7 packets, 9 events delivered, 3 lost (kernel ring full 3), 0 missed, 0 undecided`: what is zero and rare is left out.
 * @param packets instead of the number of packets
 */
export function accountingText(
  accounting: pwru.v1.Accounting.$Properties,
  shownEvents?: number,
  packets = counted(count(accounting.packets), 'packet'),
): string {
  const { totalEvents, byStage } = lossTotals(accounting.losses ?? []);
  const delivered = count(accounting.deliveredEvents);
  const isAllShown = shownEvents === undefined || BigInt(shownEvents) === delivered;
  const parts = [
    packets,
    `${counted(delivered, 'event')} delivered`,
    ...(isAllShown ? [] : [`${grouped(shownEvents)} shown`]),
    ...optional(accounting.withheldEvents, 'of packets that were not lost held back'),
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
