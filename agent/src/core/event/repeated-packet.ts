import type { EventRecord } from './event-record.ts';
import { EVENT, PWRU_EVENT_VLAN } from './layout.ts';

const wordOf = (field: { readonly offset: number }) => field.offset / 4;

/** The words that have to be the same, up to and without the second of a pair. In between: location and drop reason. */
const SKB = wordOf(EVENT.skb);
const LOCATION = wordOf(EVENT.location);
const NETNS = wordOf(EVENT.netns);
const FLAGS = (EVENT.tcp_flags.offset & ~3) / 4;
const SOURCE_ADDRESS = wordOf(EVENT.saddr);
const DESTINATION_ADDRESS = wordOf(EVENT.daddr);
const COMM = wordOf(EVENT.comm);
const END = EVENT.SIZE / 4;

/** TCP flags and whether there is a VLAN tag; the other flags are the event's own. */
const FLAGS_MASK = (0xff | (PWRU_EVENT_VLAN << 8)) << (8 * (EVENT.tcp_flags.offset & 3));

const addressWords = [0, 0, 0, 0, 1, 0, 4];

/** A record of which others may differ only in time, function, drop and stack. */
export class RepeatedPacket {
  readonly #words = new Int32Array(END);
  #cpu = -1;
  #addressWords = 0;

  /** Nothing repeats it until the next `remember`. */
  forget(): void {
    this.#cpu = -1;
  }

  remember(record: EventRecord): void {
    const { words, bytes, offset } = record;
    const base = offset >>> 2;
    this.#cpu = record.cpu;
    this.#addressWords = addressWords[bytes[offset + EVENT.ip_version.offset] ?? 0] ?? 0;
    for (let word = 0; word < END; word++) this.#words[word] = words[base + word] ?? 0;
  }

  /** Compares about 25 words: a fifth of what encoding them again would take. */
  isRepeatedBy(record: EventRecord): boolean {
    if (record.cpu !== this.#cpu) return false;
    const { words } = record;
    const own = this.#words;
    const base = record.offset >>> 2;
    const length = this.#addressWords;
    return (
      (((words[base + FLAGS] ?? 0) ^ (own[FLAGS] ?? 0)) & FLAGS_MASK) === 0 &&
      isSame(own, words, base, SKB, LOCATION) &&
      isSame(own, words, base, NETNS, FLAGS) &&
      isSame(own, words, base, SOURCE_ADDRESS, SOURCE_ADDRESS + length) &&
      isSame(own, words, base, DESTINATION_ADDRESS, DESTINATION_ADDRESS + length) &&
      isSame(own, words, base, COMM, END)
    );
  }
}

function isSame(
  own: Int32Array,
  words: Int32Array,
  base: number,
  start: number,
  end: number,
): boolean {
  for (let word = start; word < end; word++) {
    if (words[base + word] !== own[word]) return false;
  }
  return true;
}
