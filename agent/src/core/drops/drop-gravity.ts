import { type DropClass, dropClasses, verdictNumbers, verdictOf } from './drop-class.ts';

/** From the gravest on. */
const byGravity: readonly DropClass[] = [
  dropClasses.lost,
  dropClasses.notKnown,
  dropClasses.unwanted,
  dropClasses.discarded,
  dropClasses.notAPacket,
  dropClasses.copy,
];

/**
 * How much a verdict means for the packet: of those on its copies the one of the largest is the packet's.
 * @param verdict a number for `verdictOf`
 * @returns 0 for none
 */
export function gravity(verdict: number): number {
  if (verdict === verdictNumbers.undecided) return 0;
  return byGravity.length - byGravity.indexOf(verdictOf(verdict).class);
}
