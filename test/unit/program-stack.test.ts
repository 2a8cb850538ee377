import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/*
 * The stack of a BPF program and of all that it calls has 512 bytes (MAX_BPF_STACK). Each function's part of it is rounded up to 32
 * bytes (check_max_stack_depth() of kernel/bpf/verifier.c); on newer kernels with a JIT to 16 (round_up_stack_depth(), not in 6.1, in
 * 6.12). What those take may be refused by 5.10 and 6.1, whose loads are no part of `npm test`.
 */
const MAX_BPF_STACK = 512;
const ROUNDED_TO = 32;

interface BpfFunction {
  /** Bytes below the frame pointer that it touches. */
  frameBytes: number;
  readonly calls: Set<string>;
}

const folder = join(import.meta.dirname, '../../dist/bpf');

function llvm(tool: string, ...args: string[]): string[] {
  return execFileSync(tool, args, { maxBuffer: 1 << 30 })
    .toString()
    .split('\n');
}

/** Names of functions by section and instruction. */
function symbolsOf(path: string): Map<string, string> {
  const sections = new Map(
    llvm('llvm-readelf', '-SW', path).flatMap((line) => {
      const found = /^\s*\[\s*(\d+)\]\s+(\S+)\s+PROGBITS/.exec(line);
      return found === null ? [] : [[found[1], found[2]] as const];
    }),
  );
  return new Map(
    llvm('llvm-readelf', '-sW', path).flatMap((line) => {
      const [, value = '', , kind, , , section, name = ''] = line.trim().split(/\s+/);
      return kind === 'FUNC'
        ? [[`${sections.get(section)} ${Number.parseInt(value, 16) / 8}`, name] as const]
        : [];
    }),
  );
}

function functionsOf(path: string): Map<string, BpfFunction> {
  const symbols = symbolsOf(path);
  const functions = new Map<string, BpfFunction>();
  let section = '';
  let current: BpfFunction = { frameBytes: 0, calls: new Set() };
  let callOffset: number | undefined;
  for (const line of llvm('llvm-objdump', '-d', '-r', '--no-show-raw-insn', path)) {
    section = /^Disassembly of section (\S+):/.exec(line)?.[1] ?? section;
    // A call in the same section is said by its offset from the section's begin, else by the symbol. An address has digits alone, too.
    const target = /R_BPF_64_32\s+(\S+)/.exec(line)?.[1];
    if (target !== undefined) {
      const called =
        target === '.text' ? symbols.get(`.text ${(callOffset ?? Number.NaN) + 1}`) : target;
      if (called !== undefined) current.calls.add(called);
      continue;
    }
    const [, at, instruction] = /^\s*(\d+):\s+(.*)$/.exec(line) ?? [];
    if (at === undefined || instruction === undefined) continue;
    const name = symbols.get(`${section} ${at}`);
    if (name !== undefined) {
      current = { frameBytes: 0, calls: new Set() };
      functions.set(name, current);
    }
    current.frameBytes = Math.max(current.frameBytes, touchedBytes(instruction));
    const call = /call (-?\d+)$/.exec(instruction)?.[1];
    callOffset = call === undefined ? undefined : Number(call);
  }
  return functions;
}

/** Below the frame pointer, r10: as an address, or added to a copy of it. */
function touchedBytes(instruction: string): number {
  const [, offset] = /r10 - (0x[0-9a-f]+|\d+)/.exec(instruction) ?? [];
  const [, added] = /^r\d+ \+= -(0x[0-9a-f]+|\d+)$/.exec(instruction) ?? [];
  const bytes = Number(offset ?? added ?? 0);
  return bytes <= MAX_BPF_STACK ? bytes : 0;
}

/** The deepest way from a function on, with its bytes. */
function deepest(
  functions: Map<string, BpfFunction>,
  name: string,
): { readonly bytes: number; readonly way: readonly string[] } {
  const found = functions.get(name);
  // A function of the kernel (bpf_rdonly_cast) has the kernel's stack.
  if (found === undefined) return { bytes: 0, way: [] };
  const { frameBytes, calls } = found;
  const own = Math.ceil(Math.max(1, frameBytes) / ROUNDED_TO) * ROUNDED_TO;
  let below: ReturnType<typeof deepest> = { bytes: 0, way: [] };
  for (const called of calls) {
    const way = deepest(functions, called);
    if (way.bytes > below.bytes) below = way;
  }
  return { bytes: own + below.bytes, way: [`${name} ${frameBytes}`, ...below.way] };
}

const programs = /^(drop|end|slot\d+|(kprobe_)?skb(\d|_other)|tracepoint\d)$/;

test.each(
  ['functions', 'functions-cast', 'tracepoints', 'tracepoints-cast', 'slots'].flatMap((object) =>
    ['x64', 'arm64'].map((machine) => `${object}.${machine}`),
  ),
)('no program of %s needs more stack than old kernels give', (object) => {
  execFileSync('make', ['-s', '-C', 'bpf', `../dist/bpf/${object}.bpf.o`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const functions = functionsOf(join(folder, `${object}.bpf.o`));
  const entries = [...functions.keys()].filter((name) => programs.test(name));
  expect(entries.length).toBeGreaterThan(5);
  const depths = entries.map((name) => deepest(functions, name));
  expect(depths.filter(({ bytes }) => bytes > MAX_BPF_STACK)).toEqual([]);
  // What is counted are calls, too: the drop's program calls several deep.
  expect(Math.max(...depths.map(({ way }) => way.length))).toBeGreaterThan(3);
});
