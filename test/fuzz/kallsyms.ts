import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PwruError } from '../../agent/src/core/errors.ts';
import type { CodeSymbol } from '../../agent/src/core/symbols/code-symbol.ts';
import { TraceableFunctions } from '../../agent/src/core/symbols/function-lists.ts';
import {
  type KallsymsText,
  splitKallsyms,
  withLoaded,
  withPrograms,
} from '../../agent/src/core/symbols/kallsyms-text.ts';
import { type LoadedCode, ModuleCode } from '../../agent/src/core/symbols/module-code.ts';
import {
  type CodeEntry,
  findSymbols,
  kallsymsLine,
  plainName,
} from '../../agent/src/core/symbols/symbol-lines.ts';
import { kallsymsOf } from '../support/kallsyms-of.ts';
import { editedText } from './edited-text.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { valueUnless } from './outcome.ts';

const VMLINUX = 0xffff_ffff_8100_0000n;
const MODULES = 0xffff_ffff_c000_0000n;
const PAGE = 0x1000n;

const names = [
  ...['ip_rcv', 'ip_rcv.isra.0', 'ip_rcv.cold', 'ip_rc', 'kfree_skb', 'kfree_skb.part.0.llvm.99'],
  ...['nf_hook_slow', 'nf_hook_slow.llvm.1234567', '__pfx_ip_rcv', '.Lx', 'a.b.c', 'x86_pmu'],
];
const modules = ['nf_nat', 'veth', '__builtin__ftrace', 'bpf'];

/** Where a symbol lies behind the one before, or in its module's place; its letter, its name. */
const symbol = fc.record({
  step: fc.oneof(fc.constantFrom(0, 0x10, 0x1000), fc.nat(0x5000)),
  type: fc.constantFrom('t', 'T', 'w', 'W', 'd', 'D', 'r', 'R', 'b', 'B'),
  name: fc.oneof(fc.constantFrom(...names), fc.constantFrom('bpf_prog_12ab_x', 'bpf_trampoline_1')),
});
type SymbolCase = typeof symbol extends fc.Arbitrary<infer T> ? T : never;

interface KernelCase {
  readonly vmlinux: readonly SymbolCase[];
  readonly loaded: ReadonlyArray<{ readonly module: string; readonly symbol: SymbolCase }>;
}

const kernel: fc.Arbitrary<KernelCase> = fc.record({
  vmlinux: fc.array(symbol, { maxLength: 20 }),
  loaded: fc.array(fc.record({ module: fc.constantFrom(...modules), symbol }), { maxLength: 12 }),
});

interface Line extends CodeEntry {
  readonly type: string;
}

/** vmlinux in order between its two marks, modules in none. */
function linesOf({ vmlinux, loaded }: KernelCase): Line[] {
  const lines: Line[] = [{ address: VMLINUX, type: 'T', name: '_stext', module: '' }];
  let address = VMLINUX;
  for (const { step, type, name } of vmlinux) {
    address += BigInt(step);
    lines.push({ address, type, name, module: '' });
  }
  lines.push({ address: address + 0x20n, type: 'T', name: '_etext', module: '' });
  for (const { module, symbol: place } of loaded) {
    const begin = MODULES + BigInt(modules.indexOf(module)) * 0x10_000n;
    const { type, name, step } = place;
    lines.push({ address: begin + BigInt(step), type, name, module });
  }
  return lines;
}

function textOf(lines: readonly Line[]): string {
  return lines
    .map(({ address, type, name, module }) => {
      const digits = address.toString(16).padStart(16, '0');
      return `${digits} ${type} ${name}${module === '' ? '' : `\t[${module}]`}\n`;
    })
    .join('');
}

const damagedTexts = editedText(kernel.map((given) => textOf(linesOf(given))));
const bytesOf = (text: string) => Buffer.from(text, 'latin1');
const textsOf = ({ vmlinux, modules: loaded, programs }: KallsymsText) => [
  ...[vmlinux.text, loaded.text, programs.text],
];

const isCode = ({ type }: Line) => 'tTwW'.includes(type);

const loadedCode: LoadedCode = {
  modules: [
    { name: 'nf_nat', fingerprint: '', isLive: true, address: MODULES, sizeBytes: 0x3000 },
    { name: 'veth', fingerprint: '', isLive: false, address: 0n, sizeBytes: 0 },
  ],
};

/** The function at an address, by looking at every line. */
function naiveNearest(lines: readonly Line[], address: bigint): CodeSymbol | undefined {
  const end = lines.find(({ name }) => name === '_etext')?.address ?? 0n;
  const inVmlinux = address >= VMLINUX && address < end;
  const candidates = lines.filter((line) => isCode(line) && (line.module === '') === inVmlinux);
  let found: Line | undefined;
  for (const line of candidates) {
    if (line.address <= address && (found === undefined || line.address > found.address))
      found = line;
  }
  if (found === undefined || !(inVmlinux || reaches(candidates, found, address))) return undefined;
  return {
    symbol: plainName(found.name),
    offsetBytes: Number(address - found.address),
    module: found.module,
  };
}

/** Whether what a module's symbol is of reaches to an address behind it. */
function reaches(lines: readonly Line[], { name, module, address: begin }: Line, address: bigint) {
  if (module === 'bpf') return address - begin < (name.startsWith('bpf_prog_') ? 0x1_0000n : PAGE);
  if (module.startsWith('__builtin__')) return address / PAGE === begin / PAGE;
  let last = 0n;
  for (const line of lines) if (line.module === module && line.address > last) last = line.address;
  const known = loadedCode.modules?.find((candidate) => candidate.name === module);
  if (address >= (last / PAGE + 1n) * PAGE) return false;
  if (known === undefined || known.address === 0n) return true;
  return begin >= known.address && address < known.address + BigInt(known.sizeBytes);
}

/** Around the symbols, and elsewhere. */
function addressesOf(lines: readonly Line[]): bigint[] {
  return [
    ...lines.flatMap(({ address }) => [address - 1n, address, address + 0xfn, address + 0x1001n]),
    ...[0n, VMLINUX - 1n, MODULES - 1n, 2n ** 64n - 1n],
  ];
}

const stemOf = (name: string) => /^.[^.]*/.exec(name)?.[0] ?? '';
const isUseless = (thrown: unknown) =>
  thrown instanceof PwruError &&
  ['KERNEL_FEATURE_MISSING', 'PRIVILEGE_MISSING'].includes(thrown.code);

const wanted = fc.subarray([...names, 'absent', '', 'a|b', '(', '.*']);
/** More than those that one expression is made of. */
const manyOthers = Array.from({ length: 201 }, (_, index) => `other_${index}`);

function readAll(text: string, wantedNames: readonly string[]): void {
  const parts = splitKallsyms(bytesOf(text));
  const moduleCode = new ModuleCode([parts.modules, parts.programs], loadedCode);
  for (const address of [0n, VMLINUX, VMLINUX + 0x1234n, MODULES + 0x10n, 2n ** 64n - 1n]) {
    for (const code of [parts.vmlinux, moduleCode]) {
      const nearest = code.nearest(address);
      assert(nearest === undefined || nearest.offsetBytes >= 0);
    }
    moduleCode.isInsideModule(address);
  }
  const found = findSymbols(textsOf(parts), kallsymsLine, wantedNames);
  const entries = wantedNames.flatMap((name) => [...found.of(name), ...found.clonesOf(name)]);
  assert(entries.length <= 2 * wantedNames.length * text.split('\n').length);
  for (const addresses of [true, false]) {
    const traceable = new TraceableFunctions(text, { addresses }).find(wantedNames);
    for (const name of wantedNames) traceable.patchedAddress(name, '');
  }
  valueUnless(() => kallsymsOf(text), isUseless);
}

export const kallsyms: FuzzSubject = {
  name: 'kallsyms',
  properties: [
    property(
      'a place: the symbol that looking at every line finds',
      kernel,
      (given) => {
        const lines = linesOf(given);
        const code = kallsymsOf(textOf(lines), loadedCode);
        for (const address of addressesOf(lines))
          assert.deepEqual(code.nearest(address), naiveNearest(lines, address), `${address}`);
      },
      { boundedCases: 500 },
    ),
    property(
      'names: the lines that have them, of few names or of many',
      fc.tuple(kernel, wanted),
      ([given, wantedNames]) => {
        const lines = linesOf(given);
        const code = kallsymsOf(textOf(lines));
        for (const others of [[], manyOthers]) {
          const found = code.find([...wantedNames, ...others]);
          for (const name of wantedNames) {
            const expected = lines.filter(
              (line) => isCode(line) && plainName(line.name) === name && /^\w+$/.test(stemOf(name)),
            );
            // A name that is no symbol's is looked for only among many.
            if (expected.length === 0 && !/^\w+$/.test(stemOf(name))) continue;
            assert.deepEqual(
              found.of(name),
              expected.map(({ name: found, address, module }) => ({
                name: found,
                address,
                module,
              })),
            );
          }
        }
      },
      { boundedCases: 1_000 },
    ),
    property(
      'a text that is read again: split where it is as a whole, or not at all',
      fc.tuple(damagedTexts, fc.nat()),
      ([text, place]) => {
        const bytes = bytesOf(text);
        const split = textsOf(splitKallsyms(bytes));
        assert.equal(split.join(''), bytes.toString('latin1'));
        // Known from a read before, which may have ended elsewhere.
        for (const end of [bytes.length, place % (bytes.length + 1)]) {
          const known = splitKallsyms(bytes.subarray(0, end));
          const [own = '', loaded = ''] = textsOf(known);
          const again = withLoaded(known.vmlinux, bytes.subarray(own.length));
          assert.deepEqual(again && textsOf(again), own === split[0] ? split : undefined);
          const same = own === split[0] && loaded === split[1];
          const last = withPrograms(known, bytes.subarray(own.length + loaded.length));
          assert.deepEqual(last && textsOf(last), same ? split : undefined);
        }
      },
      { boundedCases: 3_000 },
    ),
    property(
      'damaged texts: something or nothing, never an error of its own',
      fc.tuple(damagedTexts, wanted),
      ([text, wantedNames]) => readAll(text, wantedNames),
      { boundedCases: 2_000 },
    ),
  ],
};
