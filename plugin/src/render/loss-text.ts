import { pwru } from '../../../proto/gen/pwru.js';
import { counted } from '../events/accounting.ts';
import type { PacketEnd } from '../events/journeys.ts';
import { displayWidth } from '../terminal/text.ts';
import { hexAddress } from '../terminal/text-buffer.ts';
import type { CellContext } from './columns.ts';

const { DropClass } = pwru.v1;

/** Of a packet that was dropped with all its copies: drops of other classes are no loss. */
const lossClasses: ReadonlySet<pwru.v1.DropClass> = new Set([
  DropClass.DROP_CLASS_LOST,
  DropClass.DROP_CLASS_NOT_KNOWN,
]);

/**
 * `10.0.0.1:4000->web-1:80(tcp) lost: NETFILTER_DROP at nft_do_chain+0x40f [nf_tables] in web-1 on eth0:2, 0.123 ms after it was
 * first seen (41 events)`, with the address of the sk_buff that was dropped where there is no tuple;
 * undefined for a packet that is not known to be lost, nor to be in doubt.
 */
export function lossText(
  end: PacketEnd,
  tuple: string | undefined,
  { dictionary, nodeLabel }: CellContext,
): string | undefined {
  const { kind, drop } = end;
  if (drop === undefined || (kind !== 'dropped' && kind !== 'not-known')) return undefined;
  if (kind === 'dropped' && !lossClasses.has(drop.dropClass)) return undefined;
  const location = dictionary.codeLocation(drop.locationId);
  const device = dictionary.interface(drop.interfaceId);
  const where = dictionary.netns(drop.netnsInode)?.label;
  const what = [
    dictionary.dropReason(drop.reasonId)?.label ?? '',
    location === undefined ? '' : `at ${location.label}`,
    where === undefined ? '' : `in ${where}`,
    device === undefined ? '' : `on ${device.label}`,
    nodeLabel === '-' ? '' : `of ${nodeLabel}`,
  ];
  const why = what.filter((part) => part !== '').join(' ');
  const after = `${(end.durationNs / 1e6).toFixed(3)} ms after it was first seen (${counted(end.events, 'event')})`;
  const fate = kind === 'dropped' ? 'lost' : 'may be lost';
  return `${tuple ?? hexAddress(drop.skbHigh, drop.skbLow)} ${fate}: ${why}, ${after}`;
}

/** The text in lines of at most `width` characters, broken between words; undefined: one line. A word alone may be longer. */
export function wrapped(text: string, width: number | undefined): string[] {
  if (width === undefined) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
