import type { IncomingMessage } from 'node:http';
import { ApiFailure, asFailure, parseJson } from './request.ts';

export interface JsonListLimits {
  /** Of one item. */
  readonly itemBytes: number;
  /** Of the list without its items. */
  readonly restBytes: number;
}

const [quote, backslash, comma, colon] = Buffer.from('"\\,:');
const [openObject, closeObject, openArray, closeArray] = Buffer.from('{}[]');

/**
 * Reads an answer of the API that is a list, one item at a time: it may have hundreds of items of more than a megabyte, of which
 * little is kept.
 * @param onItem takes each object of `items`
 * @returns the list without its items
 * @throws ApiFailure
 */
export async function readJsonList(
  response: IncomingMessage | AsyncIterable<Buffer>,
  onItem: (item: unknown) => void,
  limits: JsonListLimits,
): Promise<unknown> {
  const scanner = new ListScanner(onItem, limits);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) scanner.take(chunk);
  } catch (thrown) {
    throw asFailure(thrown, 'connection');
  }
  return scanner.rest();
}

/** Bytes that belong together, over chunks. */
class Collected {
  readonly #limit: number;
  readonly #what: string;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(what: string, limit: number) {
    this.#what = what;
    this.#limit = limit;
  }

  add(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > this.#limit) {
      throw new ApiFailure(
        'malformed',
        `${this.#what} of the API server's list exceeds ${this.#limit} bytes`,
      );
    }
    this.#parts.push(part);
  }

  take(): Buffer {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    return bytes;
  }
}

/** Finds the objects in the array `items` of the outermost object. What is no JSON shows when the pieces are parsed. */
class ListScanner {
  readonly #onItem: (item: unknown) => void;
  readonly #item: Collected;
  readonly #rest: Collected;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** In the outermost object: the string that was read last, and the member's name. */
  #text = '';
  #key = '';
  #isInItems = false;

  constructor(onItem: (item: unknown) => void, limits: JsonListLimits) {
    this.#onItem = onItem;
    this.#item = new Collected('An item', limits.itemBytes);
    this.#rest = new Collected('The head', limits.restBytes);
  }

  take(chunk: Buffer): void {
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const wasInItem = this.#isInItem;
      const wasInItems = this.#isInItems;
      this.#step(chunk[index] ?? 0);
      if (wasInItem && !this.#isInItem) {
        this.#item.add(chunk.subarray(start, index + 1));
        this.#onItem(parseJson(this.#item.take()));
        start = index + 1;
      } else if (!wasInItem && this.#isInItem) {
        // Between items there are commas and spaces.
        start = index;
      } else if (!wasInItems && this.#isInItems) {
        this.#rest.add(chunk.subarray(start, index + 1));
        start = index + 1;
      } else if (wasInItems && !this.#isInItems) {
        start = index;
      }
    }
    const left = chunk.subarray(start);
    if (this.#isInItem) this.#item.add(left);
    else if (!this.#isInItems) this.#rest.add(left);
  }

  rest(): unknown {
    return parseJson(this.#rest.take());
  }

  get #isInItem(): boolean {
    return this.#isInItems && this.#depth > 2;
  }

  #step(byte: number): void {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === backslash) this.#isEscaped = true;
      else if (byte === quote) this.#isInString = false;
      else if (this.#depth === 1 && this.#text.length < 64) this.#text += String.fromCharCode(byte);
      return;
    }
    if (byte === quote) {
      this.#isInString = true;
      if (this.#depth === 1) this.#text = '';
    } else if (byte === openObject || byte === openArray) {
      if (byte === openArray && this.#depth === 1 && this.#key === 'items') this.#isInItems = true;
      this.#depth += 1;
    } else if (byte === closeObject || byte === closeArray) {
      this.#depth -= 1;
      if (this.#depth === 1) this.#isInItems = false;
    } else if (this.#depth === 1 && byte === colon) this.#key = this.#text;
    else if (this.#depth === 1 && byte === comma) this.#key = '';
  }
}
