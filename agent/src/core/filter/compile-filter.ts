import { PwruError } from '../errors.ts';
import {
  type AluOperator,
  type ClassicInstruction,
  type ClassicOperation,
  type Comparison,
  type Operand,
  parseClassicProgram,
  type Register,
} from './classic-program.ts';
import {
  at,
  EbpfAssembler,
  type EbpfRegister,
  type JumpOperator,
  type Label,
  newLabel,
  type Source,
} from './ebpf-assembler.ts';
import {
  cellsIn,
  deriveFacts,
  findNetworkOrder,
  LIVE_A,
  LIVE_X,
  liveBefore,
  type OperationFacts,
  swapConstant,
} from './filter-facts.ts';
import { type PacketLoad, PacketLoader, registers } from './packet-loader.ts';

/** Jumps have 16 bits. */
const INSTRUCTIONS_MAX = 32_767;

/** What the compiled function returns: PWRU_FILTER_* of bpf/include/filter.h. */
export const verdicts = { reject: 0, accept: 1, short: 2 } as const;

export interface CompileOptions {
  /** Bytes that are readable in every packet; 14 when each is an Ethernet frame. */
  readonly guaranteedBytes: number;
}

/** A filter as the body of the BPF function `pwru_filter` (bpf/include/filter.h). */
export interface CompiledFilter {
  /** 8 bytes per instruction, little endian; complete, its last instruction ends the function or jumps back. */
  readonly code: Uint8Array;
  /** First bytes of the frame that must be in the stack buffer: 0 to NEAR_BYTES. */
  readonly readBytes: number;
  /** It may read bytes 0-11, the link-layer addresses. */
  readonly usesLinkAddresses: boolean;
  /** It looks at the frame's whole length. */
  readonly usesLength: boolean;
  /** Of an IPv4 packet, too, it wants more in the buffer than IPv4's and TCP's headers without options. */
  readonly readsFarInIpv4: boolean;
}

/**
 * Compiles classic BPF to eBPF.
 *
 * The meaning is exactly that of libpcap's interpreter, but for one thing: a load that runs past what is readable
 * gives `verdicts.short` instead of a rejection. The code calls no helper on its usual way, so that all values live in
 * the registers in which they came; only a load at a variable offset or beyond the buffer saves them and calls
 * bpf_probe_read_kernel. IPv4 headers without options are recognised, and what follows them is read from the buffer
 * too. Variable-offset reads of the stack would do without the helper, but kernels before 5.12 refuse them, and they
 * would have to be aligned.
 *
 * @throws PwruError FILTER_UNSUPPORTED as `parseClassicProgram` does, and when the code would be longer than
 *   32,767 instructions.
 */
export function compileFilter(
  program: readonly ClassicInstruction[],
  options: CompileOptions,
): CompiledFilter {
  return new FilterCompiler(parseClassicProgram(program), options).compile();
}

const whenTrue: Record<Comparison, JumpOperator> = { jeq: 'eq', jgt: 'gt', jge: 'ge', jset: 'set' };
const whenFalse = { jeq: 'ne', jgt: 'le', jge: 'lt' } as const;

class FilterCompiler {
  readonly #operations: readonly ClassicOperation[];
  readonly #facts: readonly OperationFacts[];
  readonly #networkOrder: ReadonlyArray<2 | 4 | undefined>;
  readonly #labels: readonly Label[];
  readonly #assembler = new EbpfAssembler();
  readonly #accept = newLabel();
  readonly #reject = newLabel();
  readonly #short = newLabel();
  readonly #loader = new PacketLoader(this.#assembler, this.#short);
  #usesLength = false;

  constructor(operations: readonly ClassicOperation[], options: CompileOptions) {
    this.#operations = operations;
    this.#facts = deriveFacts(operations, options.guaranteedBytes);
    this.#networkOrder = findNetworkOrder(operations, this.#facts);
    this.#labels = operations.map(newLabel);
  }

  compile(): CompiledFilter {
    this.#initialise();
    this.#lowerAll();
    this.#endWith(this.#accept, verdicts.accept);
    this.#loader.emitOutOfLine();
    this.#endWith(this.#reject, verdicts.reject);
    this.#endWith(this.#short, verdicts.short);
    if (this.#assembler.length > INSTRUCTIONS_MAX) {
      throw new PwruError(
        'FILTER_UNSUPPORTED',
        `Cannot run this filter in the kernel: it needs ${this.#assembler.length} instructions, at most ${INSTRUCTIONS_MAX} are possible`,
      );
    }
    const { readBytes, usesLinkAddresses, readsFarInIpv4 } = this.#loader;
    return {
      code: this.#assembler.finish(),
      readBytes,
      usesLinkAddresses,
      usesLength: this.#usesLength,
      readsFarInIpv4,
    };
  }

  /** Registers and cells that are read before they are written hold 0, as in libpcap's interpreter. */
  #initialise(): void {
    const live = liveBefore(at(this.#operations, 0), at(this.#facts, 0).liveAfter);
    if (live & LIVE_A) this.#assembler.alu32('mov', registers.a, 0);
    if (live & LIVE_X) this.#assembler.alu32('mov', registers.x, 0);
    for (const cell of cellsIn(live)) {
      this.#assembler.store(registers.stack, this.#loader.cellOffset(cell), 4, 0);
    }
  }

  /** What runs, in the program's order: not what is never reached, nor what only leads elsewhere. */
  #lowerAll(): void {
    const lowered = [...this.#operations.keys()].filter(
      (index) => at(this.#facts, index).reachable && this.#target(index) === this.#labels[index],
    );
    if (lowered.length === 0) this.#goTo(this.#target(0), this.#accept);
    for (const [position, index] of lowered.entries()) {
      const next = lowered[position + 1];
      this.#assembler.bind(at(this.#labels, index));
      this.#lower(index, next === undefined ? this.#accept : at(this.#labels, next));
    }
  }

  /** Where a jump to an operation ends up. */
  #target(index: number): Label {
    const operation = at(this.#operations, index);
    if (operation.kind === 'jump') return this.#target(operation.target);
    if (operation.kind !== 'return' || operation.value === 'a') return at(this.#labels, index);
    return operation.value === 0 ? this.#reject : this.#accept;
  }

  #endWith(label: Label, verdict: number): void {
    if (!label.used) return;
    this.#assembler.bind(label);
    this.#assembler.alu32('mov', 0, verdict);
    this.#assembler.exit();
  }

  /** Lowers one operation; `following` is the label of what comes next in the code. */
  #lower(index: number, following: Label): void {
    const operation = at(this.#operations, index);
    if (operation.kind === 'branch') {
      this.#lowerBranch(operation, index, following);
    } else if (operation.kind === 'return') {
      this.#assembler.jumpIf32('eq', registers.a, { source: 0, target: this.#reject });
      this.#goTo(this.#accept, following);
    } else {
      this.#lowerStraight(operation, index);
      this.#goTo(this.#target(index + 1), following);
    }
  }

  /** Goes to `target`, by a jump unless it is what follows. */
  #goTo(target: Label, following: Label): void {
    if (target === following) target.used = true;
    else this.#assembler.jump(target);
  }

  /** Lowers an operation that the next one follows. */
  #lowerStraight(operation: ClassicOperation, index: number): void {
    switch (operation.kind) {
      case 'load':
        this.#loader.load(this.#packetLoad(operation, index));
        break;
      case 'load-indirect':
        this.#loader.loadIndirect(this.#packetLoad(operation, index));
        break;
      case 'load-header-length':
        this.#loader.loadHeaderLength(this.#packetLoad({ ...operation, bytes: 1 }, index));
        break;
      case 'load-constant':
        this.#assembler.alu32('mov', registers[operation.register], operation.value);
        break;
      case 'load-wire-length':
        this.#usesLength = true;
        this.#move(registers[operation.register], registers.wire);
        break;
      case 'load-cell':
      case 'store-cell':
        this.#lowerCell(operation);
        break;
      case 'copy':
        if (operation.to === 'a') this.#move(registers.a, registers.x);
        else this.#move(registers.x, registers.a);
        break;
      case 'negate':
        this.#assembler.alu32('neg', registers.a, 0);
        break;
      case 'alu':
        this.#lowerAlu(operation.operator, operation.operand);
        break;
      case 'jump':
      case 'branch':
      case 'return':
        throw new RangeError(`No operation follows a ${operation.kind}`);
    }
  }

  #packetLoad(load: Pick<PacketLoad, 'offset' | 'bytes'>, index: number): PacketLoad {
    return {
      offset: load.offset,
      bytes: load.bytes,
      facts: at(this.#facts, index),
      networkOrder: this.#networkOrder[index] !== undefined,
    };
  }

  #lowerCell(operation: {
    readonly kind: 'load-cell' | 'store-cell';
    readonly register: Register;
    readonly cell: number;
  }): void {
    const register = registers[operation.register];
    const offset = this.#loader.cellOffset(operation.cell);
    if (operation.kind === 'load-cell') this.#assembler.load(register, 4, registers.stack, offset);
    else this.#assembler.store(registers.stack, offset, 4, { register });
  }

  #lowerAlu(operator: AluOperator, operand: Operand): void {
    const { a, x } = registers;
    if (operand === 'x' && (operator === 'div' || operator === 'mod')) {
      this.#assembler.jumpIf32('eq', x, { source: 0, target: this.#reject });
    }
    if (operand === 'x' && (operator === 'lsh' || operator === 'rsh')) {
      // eBPF masks the distance; 0 shifted by anything is the 0 that classic BPF gives for 32 and more.
      const inRange = newLabel();
      this.#assembler.jumpIf32('lt', x, { source: 32, target: inRange });
      this.#assembler.alu32('mov', a, 0);
      this.#assembler.bind(inRange);
    }
    this.#assembler.alu32(operator, a, sourceOf(operand));
  }

  #lowerBranch(
    operation: ClassicOperation & { kind: 'branch' },
    index: number,
    following: Label,
  ): void {
    const ifTrue = this.#target(operation.whenTrue);
    const ifFalse = this.#target(operation.whenFalse);
    const { comparison } = operation;
    const source = sourceOf(this.#comparedWith(operation, index));
    if (ifTrue === ifFalse) {
      this.#goTo(ifTrue, following);
    } else if (ifTrue === following && comparison !== 'jset') {
      const target = ifFalse;
      this.#assembler.jumpIf32(whenFalse[comparison], registers.a, { source, target });
      this.#goTo(ifTrue, following);
    } else {
      this.#assembler.jumpIf32(whenTrue[comparison], registers.a, { source, target: ifTrue });
      this.#goTo(ifFalse, following);
    }
  }

  #comparedWith(operation: ClassicOperation & { kind: 'branch' }, index: number): Operand {
    const { operand, comparison } = operation;
    const bytes = this.#networkOrder[index];
    if (operand === 'x' || bytes === undefined) return operand;
    // No 16-bit value equals a longer constant; BPF_JSET meets the constant's low half all the same.
    if (bytes === 2 && operand > 0xffff && comparison === 'jeq') return operand;
    return swapConstant(operand, bytes);
  }

  #move(to: EbpfRegister, from: EbpfRegister): void {
    this.#assembler.alu32('mov', to, { register: from });
  }
}

function sourceOf(operand: Operand): Source {
  return operand === 'x' ? { register: registers.x } : operand;
}
