import { Writable } from 'node:stream';

/** Collects what is written; may be held, so that it takes no more. */
export class TextSink extends Writable {
  text = '';
  #held = false;
  #finish: (() => void) | undefined;

  constructor() {
    super({ decodeStrings: false, highWaterMark: 1 });
  }

  /** From now on a write does not end. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    this.#finish?.();
  }

  override _write(chunk: string, _encoding: string, finish: (error?: Error) => void): void {
    this.text += chunk;
    if (this.#held) this.#finish = () => finish();
    else finish();
  }
}
