import type { pwru } from '../../../proto/gen/pwru.js';
import { count, counted, grouped, lossTotals } from '../accounting.ts';
import { type DropClassName, droppedPackets } from '../drop-class.ts';

const dropClassTexts: Readonly<Record<DropClassName | 'unknown', string>> = {
  lost: 'lost',
  'not-known': "may be lost (another sk_buff had their bytes, perhaps a capture's)",
  copy: 'dropped while another copy arrived or lived',
  discarded: 'discarded after delivery',
  unwanted: 'for nobody here',
  'not-a-packet': 'not packets',
  unknown: 'of a class that this version does not know',
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
  const classes = [...packets.keys()];
  const isOpen = (name: DropClassName | 'unknown') => name === 'not-known' || name === 'unknown';
  const harmless = classes.filter((name) => name !== 'lost' && !isOpen(name));
  const text = (name: DropClassName | 'unknown') =>
    `${grouped(packets.get(name) ?? 0n)} ${dropClassTexts[name]}`;
  return [
    `${counted(packets.get('lost') ?? 0n, 'packet')} lost`,
    ...classes.filter(isOpen).map(text),
    ...(harmless.length === 0 ? [] : [`no loss: ${harmless.map(text).join(', ')}`]),
  ].join('; ');
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
