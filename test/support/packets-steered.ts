import {
  type AluOperator,
  type ClassicOperation,
  type Comparison,
  type Operand,
  successorsOf,
} from '../../agent/src/core/filter/classic-program.ts';
import type { Packet } from './packets.ts';
import type { Random } from './packets-random.ts';

/** Longest packet that steering makes, unless a filter compares the length. */
const LENGTH_MAX = 2_000;

const UINT32_MAX = 0xffff_ffff;

/** A number in the interpreter, and how to change the packet so that it becomes another: undefined for a constant. */
interface Value {
  readonly now: number;
  readonly become?: ((wanted: number) => void) | undefined;
}

const zero: Value = { now: 0 };

/**
 * Makes packets that reach a filter's accepting ends: interprets the program on a packet, and at each branch writes into
 * the packet what the way it wants to go needs (ports, addresses, protocol numbers, flags, lengths: whatever the branch
 * compares, through the calculations that lead to it). Two branches can contradict each other, so a packet need not be
 * accepted in the end.
 */
export class PacketSteering {
  readonly #operations: readonly ClassicOperation[];
  readonly #canAccept: readonly boolean[];

  constructor(operations: readonly ClassicOperation[]) {
    this.#operations = operations;
    const canAccept = operations.map(() => false);
    for (let index = operations.length - 1; index >= 0; index--) {
      const operation = operations[index];
      if (operation === undefined) continue;
      canAccept[index] =
        operation.kind === 'return'
          ? operation.value !== 0
          : successorsOf(operation, index).some((next) => canAccept[next]);
    }
    this.#canAccept = canAccept;
  }

  /** A packet that begins as `start`; `random` chooses among the ways. */
  steer(start: Uint8Array, random: Random): Packet {
    return new SteeredRun(start, random).run(this.#operations, this.#canAccept);
  }
}

class SteeredRun {
  readonly #random: Random;
  #bytes: Uint8Array;
  #wireBytes: number | undefined;
  #a = zero;
  #x = zero;
  readonly #cells: Value[] = Array.from({ length: 16 }, () => zero);

  constructor(start: Uint8Array, random: Random) {
    this.#bytes = start.slice();
    this.#random = random;
  }

  run(operations: readonly ClassicOperation[], canAccept: readonly boolean[]): Packet {
    for (let index = 0; ; ) {
      const operation = operations[index];
      if (operation === undefined || operation.kind === 'return') break;
      if (operation.kind === 'jump') index = operation.target;
      else if (operation.kind === 'branch') index = this.#branch(operation, canAccept);
      else if (this.#step(operation)) index += 1;
      else break;
    }
    const wireBytes = Math.max(14, this.#wireBytes ?? this.#bytes.length);
    return { bytes: this.#bytes.subarray(0, wireBytes), wireBytes };
  }

  /** False when the run ends: a load that cannot succeed. */
  #step(operation: ClassicOperation): boolean {
    switch (operation.kind) {
      case 'load':
        return this.#load(operation.offset, operation.bytes);
      case 'load-indirect':
        return this.#load(this.#x.now + operation.offset, operation.bytes);
      case 'load-header-length': {
        if (!this.#extendTo(operation.offset + 1)) return false;
        const value = this.#packetValue(operation.offset, 1);
        this.#x = lsh(and(value, 0xf), 2);
        return true;
      }
      case 'load-constant':
        this.#set(operation.register, { now: operation.value });
        return true;
      case 'load-wire-length':
        this.#set(operation.register, this.#lengthValue());
        return true;
      case 'load-cell':
        this.#set(operation.register, this.#cells[operation.cell] ?? zero);
        return true;
      case 'store-cell':
        this.#cells[operation.cell] = operation.register === 'a' ? this.#a : this.#x;
        return true;
      case 'copy':
        this.#set(operation.to, operation.to === 'a' ? this.#x : this.#a);
        return true;
      case 'negate':
        this.#a = derive(this.#a, -this.#a.now, (wanted) => -wanted);
        return true;
      case 'alu':
        this.#a = calculate(operation.operator, this.#a, this.#operand(operation.operand));
        return true;
      case 'jump':
      case 'branch':
      case 'return':
        return false;
    }
  }

  #branch(operation: ClassicOperation & { kind: 'branch' }, canAccept: readonly boolean[]): number {
    const { comparison, operand, whenTrue, whenFalse } = operation;
    const right = this.#operand(operand);
    const ways = [true, false].filter((way) => canAccept[way ? whenTrue : whenFalse]);
    const stray = ways.length === 0 || this.#random.chance(0.03);
    const wanted = stray ? this.#random.chance(0.5) : this.#random.pick(ways);
    let outcome = compare(comparison, this.#a.now, right.now);
    if (outcome !== wanted && this.#a.become !== undefined) {
      const value = this.#leftFor(comparison, right.now, wanted);
      this.#a.become(value);
      this.#a = { ...this.#a, now: value };
      outcome = wanted;
    } else if (outcome !== wanted && right.become !== undefined) {
      right.become(this.#rightFor(comparison, wanted));
      outcome = wanted;
    }
    return outcome ? whenTrue : whenFalse;
  }

  /** A value of A for which the comparison has the wanted outcome. */
  #leftFor(comparison: Comparison, right: number, wanted: boolean): number {
    const near = this.#random.chance(0.5) ? 0 : this.#random.below(200);
    switch (comparison) {
      case 'jeq':
        return wanted ? right : (right ^ (1 << this.#random.below(8))) >>> 0;
      case 'jgt':
        return wanted ? Math.min(right + 1 + near, UINT32_MAX) : Math.max(0, right - near);
      case 'jge':
        return wanted ? Math.min(right + near, UINT32_MAX) : Math.max(0, right - 1 - near);
      case 'jset':
        return wanted ? (this.#a.now | (right & -right)) >>> 0 : (this.#a.now & ~right) >>> 0;
    }
  }

  /** A value to compare A with, where A cannot be changed. */
  #rightFor(comparison: Comparison, wanted: boolean): number {
    if (comparison === 'jgt') return this.#leftFor('jge', this.#a.now, !wanted);
    if (comparison === 'jge') return this.#leftFor('jgt', this.#a.now, !wanted);
    return this.#leftFor(comparison, this.#a.now, wanted);
  }

  #operand(operand: Operand): Value {
    return operand === 'x' ? this.#x : { now: operand };
  }

  #set(register: 'a' | 'x', value: Value): void {
    if (register === 'a') this.#a = value;
    else this.#x = value;
  }

  #load(offset: number, bytes: number): boolean {
    if (!this.#extendTo(offset + bytes)) return false;
    this.#a = this.#packetValue(offset, bytes);
    return true;
  }

  #extendTo(length: number): boolean {
    if (length > LENGTH_MAX) return false;
    if (length > this.#bytes.length) {
      const more = this.#random.bytes(length - this.#bytes.length + this.#random.below(8));
      this.#bytes = Uint8Array.from([...this.#bytes, ...more]);
    }
    return true;
  }

  #packetValue(offset: number, bytes: number): Value {
    let now = 0;
    for (let index = 0; index < bytes; index++)
      now = now * 256 + (this.#bytes[offset + index] ?? 0);
    const become = (wanted: number) => {
      for (let index = 0; index < bytes; index++) {
        this.#bytes[offset + index] = wanted >>> ((bytes - 1 - index) * 8);
      }
    };
    return { now, become };
  }

  #lengthValue(): Value {
    const become = (wanted: number) => {
      if (wanted <= 9_000) this.#extendTo(Math.min(wanted, LENGTH_MAX));
      this.#wireBytes = wanted;
    };
    return { now: this.#wireBytes ?? this.#bytes.length, become };
  }
}

function compare(comparison: Comparison, left: number, right: number): boolean {
  switch (comparison) {
    case 'jeq':
      return left === right;
    case 'jgt':
      return left > right;
    case 'jge':
      return left >= right;
    case 'jset':
      return (left & right) !== 0;
  }
}

/** A value calculated from another: `invert` says what the other must be for this one to be what is wanted. */
function derive(from: Value, now: number, invert: (wanted: number) => number): Value {
  const { become } = from;
  return { now: now >>> 0, become: become && ((wanted) => become(invert(wanted) >>> 0)) };
}

function and(value: Value, mask: number): Value {
  return derive(value, value.now & mask, (wanted) => (value.now & ~mask) | (wanted & mask));
}

function lsh(value: Value, distance: number): Value {
  return derive(value, value.now << distance, (wanted) => wanted >>> distance);
}

function calculate(operator: AluOperator, left: Value, operand: Value): Value {
  const { now } = left;
  const right = operand.now;
  switch (operator) {
    case 'add':
      return left.become === undefined
        ? derive(operand, now + right, (wanted) => wanted - now)
        : derive(left, now + right, (wanted) => wanted - right);
    case 'sub':
      return left.become === undefined
        ? derive(operand, now - right, (wanted) => now - wanted)
        : derive(left, now - right, (wanted) => wanted + right);
    case 'mul':
      return derive(left, Math.imul(now, right), (wanted) => wanted / (right || 1));
    case 'div':
      return derive(left, now / (right || 1), (wanted) => Math.imul(wanted, right));
    case 'mod':
      return derive(left, now % (right || 1), (wanted) => now - (now % (right || 1)) + wanted);
    case 'or':
      return derive(left, now | right, (wanted) => wanted & ~right);
    case 'and':
      return and(left, right);
    case 'xor':
      return derive(left, now ^ right, (wanted) => wanted ^ right);
    case 'lsh':
      return right > 31 ? zero : lsh(left, right);
    case 'rsh':
      return right > 31 ? zero : rsh(left, right);
  }
}

function rsh(value: Value, distance: number): Value {
  const lost = value.now & ((1 << distance) - 1);
  return derive(value, value.now >>> distance, (wanted) => (wanted << distance) | lost);
}
