/** A place in the code that jumps can name before it exists. */
export interface Label {
  /** Index of the instruction that follows; undefined until `bind`. */
  index: number | undefined;
  /** Something leads here. */
  used: boolean;
}

export function newLabel(): Label {
  return { index: undefined, used: false };
}

/** Width of a memory access in bytes. */
export type AccessBytes = 1 | 2 | 4 | 8;

export type JumpOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'set';

/** Register number, r0-r10. */
export type EbpfRegister = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** A register, or a 32-bit constant: sign-extended by 64-bit operations, taken as unsigned by 32-bit ones. */
export type Source = { readonly register: EbpfRegister } | number;

interface Instruction {
  readonly opcode: number;
  readonly dst: number;
  readonly src: number;
  readonly offset: number;
  readonly imm: number;
  readonly target?: Label;
}

/** Modes and sizes of BPF_MEM accesses (include/uapi/linux/bpf.h). */
const accessCodes: Record<AccessBytes, number> = { 4: 0x60, 2: 0x68, 1: 0x70, 8: 0x78 };

const aluCodes = {
  add: 0x00,
  sub: 0x10,
  mul: 0x20,
  div: 0x30,
  or: 0x40,
  and: 0x50,
  lsh: 0x60,
  rsh: 0x70,
  neg: 0x80,
  mod: 0x90,
  xor: 0xa0,
  mov: 0xb0,
} as const;

const jumpCodes: Record<JumpOperator, number> = {
  eq: 0x10,
  gt: 0x20,
  ge: 0x30,
  set: 0x40,
  ne: 0x50,
  lt: 0xa0,
  le: 0xb0,
};

/** Classes. */
const LDX = 0x01;
const ST = 0x02;
const STX = 0x03;
const ALU32 = 0x04;
const JMP = 0x05;
const JMP32 = 0x06;
const ALU64 = 0x07;
const SOURCE_REGISTER = 0x08;

/** Writes eBPF instructions (kernel: Documentation/bpf/standardization/instruction-set.rst), little endian. */
export class EbpfAssembler {
  readonly #instructions: Instruction[] = [];

  get length(): number {
    return this.#instructions.length;
  }

  /** The label names the next instruction. */
  bind(label: Label): void {
    label.index = this.#instructions.length;
  }

  alu32(operator: keyof typeof aluCodes, dst: EbpfRegister, source: Source): void {
    this.#operate(ALU32 | aluCodes[operator], dst, source);
  }

  alu64(operator: keyof typeof aluCodes, dst: EbpfRegister, source: Source): void {
    this.#operate(ALU64 | aluCodes[operator], dst, source);
  }

  /** dst = its low `bytes` bytes, from big endian to the CPU's order, zero-extended. */
  fromBigEndian(dst: EbpfRegister, bytes: 2 | 4): void {
    this.#push({ opcode: 0xdc, dst, src: 0, offset: 0, imm: bytes * 8 });
  }

  load(dst: EbpfRegister, bytes: AccessBytes, base: EbpfRegister, offset: number): void {
    this.#push({ opcode: LDX | accessCodes[bytes], dst, src: base, offset, imm: 0 });
  }

  store(base: EbpfRegister, offset: number, bytes: AccessBytes, source: Source): void {
    if (typeof source === 'number') {
      this.#push({
        opcode: ST | accessCodes[bytes],
        dst: base,
        src: 0,
        offset,
        imm: source,
      });
    } else {
      const src = source.register;
      this.#push({ opcode: STX | accessCodes[bytes], dst: base, src, offset, imm: 0 });
    }
  }

  jump(target: Label): void {
    this.#push({ opcode: JMP, dst: 0, src: 0, offset: 0, imm: 0, target });
  }

  /** Compares the low 32 bits, unsigned. */
  jumpIf32(
    operator: JumpOperator,
    dst: EbpfRegister,
    comparison: { source: Source; target: Label },
  ) {
    this.#operate(JMP32 | jumpCodes[operator], dst, comparison.source, comparison.target);
  }

  /** Compares 64 bits, unsigned. */
  jumpIf64(
    operator: JumpOperator,
    dst: EbpfRegister,
    comparison: { source: Source; target: Label },
  ) {
    this.#operate(JMP | jumpCodes[operator], dst, comparison.source, comparison.target);
  }

  /** Calls a helper by its number in include/uapi/linux/bpf.h. */
  call(helper: number): void {
    this.#push({ opcode: 0x85, dst: 0, src: 0, offset: 0, imm: helper });
  }

  exit(): void {
    this.#push({ opcode: 0x95, dst: 0, src: 0, offset: 0, imm: 0 });
  }

  /**
   * The code, 8 bytes per instruction.
   * @throws RangeError when a label was not bound or a jump is farther than 32,767 instructions.
   */
  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#instructions.length * 8);
    const view = new DataView(bytes.buffer);
    for (const [index, instruction] of this.#instructions.entries()) {
      const { opcode, dst, src, imm, target } = instruction;
      view.setUint8(index * 8, opcode);
      view.setUint8(index * 8 + 1, (src << 4) | dst);
      view.setInt16(index * 8 + 2, target ? distance(index, target) : instruction.offset, true);
      view.setInt32(index * 8 + 4, imm, true);
    }
    return bytes;
  }

  #operate(code: number, dst: EbpfRegister, source: Source, target?: Label): void {
    const common = { dst, offset: 0, ...(target ? { target } : {}) };
    if (typeof source === 'number') this.#push({ ...common, opcode: code, src: 0, imm: source });
    else {
      this.#push({ ...common, opcode: code | SOURCE_REGISTER, src: source.register, imm: 0 });
    }
  }

  #push(instruction: Instruction): void {
    if (instruction.target) instruction.target.used = true;
    this.#instructions.push(instruction);
  }
}

function distance(from: number, target: Label): number {
  if (target.index === undefined) throw new RangeError('A jump leads to a label without a place');
  const offset = target.index - from - 1;
  if (offset < -32_768 || offset > 32_767) {
    throw new RangeError(`A jump over ${offset} instructions does not fit into 16 bits`);
  }
  return offset;
}

/** The item at `index`, which must exist. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`No item ${index} in a list of ${list.length}`);
  return item;
}
