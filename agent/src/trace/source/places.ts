import type { FunctionName } from '../../core/record/event-names.ts';

/** As many as the encoder's dictionary keeps. */
const mostPlaces = 65_536;

/**
 * What the places of one session's records are called, as they were planned: `place` of a record is a function's address, or
 * the slot of a tracepoint. What has a name keeps it, since records of it may not have been read yet.
 */
export class PlaceTable {
  readonly #places = new Map<bigint, FunctionName>();

  /** @returns false when the key is another place's, or there is no room: nothing may be attached there then. */
  put(key: bigint, place: FunctionName): boolean {
    const known = this.#places.get(key);
    if (known !== undefined) return known.name === place.name && known.module === place.module;
    if (this.#places.size >= mostPlaces) return false;
    this.#places.set(key, place);
    return true;
  }

  of(key: bigint): FunctionName | undefined {
    return this.#places.get(key);
  }

  [Symbol.iterator](): Iterator<[bigint, FunctionName]> {
    return this.#places[Symbol.iterator]();
  }
}
