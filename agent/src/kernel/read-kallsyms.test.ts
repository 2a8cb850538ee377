import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KallsymsText } from '../core/symbols/kallsyms-text.ts';
import { readKallsyms } from './read-kallsyms.ts';

const usualBytes = 1 << 10;

async function makeFile() {
  const directory = await mkdtemp(join(tmpdir(), 'pwru-kallsyms-'));
  const path = join(directory, 'kallsyms');
  return {
    path,
    read: (known?: KallsymsText) => readKallsyms(path, usualBytes, known),
    write: (text: string) => writeFile(path, text, 'latin1'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}

const partsOf = ({ vmlinux, modules, programs }: KallsymsText) => [
  ...[vmlinux.text, modules.text, programs.text],
];

const lineOf = (index: number, module = '') =>
  `${(0xffffffff81000000n + BigInt(index)).toString(16)} t symbol_${index}${module && `\t[${module}]`}\n`;
const linesOf = (count: number, module = '') =>
  Array.from({ length: count }, (_, index) => lineOf(index, module)).join('');

/** How much more lies outside V8's heap than before. */
async function measured(read: () => Promise<KallsymsText>) {
  const before = process.memoryUsage().external;
  const text = await read();
  return { text, grownBytes: process.memoryUsage().external - before };
}

test('a text that is read again takes memory for its last part only', async () => {
  await using file = await makeFile();
  const known = linesOf(50_000) + linesOf(30_000, 'veth');
  await file.write(known + linesOf(20, 'bpf'));
  const first = await file.read();
  // Held, so that no collection hides what they cost.
  const later: KallsymsText[] = [];
  for (let count = 0; count < 5; count += 1) {
    await file.write(known + linesOf(count, 'bpf'));
    const { text, grownBytes } = await measured(() => file.read(first));
    expect(grownBytes).toBeLessThan(known.length / 8);
    later.push(text);
  }
  for (const [count, { vmlinux, modules, programs }] of later.entries()) {
    expect(vmlinux).toBe(first.vmlinux);
    expect(modules).toBe(first.modules);
    expect(programs.text).toBe(linesOf(count, 'bpf'));
  }
});

/** Longer than the pieces in which it is compared, and no multiple of them. */
const own = linesOf(10_000);

const loaded = linesOf(20, 'veth');
const programs = linesOf(20, 'bpf');

test.each([
  ['as they were', programs],
  ['more than there was room for', linesOf(3_000, 'bpf')],
  ['fewer', linesOf(1, 'bpf')],
  ['none', ''],
  ['a last line without its end', programs.trimEnd()],
])('the parts of vmlinux and modules are kept, whatever programs there are: %s', async (_, now) => {
  await using file = await makeFile();
  await file.write(own + loaded + programs);
  const known = await file.read();
  await file.write(own + loaded + now);
  const again = await file.read(known);
  expect(again.vmlinux).toBe(known.vmlinux);
  expect(again.modules).toBe(known.modules);
  expect(partsOf(again)).toEqual([own, loaded, now]);
});

test.each([
  ['others', linesOf(30, 'bridge'), programs],
  ['more in front', linesOf(3, 'bridge') + loaded, programs],
  ['more behind', loaded + linesOf(3, 'bridge'), programs],
  ['more than there was room for', linesOf(3_000, 'veth'), programs],
  ['fewer', linesOf(1, 'veth'), programs],
  ['none', '', programs],
  ['none, and no programs', '', ''],
  ['a last line without its end', loaded.trimEnd(), ''],
])("vmlinux's part is kept, whatever modules there are: %s", async (_, modules, now) => {
  await using file = await makeFile();
  await file.write(own + loaded + programs);
  const known = await file.read();
  await file.write(own + modules + now);
  const again = await file.read(known);
  expect(again.vmlinux).toBe(known.vmlinux);
  expect(partsOf(again)).toEqual([own, modules, now]);
});

const zero = (text: string) => text.replaceAll(/^[0-9a-f]{16}/gm, '0'.repeat(16));

test.each([
  ['addresses are hidden since', zero(own) + zero(linesOf(20, 'veth'))],
  ['it is shorter', linesOf(9_999) + linesOf(20, 'veth')],
  ['it ends within a line', own.slice(0, -5)],
  ['it is longer', linesOf(10_001) + linesOf(20, 'veth')],
  ['its last symbol is another', `${linesOf(9_999)}${lineOf(10_000)}`],
  ['its last symbol is a module’s', linesOf(9_999) + lineOf(9_999, 'veth')],
  ['it is gone', linesOf(20, 'veth')],
  ['nothing is left', ''],
])("all is read where vmlinux's part is another: %s", async (_, text) => {
  await using file = await makeFile();
  await file.write(own + loaded + programs);
  const known = await file.read();
  await file.write(text);
  const again = await file.read(known);
  expect(again.vmlinux).not.toBe(known.vmlinux);
  expect(partsOf(again)).toEqual(partsOf(await file.read()));
  expect(partsOf(again).join('')).toBe(text);
});

const anyLine = fc
  .tuple(fc.nat(9), fc.constantFrom('', 'veth', 'bpf', '__builtin__ftrace'))
  .map((line) => lineOf(...line));
const anyText = fc
  .tuple(fc.array(anyLine, { maxLength: 6 }), fc.boolean())
  .map(([lines, isCut]) => (isCut ? lines.join('').slice(0, -1) : lines.join('')));

const anyOwn = fc.constantFrom('', linesOf(2_000));

test('whatever was read before, what is read is what the file says', async () => {
  await using file = await makeFile();
  const texts = fc.tuple(anyOwn, anyText, anyOwn, anyText);
  await fc.assert(
    fc.asyncProperty(texts, async ([ownBefore, before, ownNow, now]) => {
      await file.write(ownBefore + before);
      const known = await file.read();
      await file.write(ownNow + now);
      expect(partsOf(await file.read(known))).toEqual(partsOf(await file.read()));
    }),
    { seed: 20_261_130, numRuns: 300 },
  );
});

test("this kernel's text that is read again is the same", async () => {
  const known = await readKallsyms('/proc/kallsyms', usualBytes);
  const again = await readKallsyms('/proc/kallsyms', usualBytes, known);
  expect(again.vmlinux).toBe(known.vmlinux);
  expect(known.vmlinux.text.length).toBeGreaterThan(1_000_000);
});
