import { at } from './at.ts';
import { CELLS, type ClassicOperation, type Register, successorsOf } from './classic-program.ts';

/**
 * Things that an operation may read, as bits of a set. Bits 0-15 are the scratch cells.
 */
export const LIVE_A = 1 << 16;
export const LIVE_X = 1 << 17;
/** Address of the stack buffer. */
export const LIVE_FRAME = 1 << 18;
/** Number of readable bytes. */
export const LIVE_READABLE = 1 << 19;
/** The packet's whole length. */
export const LIVE_WIRE = 1 << 20;
/** Kernel address of the frame. */
export const LIVE_BASE = 1 << 21;

const ETHER_TYPE_AT = 12;
const ETHER_TYPE_IPV6 = 0x86dd;

/** What holds at one operation, whatever way led to it. */
export interface OperationFacts {
  /** Some way leads here. */
  reachable: boolean;
  /** At least this many bytes are readable before it runs. */
  provenBytes: number;
  /** X may hold a header's length before it runs. */
  headerLengthInX: boolean;
  /** A holds the frame's EtherType before it runs. */
  etherTypeInA: boolean;
  /** The frame's EtherType is that of IPv6: it is no IPv4 packet, as one behind a VLAN tag may be. */
  isIpv6: boolean;
  /** What is read after it ran, before it is written. */
  liveAfter: number;
}

/**
 * Facts about each operation. Classic BPF only jumps forward, so that one pass in each direction is exact.
 *
 * @param guaranteedBytes bytes that are readable in every packet.
 */
export function deriveFacts(
  operations: readonly ClassicOperation[],
  guaranteedBytes: number,
): OperationFacts[] {
  const facts = operations.map(
    (_, index): OperationFacts => ({
      reachable: index === 0,
      provenBytes: index === 0 ? guaranteedBytes : Number.POSITIVE_INFINITY,
      headerLengthInX: false,
      etherTypeInA: index > 0,
      isIpv6: index > 0,
      liveAfter: 0,
    }),
  );
  for (const [index, operation] of operations.entries()) {
    const here = at(facts, index);
    if (here.reachable) propagateForward(facts, operation, index);
  }
  for (let index = operations.length - 1; index >= 0; index--) {
    const operation = at(operations, index);
    for (const next of successorsOf(operation, index)) {
      at(facts, index).liveAfter |= liveBefore(at(operations, next), at(facts, next).liveAfter);
    }
  }
  return facts;
}

/** What is read from the operation on, before it is written. */
export function liveBefore(operation: ClassicOperation, liveAfter: number): number {
  return (liveAfter & ~writtenBy(operation)) | readBy(operation);
}

/** Bytes that must be readable for the operation to succeed, or 0. */
export function neededBytes(operation: ClassicOperation): number {
  if (operation.kind === 'load' || operation.kind === 'load-indirect') {
    return operation.offset + operation.bytes;
  }
  return operation.kind === 'load-header-length' ? operation.offset + 1 : 0;
}

function propagateForward(
  facts: OperationFacts[],
  operation: ClassicOperation,
  index: number,
): void {
  const here = at(facts, index);
  const provenBytes = Math.max(here.provenBytes, neededBytes(operation));
  const headerLengthInX =
    operation.kind === 'load-header-length' ||
    (here.headerLengthInX && (writtenBy(operation) & LIVE_X) === 0);
  const etherTypeInA =
    loadsEtherType(operation) || (here.etherTypeInA && (writtenBy(operation) & LIVE_A) === 0);
  for (const next of successorsOf(operation, index)) {
    const there = at(facts, next);
    there.reachable = true;
    there.provenBytes = Math.min(there.provenBytes, provenBytes);
    there.headerLengthInX ||= headerLengthInX;
    there.etherTypeInA &&= etherTypeInA;
    there.isIpv6 &&= here.isIpv6 || (here.etherTypeInA && findsIpv6(operation, next));
  }
}

function loadsEtherType(operation: ClassicOperation): boolean {
  return operation.kind === 'load' && operation.offset === ETHER_TYPE_AT && operation.bytes === 2;
}

/** Whether a comparison with A, the EtherType, that goes on at `next` says that it is IPv6's. */
function findsIpv6(operation: ClassicOperation, next: number): boolean {
  return (
    operation.kind === 'branch' &&
    operation.comparison === 'jeq' &&
    operation.operand === ETHER_TYPE_IPV6 &&
    operation.whenTrue !== operation.whenFalse &&
    operation.whenTrue === next
  );
}

function writtenBy(operation: ClassicOperation): number {
  switch (operation.kind) {
    case 'load':
    case 'load-indirect':
    case 'alu':
    case 'negate':
      return LIVE_A;
    case 'load-header-length':
      return LIVE_X;
    case 'load-constant':
    case 'load-wire-length':
    case 'load-cell':
      return liveBit(operation.register);
    case 'copy':
      return liveBit(operation.to);
    case 'store-cell':
      return 1 << operation.cell;
    case 'jump':
    case 'branch':
    case 'return':
      return 0;
  }
}

/** A superset for packet loads: whether a check or a far load is needed is decided when they are lowered. */
function readBy(operation: ClassicOperation): number {
  switch (operation.kind) {
    case 'load':
    case 'load-header-length':
      return LIVE_FRAME | LIVE_READABLE | LIVE_BASE;
    case 'load-indirect':
      return LIVE_X | LIVE_FRAME | LIVE_READABLE | LIVE_BASE;
    case 'load-wire-length':
      return LIVE_WIRE;
    case 'load-cell':
      return 1 << operation.cell;
    case 'store-cell':
      return liveBit(operation.register);
    case 'copy':
      return operation.to === 'a' ? LIVE_X : LIVE_A;
    case 'alu':
    case 'branch':
      return operation.operand === 'x' ? LIVE_A | LIVE_X : LIVE_A;
    case 'negate':
      return LIVE_A;
    case 'return':
      return operation.value === 'a' ? LIVE_A : 0;
    case 'load-constant':
    case 'jump':
      return 0;
  }
}

function liveBit(register: Register): number {
  return register === 'a' ? LIVE_A : LIVE_X;
}

/** The scratch cells in a set. */
export function cellsIn(live: number): number[] {
  return Array.from({ length: CELLS }, (_, cell) => cell).filter((cell) => live & (1 << cell));
}
