import { describe, expect, test } from 'vitest';
import { PwruError } from '../errors.ts';
import { FILTER_FUNCTION, patchFilter } from './patch-function.ts';

const CODE_OFFSET = 64;
const CODE_BYTES = 64;
const FILTER_OFFSET = 16;
const FILTER_BYTES = 32;
const STRINGS = `\0${FILTER_FUNCTION}\0other\0`;

interface ObjectOptions {
  readonly machine?: number;
  readonly name?: string;
  readonly relocation?: number;
  readonly filterBytes?: number;
}

/** A BPF object of four sections: code with two functions, relocations of it, symbols, strings. */
function bpfObject(options: ObjectOptions = {}): Uint8Array {
  const { machine = 247, name = FILTER_FUNCTION, filterBytes = FILTER_BYTES } = options;
  const relocationsAt = CODE_OFFSET + CODE_BYTES;
  const symbolsAt = relocationsAt + 16;
  const stringsAt = symbolsAt + 72;
  const headersAt = stringsAt + 32;
  const bytes = new Uint8Array(headersAt + 5 * 64);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(18, machine, true);
  view.setBigUint64(40, BigInt(headersAt), true);
  view.setUint16(58, 64, true);
  view.setUint16(60, 5, true);
  bytes.fill(0x05, CODE_OFFSET, CODE_OFFSET + CODE_BYTES);
  view.setBigUint64(relocationsAt, BigInt(options.relocation ?? 0), true);
  bytes.set(new TextEncoder().encode(STRINGS.replace(FILTER_FUNCTION, name)), stringsAt);
  const section = (
    index: number,
    fields: { type: number; offset: number; size: number; link?: number; info?: number },
  ) => {
    const at = headersAt + index * 64;
    view.setUint32(at + 4, fields.type, true);
    view.setBigUint64(at + 24, BigInt(fields.offset), true);
    view.setBigUint64(at + 32, BigInt(fields.size), true);
    view.setUint32(at + 40, fields.link ?? 0, true);
    view.setUint32(at + 44, fields.info ?? 0, true);
  };
  section(1, { type: 1, offset: CODE_OFFSET, size: CODE_BYTES });
  section(2, { type: 9, offset: relocationsAt, size: 16, link: 3, info: 1 });
  section(3, { type: 2, offset: symbolsAt, size: 72, link: 4 });
  section(4, { type: 3, offset: stringsAt, size: 32 });
  const symbol = (index: number, fields: { name: number; value: number; size: number }) => {
    const at = symbolsAt + index * 24;
    view.setUint32(at, fields.name, true);
    view.setUint8(at + 4, 0x12);
    view.setUint16(at + 6, 1, true);
    view.setBigUint64(at + 8, BigInt(fields.value), true);
    view.setBigUint64(at + 16, BigInt(fields.size), true);
  };
  symbol(1, { name: 1, value: FILTER_OFFSET, size: filterBytes });
  symbol(2, { name: 2 + name.length, value: 0, size: FILTER_OFFSET });
  return bytes;
}

const twoInstructions = Uint8Array.from({ length: 16 }, (_, index) => index + 1);

test('patchFilter() writes the code and shortens the function, in a copy', () => {
  const object = bpfObject();
  const before = object.slice();
  const patched = patchFilter(object, twoInstructions);
  expect(object).toEqual(before);
  const expected = object.slice();
  expected.set(twoInstructions, CODE_OFFSET + FILTER_OFFSET);
  const sizeAt = CODE_OFFSET + CODE_BYTES + 16 + 24 + 16;
  expect(expected[sizeAt]).toBe(FILTER_BYTES);
  expected[sizeAt] = 16;
  expect(patched).toEqual(expected);
});

test('patchFilter() takes code that fills the function', () => {
  expect(() => patchFilter(bpfObject(), new Uint8Array(FILTER_BYTES))).not.toThrow();
});

test('patchFilter() refuses code that is longer than the function', () => {
  expect(() => patchFilter(bpfObject(), new Uint8Array(40))).toThrow(
    expect.objectContaining({
      code: 'FILTER_UNSUPPORTED',
      message:
        'Cannot run this filter in the kernel: it needs 5 instructions, the program has room for 4',
    }),
  );
});

test.each([0, 7])('patchFilter() refuses %i bytes, which are no instructions', (length) => {
  expect(() => patchFilter(bpfObject(), new Uint8Array(length))).toThrow(RangeError);
});

describe('patchFilter() says what is wrong with an object:', () => {
  test.each([
    { object: new Uint8Array(10), cause: 'it has 10 bytes, less than an ELF header' },
    { object: new Uint8Array(100), cause: 'it is not an ELF file' },
    { object: bpfObject().fill(1, 4, 5), cause: 'it is not a 64-bit little-endian ELF file' },
    { object: bpfObject({ machine: 62 }), cause: 'it is for machine 62, not BPF (247)' },
    {
      object: bpfObject({ name: 'wrong' }),
      cause: 'it has 0 functions named pwru_filter, not one',
    },
    {
      object: bpfObject({ filterBytes: 64 }),
      cause: 'function pwru_filter crosses the end of its section',
    },
    {
      object: bpfObject({ relocation: FILTER_OFFSET + 8 }),
      cause: 'pwru_filter has a relocation at byte 8',
    },
    {
      object: bpfObject().subarray(0, 500),
      cause: 'the section headers would end at byte 568, the file has 500',
    },
  ])('$cause', ({ object, cause }) => {
    expect(() => patchFilter(object, twoInstructions)).toThrow(
      expect.objectContaining({ code: 'SYSTEM', message: `Cannot read the BPF object: ${cause}` }),
    );
  });
});

test('patchFilter() refuses every object that is cut short, without reading past its end', () => {
  const object = bpfObject();
  for (let length = 0; length < object.length; length++) {
    expect(() => patchFilter(object.subarray(0, length), twoInstructions)).toThrow(
      expect.objectContaining({ code: 'SYSTEM' }),
    );
  }
});

test('patchFilter() meets every damaged byte with a PwruError or a patched object', () => {
  const object = bpfObject();
  for (let index = 0; index < object.length * 2; index++) {
    const damaged = object.slice();
    damaged[index >> 1] = index & 1 ? 0xff : (damaged[index >> 1] ?? 0) ^ 0x10;
    try {
      expect(patchFilter(damaged, twoInstructions)).toHaveLength(object.length);
    } catch (failure) {
      expect(failure).toBeInstanceOf(PwruError);
    }
  }
});
