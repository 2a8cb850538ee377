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
    let difference = ((words[base + FLAGS] as number) ^ (own[FLAGS] as number)) & FLAGS_MASK;
    for (let word = SKB; word < LOCATION; word++) {
      difference |= (words[base + word] as number) ^ (own[word] as number);
    }
    for (let word = NETNS; word < FLAGS; word++) {
      difference |= (words[base + word] as number) ^ (own[word] as number);
    }
    for (let word = 0; word < length; word++) {
      const source = word + SOURCE_ADDRESS;
      const destination = word + DESTINATION_ADDRESS;
      difference |= (words[base + source] as number) ^ (own[source] as number);
      difference |= (words[base + destination] as number) ^ (own[destination] as number);
    }
    for (let word = COMM; word < END; word++) {
      difference |= (words[base + word] as number) ^ (own[word] as number);
    }
    return difference === 0;
  }
}
