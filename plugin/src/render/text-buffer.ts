const utf8 = new TextEncoder();

/** Longest UTF-8 sequence of a UTF-16 code unit. */
const MAX_BYTES_PER_UNIT = 3;
const INITIAL_BYTES = 256;
/** Copied byte by byte: a call of `set` takes as long as that. */
const SHORT_BYTES = 16;
const BILLION = 1_000_000_000;
const ZERO = 0x30;
const MINUS = 0x2d;

/** The three digits of each number below 1,000. */
const threeDigits = Uint8Array.from({ length: 3_000 }, (_, index) => {
  const number = Math.floor(index / 3);
  return ZERO + (Math.floor(number / 10 ** (2 - (index % 3))) % 10);
});

/**
 * Text in the making, as UTF-8: what a row is put together from without a string, which would have to be joined, encoded and
 * collected. Grows to what is put into it, and is used again after `clear`.
 */
export class TextBuffer {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #length = 0;

  get lengthBytes(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  /** What was put in; valid until the next call of any other method. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  text(text: string): void {
    const { length } = text;
    if (this.#length + length > this.#bytes.length) this.#grow(length);
    const bytes = this.#bytes;
    let end = this.#length;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) {
        this.#encode(text);
        return;
      }
      bytes[end++] = unit;
    }
    this.#length = end;
  }

  /** Of a text, made before. */
  bytes(source: Uint8Array): void {
    const { length } = source;
    if (this.#length + length > this.#bytes.length) this.#grow(length);
    if (length > SHORT_BYTES) {
      this.#bytes.set(source, this.#length);
      this.#length += length;
      return;
    }
    const bytes = this.#bytes;
    let end = this.#length;
    for (let index = 0; index < length; index++) bytes[end++] = source[index] as number;
    this.#length = end;
  }

  /** One ASCII character. */
  character(code: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = code;
  }

  /** A whole number, in decimal. */
  decimal(value: number): void {
    if (value < 0) {
      this.character(MINUS);
      this.decimal(-value);
    } else if (value < BILLION) {
      this.#shortDecimal(value | 0);
    } else if (value <= Number.MAX_SAFE_INTEGER) {
      let billions = Math.floor(value / BILLION);
      // The quotient may have been rounded up to the next whole number.
      if (billions * BILLION > value) billions--;
      this.#shortDecimal(billions | 0);
      this.nineDigits(value - billions * BILLION);
    } else {
      this.text(String(value));
    }
  }

  /** A whole number below 1,000,000,000, with zeros before it. */
  nineDigits(value: number): void {
    if (this.#length + 9 > this.#bytes.length) this.#grow(9);
    const whole = value | 0;
    const millions = (whole / 1_000_000) | 0;
    const rest = whole - millions * 1_000_000;
    const thousands = (rest / 1_000) | 0;
    this.#threeDigits(millions);
    this.#threeDigits(thousands);
    this.#threeDigits(rest - thousands * 1_000);
  }

  #threeDigits(value: number): void {
    const bytes = this.#bytes;
    const end = this.#length;
    bytes[end] = threeDigits[3 * value] as number;
    bytes[end + 1] = threeDigits[3 * value + 1] as number;
    bytes[end + 2] = threeDigits[3 * value + 2] as number;
    this.#length = end + 3;
  }

  /** Below 1,000,000,000. */
  #shortDecimal(value: number): void {
    let length = 1;
    for (let limit = 10; limit <= value; limit *= 10) length++;
    if (this.#length + length > this.#bytes.length) this.#grow(length);
    const bytes = this.#bytes;
    let rest = value;
    for (let at = this.#length + length - 1; at >= this.#length; at--) {
      const tenth = (rest / 10) | 0;
      bytes[at] = ZERO + rest - 10 * tenth;
      rest = tenth;
    }
    this.#length += length;
  }

  #encode(text: string): void {
    const most = MAX_BYTES_PER_UNIT * text.length;
    if (this.#length + most > this.#bytes.length) this.#grow(most);
    const { written } = utf8.encodeInto(text, this.#bytes.subarray(this.#length));
    this.#length += written;
  }

  #grow(lengthBytes: number): void {
    const larger = new Uint8Array(Math.max(this.#length + lengthBytes, 2 * this.#bytes.length));
    larger.set(this.view());
    this.#bytes = larger;
  }
}
