import { CELLS, type ClassicOperation, type Register, successorsOf } from './classic-program.ts';
import { at } from './ebpf-assembler.ts';

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

/** A group of values of A that reach common uses, so that they must be kept in the same byte order. */
interface Web {
  parent: Web | undefined;
  /** Width of the packet loads that make the values; 0: made otherwise, or of different widths, or calculated with. */
  bytes: 0 | 2 | 4;
}

/**
 * Finds the values of A that are only loaded from the packet and compared for equality or bits with constants. They
 * can stay in network byte order when the constants are swapped instead, which saves an instruction for each load.
 *
 * @returns per operation, for loads that need no swap and for the branches on them, the width of the value in bytes.
 */
export function findNetworkOrder(
  operations: readonly ClassicOperation[],
  facts: readonly OperationFacts[],
): Array<2 | 4 | undefined> {
  const webBefore: Array<Web | undefined> = operations.map(() => undefined);
  const webAfter = operations.map((operation, index) => {
    if (!at(facts, index).reachable) return undefined;
    const before = webBefore[index];
    const after = followOperation(operation, before);
    for (const next of successorsOf(operation, index)) {
      if ((liveBefore(at(operations, next), at(facts, next).liveAfter) & LIVE_A) === 0) continue;
      const there = webBefore[next];
      // A value that is live and has no web is the zero that A holds at the start.
      webBefore[next] = there === undefined ? after : join(there, after);
    }
    return after;
  });
  return operations.map((operation, index) => {
    const web = operation.kind === 'branch' ? webBefore[index] : webAfter[index];
    const swappable =
      operation.kind === 'branch' ||
      operation.kind === 'load' ||
      operation.kind === 'load-indirect';
    if (web === undefined || !swappable) return undefined;
    return rootOf(web).bytes || undefined;
  });
}

/** The web of A after an operation; uses that need the value itself spoil the web before. */
function followOperation(operation: ClassicOperation, before: Web | undefined): Web {
  const web = before ?? newWeb(0);
  switch (operation.kind) {
    case 'load':
    case 'load-indirect':
      return newWeb(operation.bytes === 1 ? 0 : operation.bytes);
    case 'branch':
      if (operation.operand === 'x' || !isBitwise(operation.comparison)) rootOf(web).bytes = 0;
      return web;
    case 'alu':
    case 'negate':
      rootOf(web).bytes = 0;
      return newWeb(0);
    case 'load-constant':
    case 'load-wire-length':
    case 'load-cell':
      return operation.register === 'a' ? newWeb(0) : web;
    case 'store-cell':
      if (operation.register === 'a') rootOf(web).bytes = 0;
      return web;
    case 'copy':
      if (operation.to === 'a') return newWeb(0);
      rootOf(web).bytes = 0;
      return web;
    case 'return':
    case 'load-header-length':
    case 'jump':
      // Whether A is 0 does not depend on its byte order.
      return web;
  }
}

function isBitwise(comparison: string): boolean {
  return comparison === 'jeq' || comparison === 'jset';
}

function newWeb(bytes: 0 | 2 | 4): Web {
  return { parent: undefined, bytes };
}

function rootOf(web: Web): Web {
  let root = web;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

function join(left: Web, right: Web): Web {
  const into = rootOf(left);
  const from = rootOf(right);
  if (into === from) return into;
  if (into.bytes !== from.bytes) into.bytes = 0;
  from.parent = into;
  return into;
}

/** A constant in the byte order of a value of `bytes` bytes that was not swapped after loading. */
export function swapConstant(value: number, bytes: 2 | 4): number {
  const swapped =
    ((value & 0xff) << 24) |
    ((value & 0xff00) << 8) |
    ((value >>> 8) & 0xff00) |
    ((value >>> 24) & 0xff);
  return (bytes === 4 ? swapped : swapped >>> 16) >>> 0;
}
