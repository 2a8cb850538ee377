import Long from 'long';
import { pwru } from '../../../../proto/gen/pwru.js';
import { dropClasses } from '../../core/drops/drop-class.ts';
import type { CounterTable } from '../../kernel/bpf/counters.ts';
import type { EventCounts } from '../stream/event-stream.ts';

const { LossStage } = pwru.v1;

/** Where the numbers of an Accounting come from. */
export interface AccountingSources {
  readonly counters: CounterTable;
  /** One entry per ring; empty before events are read. */
  readonly streamCounts: readonly EventCounts[];
  /** Of the delivered events: ends. */
  readonly deliveredEnds: number;
  /** Packets of namespaces that are not the session's, or of which that is not known yet. */
  readonly othersPackets: number;
  /** Their events that are held. */
  readonly undecidedEvents: number;
  readonly missedHits: number;
  readonly identityEvictions: number;
  readonly blindSoftirqs: number;
  /** By class (index: DropClass); undefined in a session that does not judge packets by their drops. */
  readonly droppedPackets: Float64Array | undefined;
}

export interface CountedEvents {
  readonly accounting: pwru.v1.IAccounting;
  /** Events that were counted as delivered, withheld, lost or another's, and not as produced: a defect of the agent if not 0. */
  readonly overcountedEvents: number;
}

/** An Accounting of a session that produced nothing yet. */
export function emptyAccounting(): CountedEvents {
  return { accounting: {}, overcountedEvents: 0 };
}

/**
 * Adds up what the programs counted (produced, lost in the kernel) and what the stream counted (delivered, withheld, lost
 * in the agent). What neither side has counted yet is pending: in the rings, or held until a packet's fate is known. What the
 * programs took for the session's and is another's was not produced, nor what may still turn out to be.
 */
export function accountingOf(sources: AccountingSources): CountedEvents {
  const { counters, streamCounts } = sources;
  const losses = new LossTable();
  for (let cpu = 0; cpu < counters.cpus; cpu += 1) {
    losses.add(LossStage.LOSS_STAGE_KERNEL_RING, cpu, counters.read('lost_ring', cpu));
    losses.add(LossStage.LOSS_STAGE_NO_RING, cpu, counters.read('lost_no_ring', cpu));
  }
  let delivered = 0;
  let withheld = 0;
  let others = sources.undecidedEvents;
  for (const counts of streamCounts) {
    delivered += counts.delivered;
    withheld += counts.withheld;
    losses.add(LossStage.LOSS_STAGE_AGENT_QUEUE, counts.cpu, counts.undelivered);
    losses.add(LossStage.LOSS_STAGE_DROPS_BUFFER, counts.cpu, counts.pushedOut);
    losses.add(LossStage.LOSS_STAGE_MALFORMED, counts.cpu, counts.malformed);
    losses.add(LossStage.LOSS_STAGE_NEW_PODS_BUFFER, counts.cpu, counts.noRoom);
    others += counts.foreign;
  }
  // Read last: a program counts an event as produced before it counts it as lost.
  const produced = counters.total('produced') - others;
  const pending = produced - delivered - withheld - losses.events;
  const accounting = {
    producedEvents: unsigned(Math.max(0, produced)),
    deliveredEvents: unsigned(delivered),
    withheldEvents: unsigned(withheld),
    pendingEvents: unsigned(Math.max(0, pending)),
    losses: losses.entries,
    missedHits: unsigned(sources.missedHits),
    undecidedHits: unsigned(counters.total('undecided')),
    packets: unsigned(Math.max(0, counters.total('packets') - sources.othersPackets)),
    identityEvictions: unsigned(sources.identityEvictions),
    identityFailures: unsigned(counters.total('identity_failures')),
    blindSoftirqs: unsigned(sources.blindSoftirqs),
    identityCut: unsigned(counters.total('identity_cut')),
    droppedPackets: droppedPackets(sources),
    deliveredEnds: unsigned(sources.deliveredEnds),
  };
  return { accounting, overcountedEvents: Math.max(0, -pending) };
}

/** Messages of local sockets are counted by the programs, whether they are reported or not. */
function droppedPackets({
  counters,
  droppedPackets: packets,
}: AccountingSources): pwru.v1.IDroppedPackets[] {
  if (packets === undefined) return [];
  return Array.from(packets, (judged, dropClass) => {
    const isNoPacket = dropClass === dropClasses.notAPacket;
    return { dropClass, packets: unsigned(isNoPacket ? counters.total('not_packets') : judged) };
  }).filter(({ packets: total }) => !total.isZero());
}

class LossTable {
  readonly entries: pwru.v1.ILoss[] = [];
  events = 0;

  add(stage: pwru.v1.LossStage, cpu: number, events: number): void {
    if (events === 0) return;
    this.entries.push({ stage, cpu, events: unsigned(events) });
    this.events += events;
  }
}

function unsigned(value: number): Long {
  return Long.fromNumber(value, true);
}
