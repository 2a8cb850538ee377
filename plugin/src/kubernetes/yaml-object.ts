import type { EventType } from 'js-yaml';

/** YAML 1.1 has these as well, and Go's readers still know them. */
const flagWords: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'yes', 'on'].map((word) => [word, true] as const),
  ...['n', 'no', 'off'].map((word) => [word, false] as const),
]);

/**
 * A mapping read from YAML whose values are checked as they are taken: `text('server')` is text, or not there, or an error
 * that names the place. Empty text counts as not there, as it does for kubectl.
 */
export class YamlObject {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #path: string;

  /** @param path for messages, '' for the whole document */
  constructor(value: unknown, path: string) {
    if (
      value !== undefined &&
      value !== null &&
      (typeof value !== 'object' || Array.isArray(value))
    )
      throw new Error(`${path === '' ? 'the file' : path} is not a mapping`);
    this.#value = (value ?? {}) as Readonly<Record<string, unknown>>;
    this.#path = path;
  }

  text(key: string): string | undefined {
    const value = this.#value[key];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') throw new Error(`${this.#pathOf(key)} is not text`);
    return value;
  }

  flag(key: string): boolean {
    const given = this.#value[key] ?? false;
    const value = typeof given === 'string' ? flagWords.get(given.toLowerCase()) : given;
    if (typeof value !== 'boolean') throw new Error(`${this.#pathOf(key)} is not true or false`);
    return value;
  }

  texts(key: string): string[] {
    return this.#list(key).map((item, index) => {
      if (typeof item !== 'string') throw new Error(`${this.#pathOf(key)}[${index}] is not text`);
      return item;
    });
  }

  object(key: string): YamlObject {
    return new YamlObject(this.#value[key], this.#pathOf(key));
  }

  has(key: string): boolean {
    return this.#value[key] !== undefined && this.#value[key] !== null;
  }

  objects(key: string): YamlObject[] {
    return this.#list(key).map(
      (item, index) => new YamlObject(item, `${this.#pathOf(key)}[${index}]`),
    );
  }

  keys(): string[] {
    return Object.keys(this.#value);
  }

  /** As it stands there, for what is only handed on. */
  raw(key: string): unknown {
    return this.#value[key];
  }

  #list(key: string): readonly unknown[] {
    const value = this.#value[key] ?? [];
    if (!Array.isArray(value)) throw new Error(`${this.#pathOf(key)} is not a list`);
    return value;
  }

  #pathOf(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }
}

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
