import { PwruError } from '../errors.ts';

/** One classic BPF instruction: struct bpf_insn of pcap/bpf.h, struct sock_filter of the kernel. */
export interface ClassicInstruction {
  readonly code: number;
  /** Instructions to skip when a comparison holds. */
  readonly jt: number;
  /** Instructions to skip when it does not. */
  readonly jf: number;
  /** Unsigned 32-bit operand. */
  readonly k: number;
}

export type Register = 'a' | 'x';
export type LoadBytes = 1 | 2 | 4;
/** A constant, or the X register. */
export type Operand = number | 'x';
export type AluOperator =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'or'
  | 'and'
  | 'lsh'
  | 'rsh'
  | 'mod'
  | 'xor';
export type Comparison = 'jeq' | 'jgt' | 'jge' | 'jset';

/** What a classic instruction does; targets are indices into the program. */
export type ClassicOperation =
  /** A = the packet's bytes at `offset`, big endian. */
  | { readonly kind: 'load'; readonly offset: number; readonly bytes: LoadBytes }
  /** A = the packet's bytes at X + `offset`, big endian. */
  | { readonly kind: 'load-indirect'; readonly offset: number; readonly bytes: LoadBytes }
  /** X = 4 * (low nibble of the packet's byte at `offset`): an IPv4 header's length. */
  | { readonly kind: 'load-header-length'; readonly offset: number }
  | { readonly kind: 'load-constant'; readonly register: Register; readonly value: number }
  /** The packet's whole length. */
  | { readonly kind: 'load-wire-length'; readonly register: Register }
  | { readonly kind: 'load-cell'; readonly register: Register; readonly cell: number }
  | { readonly kind: 'store-cell'; readonly register: Register; readonly cell: number }
  | { readonly kind: 'copy'; readonly to: Register }
  | { readonly kind: 'alu'; readonly operator: AluOperator; readonly operand: Operand }
  | { readonly kind: 'negate' }
  | { readonly kind: 'jump'; readonly target: number }
  | {
      readonly kind: 'branch';
      readonly comparison: Comparison;
      readonly operand: Operand;
      readonly whenTrue: number;
      readonly whenFalse: number;
    }
  /** Accepts when the value is not 0. */
  | { readonly kind: 'return'; readonly value: number | 'a' };

/** Number of scratch cells (BPF_MEMWORDS of pcap/bpf.h). */
export const CELLS = 16;

/** The longest frame there is: skb->len of a GSO packet can be more, a header in it cannot lie beyond. */
const OFFSET_MAX = 65_535;

/** The kernel's metadata loads lie at offsets from SKF_AD_OFF, -0x1000 (include/uapi/linux/filter.h). */
const METADATA_OFFSET = 0xffff_f000;

const loadBytes = new Map<number, LoadBytes>([
  [0x00, 4],
  [0x08, 2],
  [0x10, 1],
]);

const aluOperators = new Map<number, AluOperator>([
  [0x00, 'add'],
  [0x10, 'sub'],
  [0x20, 'mul'],
  [0x30, 'div'],
  [0x40, 'or'],
  [0x50, 'and'],
  [0x60, 'lsh'],
  [0x70, 'rsh'],
  [0x90, 'mod'],
  [0xa0, 'xor'],
]);

const comparisons = new Map<number, Comparison>([
  [0x10, 'jeq'],
  [0x20, 'jgt'],
  [0x30, 'jge'],
  [0x40, 'jset'],
]);

/**
 * Reads a program in memory layout: 8 bytes per instruction, little endian.
 */
export function decodeClassicProgram(bytes: Uint8Array): ClassicInstruction[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) => ({
    code: view.getUint16(index * 8, true),
    jt: view.getUint8(index * 8 + 2),
    jf: view.getUint8(index * 8 + 3),
    k: view.getUint32(index * 8 + 4, true),
  }));
}

/** The inverse of `decodeClassicProgram`. */
export function encodeClassicProgram(program: readonly ClassicInstruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, { code, jt, jf, k }] of program.entries()) {
    view.setUint16(index * 8, code, true);
    view.setUint8(index * 8 + 2, jt);
    view.setUint8(index * 8 + 3, jf);
    view.setUint32(index * 8 + 4, k, true);
  }
  return bytes;
}

/**
 * What each instruction of a program does. Operations whose outcome a constant operand decides are replaced by that
 * outcome: division by zero rejects, a shift by 32 or more gives 0 (pcap/bpf.h and libpcap's bpf_filter.c).
 *
 * @throws PwruError FILTER_UNSUPPORTED for what cannot run on a packet in the kernel: backward jumps (`protochain`),
 *   loads of metadata (`inbound`, `ifindex`) or beyond any frame, and instructions that are not classic BPF.
 */
export function parseClassicProgram(program: readonly ClassicInstruction[]): ClassicOperation[] {
  if (program.length === 0) {
    throw new PwruError(
      'FILTER_UNSUPPORTED',
      'Cannot run this filter in the kernel: it has no instructions',
    );
  }
  return program.map((instruction, index) => {
    const operation = parseInstruction(instruction, index);
    for (const target of successorsOf(operation, index)) {
      if (target >= program.length) throw malformed(index, 'leads past the end of the program');
    }
    return operation;
  });
}

/** Indices of the operations that may run after the one at `index`. */
export function successorsOf(operation: ClassicOperation, index: number): readonly number[] {
  if (operation.kind === 'return') return [];
  if (operation.kind === 'jump') return [operation.target];
  if (operation.kind === 'branch') return [operation.whenTrue, operation.whenFalse];
  return [index + 1];
}

function parseInstruction(instruction: ClassicInstruction, index: number): ClassicOperation {
  const { code, k } = instruction;
  // Classes of pcap/bpf.h: BPF_LD, BPF_LDX, BPF_ST, BPF_STX, BPF_ALU, BPF_JMP, BPF_RET, BPF_MISC.
  switch (code & 0x07) {
    case 0:
      return parseLoad(instruction, index);
    case 1:
      return parseLoadX(instruction, index);
    case 2:
    case 3:
      if ((code & ~0x01) !== 0x02) throw unknownCode(code, index);
      return { kind: 'store-cell', register: code === 0x02 ? 'a' : 'x', cell: cellOf(k, index) };
    case 4:
      return parseAlu(instruction, index);
    case 5:
      return parseJump(instruction, index);
    case 6:
      if (code === 0x06) return { kind: 'return', value: k };
      if (code === 0x16) return { kind: 'return', value: 'a' };
      throw unknownCode(code, index);
    default:
      if (code === 0x07) return { kind: 'copy', to: 'x' };
      if (code === 0x87) return { kind: 'copy', to: 'a' };
      throw unknownCode(code, index);
  }
}

function parseLoad({ code, k }: ClassicInstruction, index: number): ClassicOperation {
  const bytes = loadBytes.get(code & 0x18);
  switch (code & 0xe0) {
    case 0x20:
      if (bytes !== undefined) return { kind: 'load', offset: offsetOf(k), bytes };
      break;
    case 0x40:
      if (bytes !== undefined) return { kind: 'load-indirect', offset: offsetOf(k), bytes };
      break;
    default:
      if (bytes === 4) return parseRegisterLoad({ code, k }, 'a', index);
  }
  throw unknownCode(code, index);
}

function parseLoadX({ code, k }: ClassicInstruction, index: number): ClassicOperation {
  if (code === 0xb1) return { kind: 'load-header-length', offset: offsetOf(k) };
  if ((code & 0x18) !== 0) throw unknownCode(code, index);
  return parseRegisterLoad({ code, k }, 'x', index);
}

function parseRegisterLoad(
  { code, k }: Pick<ClassicInstruction, 'code' | 'k'>,
  register: Register,
  index: number,
): ClassicOperation {
  switch (code & 0xe0) {
    case 0x00:
      return { kind: 'load-constant', register, value: k };
    case 0x60:
      return { kind: 'load-cell', register, cell: cellOf(k, index) };
    case 0x80:
      return { kind: 'load-wire-length', register };
    default:
      throw unknownCode(code, index);
  }
}

function parseAlu({ code, k }: ClassicInstruction, index: number): ClassicOperation {
  if (code === 0x84) return { kind: 'negate' };
  const operator = aluOperators.get(code & 0xf0);
  if (operator === undefined || code > 0xff) throw unknownCode(code, index);
  if ((code & 0x08) !== 0) return { kind: 'alu', operator, operand: 'x' };
  if ((operator === 'div' || operator === 'mod') && k === 0) return { kind: 'return', value: 0 };
  if ((operator === 'lsh' || operator === 'rsh') && k > 31) {
    return { kind: 'load-constant', register: 'a', value: 0 };
  }
  return { kind: 'alu', operator, operand: k };
}

function parseJump({ code, jt, jf, k }: ClassicInstruction, index: number): ClassicOperation {
  if (code === 0x05) {
    if (k > 0x7fff_ffff) {
      throw new PwruError(
        'FILTER_UNSUPPORTED',
        'Cannot run this filter in the kernel: it loops over headers (protochain)',
      );
    }
    return { kind: 'jump', target: index + 1 + k };
  }
  const comparison = comparisons.get(code & 0xf0);
  if (comparison === undefined || code > 0xff) throw unknownCode(code, index);
  return {
    kind: 'branch',
    comparison,
    operand: (code & 0x08) !== 0 ? 'x' : k,
    whenTrue: index + 1 + jt,
    whenFalse: index + 1 + jf,
  };
}

function offsetOf(k: number): number {
  if (k >= METADATA_OFFSET) {
    throw new PwruError(
      'FILTER_UNSUPPORTED',
      `Cannot run this filter in the kernel: it loads packet metadata at offset ${k - 2 ** 32} (inbound, outbound, ifindex)`,
    );
  }
  if (k > OFFSET_MAX) {
    throw new PwruError(
      'FILTER_UNSUPPORTED',
      `Cannot run this filter in the kernel: it loads bytes at offset ${k}, which no frame has (at most ${OFFSET_MAX})`,
    );
  }
  return k;
}

function cellOf(k: number, index: number): number {
  if (k >= CELLS) throw malformed(index, `uses scratch cell ${k} of ${CELLS}`);
  return k;
}

function unknownCode(code: number, index: number): PwruError {
  return malformed(index, `has the unknown code 0x${code.toString(16)}`);
}

function malformed(index: number, what: string): PwruError {
  return new PwruError(
    'FILTER_UNSUPPORTED',
    `Cannot run this filter in the kernel: its instruction ${index} ${what}`,
  );
}
