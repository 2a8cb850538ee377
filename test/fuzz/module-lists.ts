import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PwruError } from '../../agent/src/core/errors.ts';
import {
  KprobeBlacklist,
  parseLoadedModules,
} from '../../agent/src/core/symbols/function-lists.ts';
import { parseCpuList } from '../../agent/src/kernel/cpus.ts';
import { kallsymsOf } from '../support/kallsyms-of.ts';
import { editedText } from './edited-text.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { valueUnless } from './outcome.ts';

const moduleCase = fc.record({
  name: fc.constantFrom('nf_nat', 'veth', 'sch_netem', 'a', 'x'.repeat(55)),
  sizeBytes: fc.nat(),
  users: fc.constantFrom('0 -', '2 xt_MASQUERADE,nft_chain_nat,', '-1 [permanent],'),
  state: fc.constantFrom('Live', 'Loading', 'Unloading'),
  address: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  taint: fc.constantFrom('', ' (E)', ' (OE+)'),
});
type ModuleCase = typeof moduleCase extends fc.Arbitrary<infer T> ? T : never;

const lists = fc.array(moduleCase, { maxLength: 12 });

function textOf(modules: readonly ModuleCase[]): string {
  return modules
    .map(({ name, sizeBytes, users, state, address, taint }) => {
      const digits = address.toString(16).padStart(16, '0');
      return `${name} ${sizeBytes} ${users} ${state} 0x${digits}${taint}\n`;
    })
    .join('');
}

const symbolsOfModules =
  'ffffffff81000000 T _stext\nffffffff81000010 T ip_rcv\nffffffff82000000 T _etext\n' +
  'ffffffffc0000010 t nat\t[nf_nat]\nffffffffc0001010 t up\t[veth]\n';

const range = fc.record({ begin: fc.nat(0xffff), lengthBytes: fc.nat(0xff) });

/** As the kernel's are: none within another. */
function rangesOf(list: ReadonlyArray<{ begin: number; lengthBytes: number }>) {
  let end = 0;
  return list.map(({ begin, lengthBytes }) => {
    const first = end + begin;
    end = first + lengthBytes;
    return { first, end };
  });
}

const cpuRange = fc.tuple(fc.nat(300), fc.nat(20)).map(([first, more]) => ({ first, more }));
/** More than any kernel has (NR_CPUS of x86-64 is 8,192 at most). */
const MAX_CPUS = 65_536;

export const moduleLists: FuzzSubject = {
  name: 'module lists',
  properties: [
    property(
      'a list: each module as it was written',
      lists,
      (modules) => {
        const parsed = parseLoadedModules(textOf(modules));
        assert.deepEqual(
          parsed.map(({ name, isLive, address, sizeBytes }) => [name, isLive, address, sizeBytes]),
          modules.map(({ name, sizeBytes, state, address }) => [
            ...[name, state === 'Live', address, sizeBytes],
          ]),
        );
      },
      { boundedCases: 3_000 },
    ),
    property(
      'damaged lists: no more modules than lines, and code is still found',
      editedText(lists.map(textOf)),
      (text) => {
        const modules = parseLoadedModules(text);
        assert(modules.length <= text.split('\n').length);
        for (const { sizeBytes } of modules)
          assert(Number.isSafeInteger(sizeBytes), `${sizeBytes}`);
        const code = kallsymsOf(symbolsOfModules, { modules });
        assert.equal(code.nearest(0xffff_ffff_8100_0011n)?.symbol, 'ip_rcv');
        code.nearest(0xffff_ffff_c000_0011n);
        code.isInsideModule(0xffff_ffff_c000_0011n);
      },
      { boundedCases: 5_000 },
    ),
    property(
      'CPU lists: the numbers of the ranges',
      fc.array(cpuRange, { minLength: 1, maxLength: 8 }),
      (ranges) => {
        const text = ranges.map(({ first, more }) => (more ? `${first}-${first + more}` : first));
        assert.deepEqual(
          parseCpuList(`${text.join()}\n`),
          ranges.flatMap(({ first, more }) =>
            Array.from({ length: more + 1 }, (_, index) => first + index),
          ),
        );
      },
      { boundedCases: 3_000 },
    ),
    property(
      'damaged CPU lists: a bounded list, or "Cannot read the CPU list"',
      editedText(fc.constantFrom('0-3,8\n', '0\n', '0-7,16-23\n', '', '1,3,5-6')),
      (text) => {
        const isRefused = (thrown: unknown) =>
          thrown instanceof PwruError && thrown.code === 'SYSTEM';
        const cpus = valueUnless(() => parseCpuList(text), isRefused);
        assert(cpus === undefined || cpus.length <= MAX_CPUS, `${cpus?.length}`);
      },
      { boundedCases: 10_000 },
    ),
    property(
      'the kprobe blacklist: holds what lies in a range',
      fc.tuple(fc.array(range, { maxLength: 10 }), fc.nat(0xf_ffff)),
      ([list, probe]) => {
        const ranges = rangesOf(list);
        const text = ranges
          .map(({ first, end }) => `0x${first.toString(16)}-0x${end.toString(16)}\tname\n`)
          .reverse();
        const blacklist = new KprobeBlacklist(text.join(''));
        for (const address of [probe, ...ranges.flatMap(({ first, end }) => [first, end])])
          assert.equal(
            blacklist.has(BigInt(address)),
            ranges.some(({ first, end }) => address >= first && address < end),
          );
      },
      { boundedCases: 3_000 },
    ),
  ],
};
