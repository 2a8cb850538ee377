import type { LoadBytes } from './classic-program.ts';
import { type EbpfAssembler, type EbpfRegister, type Label, newLabel } from './ebpf-assembler.ts';
import {
  LIVE_A,
  LIVE_BASE,
  LIVE_FRAME,
  LIVE_READABLE,
  LIVE_WIRE,
  LIVE_X,
  type OperationFacts,
} from './filter-facts.ts';

/** Bytes of the frame that a filter may read from the stack buffer: PWRU_FRAME_BYTES of bpf/include/filter.h. */
export const NEAR_BYTES = 78;

/** Those that are in the buffer of an IPv4 packet's frame, too: header and PWRU_IPV4_WORDS of bpf/include/frame.h. */
const IPV4_NEAR_BYTES = 54;

/** Registers of the compiled function. It keeps its arguments where they came, and needs no callee-saved register. */
export const registers = {
  a: 0,
  frame: 1,
  readable: 2,
  wire: 3,
  base: 4,
  x: 5,
  /** Second piece of a value that is put together; callee-saved, hence used only when X is taken. */
  scratch: 6,
  stack: 10,
} as const satisfies Record<string, EbpfRegister>;

/** Longest header that exists in the buffer only: 14 bytes and two 802.1Q tags. */
const HEADER_BYTES_MAX = 22;

/** Bytes 0-11 of an Ethernet frame are its addresses. */
const LINK_ADDRESSES_BYTES = 12;

/** Where the buffer begins, modulo 4: network headers are aligned then. The verifier wants it of stack accesses. */
const FRAME_ALIGNMENT = 2;

/** Length of an IPv4 header without options. */
const PLAIN_IPV4_HEADER_BYTES = 20;

/** Helper number of bpf_probe_read_kernel (kernel 5.5). */
const PROBE_READ_KERNEL = 113;

/** Where bpf_probe_read_kernel puts what it read, from the frame pointer. */
const PROBE_SLOT = -8;

const savedRegisters = [
  [LIVE_FRAME, registers.frame],
  [LIVE_READABLE, registers.readable],
  [LIVE_WIRE, registers.wire],
  [LIVE_BASE, registers.base],
  [LIVE_X, registers.x],
  [LIVE_A, registers.a],
] as const;

/** A load from the packet and what is known where it stands. */
export interface PacketLoad {
  readonly offset: number;
  readonly bytes: LoadBytes;
  readonly facts: OperationFacts;
  /** The value may stay in network byte order. */
  readonly networkOrder: boolean;
}

/** Emits loads from the packet, each with its bounds check, and gives out the function's stack. */
export class PacketLoader {
  readonly #assembler: EbpfAssembler;
  readonly #short: Label;
  /** Code that is rarely run, to be put behind the rest. */
  readonly #outOfLine: Array<() => void> = [];
  /** Stack offsets, by the bit in the set of live things. */
  readonly #stackSlots = new Map<number, number>();
  #stackBytes = 0;
  #readBytes = 0;
  #usesLinkAddresses = false;
  #readsFarInIpv4 = false;

  /** @param short where a load goes that runs past what is readable. */
  constructor(assembler: EbpfAssembler, short: Label) {
    this.#assembler = assembler;
    this.#short = short;
  }

  /** First bytes of the frame that must be in the buffer for what was emitted. */
  get readBytes(): number {
    return this.#readBytes;
  }

  get usesLinkAddresses(): boolean {
    return this.#usesLinkAddresses;
  }

  /** It wants bytes of an IPv4 packet, or of one that may be, from the buffer that are far from its beginning. */
  get readsFarInIpv4(): boolean {
    return this.#readsFarInIpv4;
  }

  /** A = the bytes at a constant offset. */
  load(load: PacketLoad): void {
    this.#noteOffset(load.offset);
    this.#requireReadable(load, load.offset + load.bytes);
    if (load.offset + load.bytes <= NEAR_BYTES) this.#loadNear(load, load.offset);
    else this.#loadFar(load, registers.a);
    this.#toCpuOrder(load);
  }

  /** X = 4 * (low nibble of the byte at a constant offset). */
  loadHeaderLength(load: PacketLoad): void {
    this.#noteOffset(load.offset);
    this.#requireReadable(load, load.offset + 1);
    if (load.offset < NEAR_BYTES) {
      this.#noteNear(load, load.offset + 1);
      this.#assembler.load(registers.x, 1, registers.frame, load.offset);
    } else {
      this.#loadFar(load, registers.x);
    }
    this.#assembler.alu32('and', registers.x, 0xf);
    this.#assembler.alu32('lsh', registers.x, 2);
  }

  /** A = the bytes at X + a constant offset. */
  loadIndirect(load: PacketLoad): void {
    this.#noteOffset(load.offset);
    const plainOffset = load.offset + PLAIN_IPV4_HEADER_BYTES;
    if (!load.facts.headerLengthInX || plainOffset + load.bytes > NEAR_BYTES) {
      this.#loadVariable(load);
      this.#toCpuOrder(load);
      return;
    }
    const variable = newLabel();
    const loaded = newLabel();
    const source = PLAIN_IPV4_HEADER_BYTES;
    this.#assembler.jumpIf32('ne', registers.x, { source, target: variable });
    this.#requireReadable(load, plainOffset + load.bytes);
    this.#loadNear(load, plainOffset);
    this.#assembler.bind(loaded);
    this.#toCpuOrder(load);
    this.#outOfLine.push(() => {
      this.#assembler.bind(variable);
      this.#loadVariable(load);
      this.#assembler.jump(loaded);
    });
  }

  /** Emits what was put off, once, behind everything else. */
  emitOutOfLine(): void {
    for (const emit of this.#outOfLine) emit();
  }

  /** Stack offset of a scratch cell. */
  cellOffset(cell: number): number {
    return this.#stackSlot(1 << cell, 4);
  }

  /** A = bytes of the buffer in memory order, put together from pieces that are aligned on the stack. */
  #loadNear(load: PacketLoad, offset: number): void {
    const { bytes, facts } = load;
    this.#noteNear(load, offset + bytes);
    const scratch = facts.liveAfter & LIVE_X ? registers.scratch : registers.x;
    for (const piece of alignedPieces(offset, bytes)) {
      if (piece.offset === offset) {
        this.#assembler.load(registers.a, piece.bytes, registers.frame, offset);
      } else {
        this.#assembler.load(scratch, piece.bytes, registers.frame, piece.offset);
        this.#assembler.alu32('lsh', scratch, (piece.offset - offset) * 8);
        this.#assembler.alu32('or', registers.a, { register: scratch });
      }
    }
  }

  /** @param end of a read from the buffer, bytes from its beginning */
  #noteNear({ facts }: PacketLoad, end: number): void {
    this.#readBytes = Math.max(this.#readBytes, end);
    if (end > IPV4_NEAR_BYTES && !facts.isIpv6) this.#readsFarInIpv4 = true;
  }

  /** `into` = the bytes at a constant offset beyond the buffer, in memory order. */
  #loadFar(load: PacketLoad, into: EbpfRegister): void {
    this.#probeRead(load, into, () => {
      this.#assembler.alu64('mov', 3, { register: registers.base });
      this.#assembler.alu64('add', 3, load.offset);
    });
  }

  /** A = the bytes at X + a constant offset, in memory order. */
  #loadVariable(load: PacketLoad): void {
    const { a, x, readable } = registers;
    // A is about to be written, so it can hold the load's end: less than 2^33, hence no overflow.
    this.#assembler.alu32('mov', a, { register: x });
    this.#assembler.alu64('add', a, load.offset + load.bytes);
    this.#assembler.jumpIf64('gt', a, { source: { register: readable }, target: this.#short });
    this.#probeRead(load, a, () => this.#emitVariableSource(load));
  }

  /** r3 = address of the bytes that end at frame offset A. The header may exist in the buffer only. */
  #emitVariableSource({ offset, bytes }: PacketLoad): void {
    const { a, base, frame } = registers;
    const found = newLabel();
    if (offset < HEADER_BYTES_MAX) {
      const inPacket = newLabel();
      const source = HEADER_BYTES_MAX + bytes;
      this.#readBytes = Math.max(this.#readBytes, source);
      this.#assembler.jumpIf64('ge', a, { source, target: inPacket });
      this.#assembler.alu64('mov', 3, { register: frame });
      this.#assembler.jump(found);
      this.#assembler.bind(inPacket);
    }
    this.#assembler.alu64('mov', 3, { register: base });
    this.#assembler.bind(found);
    this.#assembler.alu64('add', 3, { register: a });
    this.#assembler.alu64('add', 3, -bytes);
  }

  /** Reads from the address that `emitSource` puts into r3; what lives on is saved around the call. */
  #probeRead({ bytes, facts }: PacketLoad, into: EbpfRegister, emitSource: () => void): void {
    const saved = savedRegisters.filter(
      ([bit, register]) => facts.liveAfter & bit && register !== into,
    );
    for (const [bit, register] of saved) {
      this.#assembler.store(registers.stack, this.#stackSlot(bit, 8), 8, { register });
    }
    emitSource();
    this.#assembler.alu64('mov', 1, { register: registers.stack });
    this.#assembler.alu64('add', 1, PROBE_SLOT);
    this.#assembler.alu32('mov', 2, bytes);
    this.#assembler.call(PROBE_READ_KERNEL);
    this.#assembler.jumpIf64('ne', 0, { source: 0, target: this.#short });
    for (const [bit, register] of saved) {
      this.#assembler.load(register, 8, registers.stack, this.#stackSlot(bit, 8));
    }
    this.#assembler.load(into, bytes, registers.stack, PROBE_SLOT);
  }

  #toCpuOrder({ bytes, networkOrder }: PacketLoad): void {
    if (bytes !== 1 && !networkOrder) this.#assembler.fromBigEndian(registers.a, bytes);
  }

  /** Ends with `short` when fewer bytes are readable; nothing where enough are known to be. */
  #requireReadable({ facts }: PacketLoad, bytes: number): void {
    if (facts.provenBytes >= bytes) return;
    const comparison = { source: bytes, target: this.#short };
    this.#assembler.jumpIf64('lt', registers.readable, comparison);
  }

  #noteOffset(offset: number): void {
    if (offset < LINK_ADDRESSES_BYTES) this.#usesLinkAddresses = true;
  }

  /** Stack offset of a saved register or a cell, given out at its first use. */
  #stackSlot(bit: number, bytes: 4 | 8): number {
    let slot = this.#stackSlots.get(bit);
    if (slot === undefined) {
      this.#stackBytes = Math.ceil((this.#stackBytes + bytes) / bytes) * bytes;
      slot = PROBE_SLOT - this.#stackBytes;
      this.#stackSlots.set(bit, slot);
    }
    return slot;
  }
}

interface Piece {
  readonly offset: number;
  readonly bytes: LoadBytes;
}

/** Splits a range of the buffer into naturally aligned accesses. */
function alignedPieces(offset: number, bytes: LoadBytes): Piece[] {
  const end = offset + bytes;
  const pieces: Piece[] = [];
  for (let from = offset; from < end; ) {
    const place = from + FRAME_ALIGNMENT;
    const size =
      place % 4 === 0 && end - from >= 4 ? 4 : place % 2 === 0 && end - from >= 2 ? 2 : 1;
    pieces.push({ offset: from, bytes: size });
    from += size;
  }
  return pieces;
}
