import { at } from './at.ts';
import { type ClassicOperation, successorsOf } from './classic-program.ts';
import { LIVE_A, liveBefore, type OperationFacts } from './filter-facts.ts';

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
