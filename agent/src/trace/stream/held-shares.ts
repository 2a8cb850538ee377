import type { TraceSpec } from '../request/trace-spec.ts';
import { placesOfOwner } from './ring-shares.ts';

/** Of the usual memory for records that are held back: what a session gets when others have the usual. */
const smallHeldShare = 1 / 4;

/** What makes a session hold records back: until it is known whose a namespace is, or whether a packet is lost. */
export function holdsRecords({ pods, dropsOnly }: Pick<TraceSpec, 'pods' | 'dropsOnly'>): boolean {
  return pods !== undefined || dropsOnly;
}

/** A session as far as the memory goes in which it may hold back records. */
export interface HeldHolder {
  /** Of the usual memory: 1 or `smallHeldShare`; 0 for one that holds nothing back. */
  readonly heldShare: number;
  /** As SessionRequest.owner. */
  readonly owner: string | undefined;
}

/**
 * The records that all sessions hold back take memory of one agent: one session of an owner may hold the usual, and half of all
 * sessions; each of the others less. What finds no room is counted by its session.
 * @param holders the sessions that there are
 * @returns the share of the usual memory that a session of the owner gets, if it holds records back
 */
export function grantHeldShare(
  owner: string | undefined,
  holders: readonly HeldHolder[],
  maxSessions: number,
): number {
  const usual = holders.filter(({ heldShare }) => heldShare === 1);
  const hasOwn = owner !== undefined && usual.some((holder) => holder.owner === owner);
  return hasOwn || usual.length >= placesOfOwner(maxSessions) ? smallHeldShare : 1;
}
