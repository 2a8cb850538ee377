import { isSamePacket } from './fields.ts';
import { HIT } from './layout.ts';
import type { EventRecord } from './record-view.ts';

const HIT_WORDS = HIT.SIZE / 4;

/** A record of which others may differ only in what record.h gives to the hit itself: time, place and sections. */
export class RepeatedPacket {
  readonly #words = new Int32Array(HIT_WORDS);
  #cpu = -1;

  /** Nothing repeats it until the next `remember`. */
  forget(): void {
    this.#cpu = -1;
  }

  remember(record: EventRecord): void {
    const { words } = record;
    const base = record.offset >>> 2;
    this.#cpu = record.cpu;
    for (let word = 0; word < HIT_WORDS; word++) this.#words[word] = words[base + word] ?? 0;
  }

  /** A fifth of what encoding the record again would take. */
  isRepeatedBy(record: EventRecord): boolean {
    return record.cpu === this.#cpu && isSamePacket(record.words, record.offset >>> 2, this.#words);
  }
}
