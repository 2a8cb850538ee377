const utf8 = new TextEncoder();

/** Longest UTF-8 sequence of a UTF-16 code unit. */
const MAX_BYTES_PER_UNIT = 3;
const INITIAL_BYTES = 256;
/** Room that is always left, so that a whole word can be written where less is wanted. */
const SLACK_BYTES = 8;
const BILLION = 1_000_000_000;
const ZERO = 0x30;
const MINUS = 0x2d;
/** Of the longest number that is written in words. */
const DIGITS = 9;

// Instructions, counted in a guest: `set` 330 whatever the length, a byte in a loop 36, a word of eight bytes 28, a call of
// the encoder 1,090, a character in a loop 40.
const SHORT_FRAGMENT_BYTES = 64;
const SHORT_TEXT = 24;

/** The digits of each number below 10,000, as the bytes of a word; 0 until they are first asked for. */
const knownDigits = new Int32Array(10_000);

/** @param number below 10,000 */
function fourDigits(number: number): number {
  return knownDigits[number] || rememberDigits(number);
}

function rememberDigits(number: number): number {
  const digit = (divisor: number) => ZERO + (Math.floor(number / divisor) % 10);
  const word = digit(1_000) | (digit(100) << 8) | (digit(10) << 16) | (digit(1) << 24);
  knownDigits[number] = word;
  return word;
}

/**
 * Text in the making, as UTF-8: what a row is put together from without a string, which would have to be joined, encoded and
 * collected. Grows to what is put into it, and is used again after `clear`.
 */
export class TextBuffer {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #words = new DataView(this.#bytes.buffer);
  #length = 0;

  get lengthBytes(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  /** Takes away the last `lengthBytes` of what was put in. */
  cut(lengthBytes: number): void {
    this.#length -= lengthBytes;
  }

  /** What was put in; valid until the next call of any other method. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  text(text: string): void {
    const { length } = text;
    if (length > SHORT_TEXT) {
      this.#encode(text);
      return;
    }
    this.#reserve(length);
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

  /** Text that was encoded before. */
  bytes(source: Uint8Array): void {
    const { length } = source;
    this.#reserve(length);
    this.#bytes.set(source, this.#length);
    this.#length += length;
  }

  /** The same; a short one is copied in words, as floating-point numbers: none of UTF-8 is a NaN, which might be changed. */
  fragment({ bytes, words }: Fragment): void {
    const { length } = bytes;
    if (length > SHORT_FRAGMENT_BYTES) {
      this.bytes(bytes);
      return;
    }
    this.#reserve(length);
    const own = this.#words;
    const end = this.#length;
    for (let at = 0; at < length; at += 8) {
      own.setFloat64(end + at, words.getFloat64(at, true), true);
    }
    this.#length = end + length;
  }

  /** One ASCII character. */
  character(code: number): void {
    this.#reserve(1);
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
      this.#reserve(9);
      this.setNineDigits(this.#length, value - billions * BILLION);
      this.#length += 9;
    } else {
      this.text(String(value));
    }
  }

  /** Writes a whole number below 1,000,000,000, with zeros before it, over the nine bytes at `at`, which there have to be. */
  setNineDigits(at: number, value: number): void {
    const whole = value | 0;
    const high = (whole / 100_000) | 0;
    const rest = whole - high * 100_000;
    const middle = (rest / 10) | 0;
    const words = this.#words;
    words.setInt32(at, fourDigits(high), true);
    words.setInt32(at + 4, fourDigits(middle), true);
    this.#bytes[at + 8] = ZERO + rest - 10 * middle;
  }

  /** Below 1,000,000,000. */
  #shortDecimal(value: number): void {
    if (value < 10_000) {
      this.#firstDigits(value);
      return;
    }
    const tenThousands = (value / 10_000) | 0;
    this.#shortDecimal(tenThousands);
    this.#words.setInt32(this.#length, fourDigits(value - tenThousands * 10_000), true);
    this.#length += 4;
  }

  /** Of a number below 10,000; makes room for the others, too. */
  #firstDigits(value: number): void {
    this.#reserve(DIGITS);
    const zeros = value >= 1_000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : 3;
    this.#words.setInt32(this.#length, fourDigits(value) >>> (8 * zeros), true);
    this.#length += 4 - zeros;
  }

  #encode(text: string): void {
    this.#reserve(MAX_BYTES_PER_UNIT * text.length);
    const { written } = utf8.encodeInto(text, this.#bytes.subarray(this.#length));
    this.#length += written;
  }

  #reserve(lengthBytes: number): void {
    const needed = this.#length + lengthBytes + SLACK_BYTES;
    if (needed > this.#bytes.length) this.#grow(needed);
  }

  #grow(neededBytes: number): void {
    const larger = new Uint8Array(Math.max(neededBytes, 2 * this.#bytes.length));
    larger.set(this.view());
    this.#bytes = larger;
    this.#words = new DataView(larger.buffer);
  }
}

const WORD_BYTES = 8;

/** Text that is put into many rows, encoded once, with zeros up to a whole word behind it. */
export class Fragment {
  readonly bytes: Uint8Array;
  /** Of `bytes` and the zeros. */
  readonly words: DataView;

  constructor(text: string) {
    const encoded = utf8.encode(text);
    const padded = new Uint8Array(Math.ceil(encoded.length / WORD_BYTES) * WORD_BYTES);
    padded.set(encoded);
    this.bytes = padded.subarray(0, encoded.length);
    this.words = new DataView(padded.buffer);
  }
}

/** Of the unsigned 64-bit number high * 2^32 + low. */
export function decimal64(high: number, low: number): string {
  if (high < 2 ** 21) return String(high * 2 ** 32 + low);
  return ((BigInt(high) << 32n) | BigInt(low)).toString();
}

/** Two digits of each byte. Numbers of 32 bits have a slow toString(16): most are no small integers to V8. */
const twoDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `0x` and 16 digits. */
export function hexAddress(high: number, low: number): string {
  return `0x${eightDigits(high)}${eightDigits(low)}`;
}

function eightDigits(word: number): string {
  return (
    (twoDigits[word >>> 24] as string) +
    (twoDigits[(word >>> 16) & 0xff] as string) +
    (twoDigits[(word >>> 8) & 0xff] as string) +
    (twoDigits[word & 0xff] as string)
  );
}
