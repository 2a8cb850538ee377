import Long from 'long';
import { pwru } from '../../../proto/gen/pwru.js';

/** The stages at which events are lost, in the user's words. */
const stageNames: Readonly<Record<number, string>> = {
  [pwru.v1.LossStage.LOSS_STAGE_KERNEL_RING]: 'kernel ring full',
  [pwru.v1.LossStage.LOSS_STAGE_NO_RING]: 'CPU without ring',
  [pwru.v1.LossStage.LOSS_STAGE_AGENT_QUEUE]: 'agent queue',
  [pwru.v1.LossStage.LOSS_STAGE_DROPS_BUFFER]: 'drops buffer full',
  [pwru.v1.LossStage.LOSS_STAGE_MALFORMED]: 'malformed',
  [pwru.v1.LossStage.LOSS_STAGE_NEW_PODS_BUFFER]: 'new pods buffer full',
};

export interface LossTotals {
  readonly totalEvents: bigint;
  /** `kernel ring full 1,000, agent queue 234`; empty when nothing is lost. */
  readonly byStage: string;
}

/** Adds up over CPUs, by stage, in the order of the stages on an event's way. */
export function lossTotals(losses: readonly pwru.v1.Loss.$Properties[]): LossTotals {
  const events = new Map<number, bigint>();
  for (const loss of losses) {
    const stage = loss.stage ?? 0;
    const lost = count(loss.events);
    if (lost > 0n) events.set(stage, (events.get(stage) ?? 0n) + lost);
  }
  const stages = [...events].sort(([a], [b]) => a - b);
  return {
    totalEvents: stages.reduce((sum, [, lost]) => sum + lost, 0n),
    byStage: stages
      .map(([stage, lost]) => `${stageNames[stage] ?? `stage ${stage}`} ${grouped(lost)}`)
      .join(', '),
  };
}

const counters = [
  'producedEvents',
  'deliveredEvents',
  'withheldEvents',
  'deliveredEnds',
  'pendingEvents',
  'missedHits',
  'undecidedHits',
  'packets',
  'identityEvictions',
  'identityFailures',
  'blindSoftirqs',
  'identityCut',
] as const satisfies ReadonlyArray<keyof pwru.v1.Accounting.$Properties>;

/** The sum of two sessions' accounts. */
export function addAccounting(
  one: pwru.v1.Accounting.$Properties,
  other: pwru.v1.Accounting.$Properties,
): pwru.v1.Accounting.$Properties {
  const sums = counters.map((counter) => {
    const sum = count(one[counter]) + count(other[counter]);
    return [counter, Long.fromBigInt(sum, true)] as const;
  });
  return {
    ...Object.fromEntries(sums),
    losses: [...(one.losses ?? []), ...(other.losses ?? [])],
    droppedPackets: [...(one.droppedPackets ?? []), ...(other.droppedPackets ?? [])],
  };
}

/** A 64-bit counter of the protocol; 0 when absent. */
export function count(value: Long | null | undefined): bigint {
  return BigInt((value ?? 0).toString());
}

/** `1,234,567`. */
export function grouped(value: bigint | number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 packet`, `1,234 packets`. */
export function counted(value: bigint | number, noun: string): string {
  return `${grouped(value)} ${noun}${BigInt(value) === 1n ? '' : 's'}`;
}
