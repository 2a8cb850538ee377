import { PwruError } from '../../core/errors.ts';
import { requestLimits } from '../../core/limits.ts';

const { defaultRingBudgetBytes, smallRingBudgetBytes } = requestLimits;

/** A session as far as its event rings go. */
export interface RingHolder {
  readonly ringBudgetBytes: number;
  /** As SessionRequest.owner. */
  readonly owner: string | undefined;
}

export interface RingRequest {
  readonly ringBudgetBytes: number;
  /** The client named no size: a smaller one will do. */
  readonly mayShrinkRings: boolean;
  readonly owner: string | undefined;
}

/** One owner may have half of all places. */
export function placesOfOwner(maxSessions: number): number {
  return Math.ceil(maxSessions / 2);
}

/**
 * The event rings of all sessions together are charged to the agent: half of the sessions may have rings of the usual size, and
 * for each of the others a small one is kept, whoever takes what before. One owner may have half of it.
 * @param holders the sessions that there are, fewer than `maxSessions`
 * @returns the size that a session gets
 * @throws PwruError LIMIT_REACHED when it named a size that is more than there is
 */
export function grantRings(
  request: RingRequest,
  holders: readonly RingHolder[],
  maxSessions: number,
): number {
  const ownPlaces = placesOfOwner(maxSessions);
  const allBytes =
    ownPlaces * defaultRingBudgetBytes + (maxSessions - ownPlaces) * smallRingBudgetBytes;
  const pools = [{ whom: 'all sessions', limitBytes: allBytes, places: maxSessions, holders }];
  if (request.owner !== undefined) {
    const own = holders.filter(({ owner }) => owner === request.owner);
    const oneUsualBytes = defaultRingBudgetBytes + (ownPlaces - 1) * smallRingBudgetBytes;
    const limitBytes = Math.max(allBytes / 2, oneUsualBytes);
    pools.push({ whom: 'one client', limitBytes, places: ownPlaces, holders: own });
  }
  let grantedBytes = request.ringBudgetBytes;
  for (const pool of pools) {
    const takenBytes = pool.holders.reduce((sum, holder) => sum + holder.ringBudgetBytes, 0);
    const keptBytes = (pool.places - pool.holders.length - 1) * smallRingBudgetBytes;
    const freeBytes = pool.limitBytes - takenBytes - keptBytes;
    if (!request.mayShrinkRings && freeBytes < grantedBytes) {
      throw new PwruError(
        'LIMIT_REACHED',
        `Cannot start a session with event rings of ${mib(grantedBytes)}: this agent has ${mib(pool.limitBytes)} for ${pool.whom}, of which ${mib(takenBytes)} are taken and ${mib(keptBytes)} kept for sessions that may come`,
        { field: 'start.ring_budget_bytes' },
      );
    }
    grantedBytes = Math.min(grantedBytes, freeBytes);
  }
  return grantedBytes;
}

function mib(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
