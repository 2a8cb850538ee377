const utf8 = new TextEncoder();

/** A thing that events refer to, in both forms in which it is printed. Made once, printed often. */
export class Name {
  /** For the table, fit for a terminal. */
  readonly label: string;
  /** Its object (of a drop reason, its text) in `-o json`. */
  readonly json: string;
  #labelBytes: Uint8Array | undefined;
  #jsonBytes: Uint8Array | undefined;

  constructor(label: string, json: string) {
    this.label = label;
    this.json = json;
  }

  /** UTF-8. */
  get labelBytes(): Uint8Array {
    this.#labelBytes ??= utf8.encode(this.label);
    return this.#labelBytes;
  }

  get jsonBytes(): Uint8Array {
    this.#jsonBytes ??= utf8.encode(this.json);
    return this.#jsonBytes;
  }
}
