import type { EventType } from 'js-yaml';

/** What a document may become by its aliases, as many times its own length, and beside that, in characters. */
const MAX_GROWTH = 100;
const FREE_LENGTH = 1024 * 1024;

/** Of the node that js-yaml has just read. */
interface ReadNode {
  readonly anchor: string | null;
  readonly result: unknown;
}

/** Names of the anchors of a text, by what they stand for. */
export class Anchors {
  readonly #names = new Map<unknown, string>();

  /** For js-yaml. */
  readonly listener = (event: EventType, state: object): void => {
    const { anchor, result } = state as ReadNode;
    if (event === 'close' && anchor !== null) this.#names.set(result, anchor);
  };

  nameOf(value: object): string {
    return this.#names.get(value) ?? '';
  }
}

/**
 * Refuses a document that contains itself, or that grows beyond all measure when each alias is replaced by what it stands
 * for, as it is when it becomes JSON: ten levels of ten aliases each are 10,000,000,000 values.
 * @throws Error in the words of Go's YAML reader
 */
export function checkAliases(document: unknown, textLength: number, anchors: Anchors): void {
  const holders = new Set<unknown>();
  let left = MAX_GROWTH * textLength + FREE_LENGTH;
  const visit = (value: unknown): void => {
    left -= typeof value === 'string' ? value.length + 1 : 1;
    if (left < 0) throw new Error('yaml: document contains excessive aliasing');
    if (typeof value !== 'object' || value === null) return;
    if (holders.has(value))
      throw new Error(`yaml: anchor '${anchors.nameOf(value)}' value contains itself`);
    holders.add(value);
    for (const [key, held] of Object.entries(value)) {
      left -= key.length;
      visit(held);
    }
    holders.delete(value);
  };
  visit(document);
}
