import Long from 'long';
import { pwru } from '../../../proto/gen/pwru.js';
import { dropClasses } from '../core/drops/drop-class.ts';
import type { CounterTable } from '../kernel/counter-table.ts';
import type { EventCounts } from './event-stream.ts';

const { LossStage } = pwru.v1;

/** Where the numbers of an Accounting come from. */
export interface AccountingSources {
  readonly counters: CounterTable;
  /** One entry per ring; empty before events are read. */
  readonly streamCounts: readonly EventCounts[];
  readonly missedHits: number;
  readonly identityEvictions: number;
  /** By class (index: DropClass); undefined in a session that does not judge packets by their drops. */
  readonly droppedPackets: Float64Array | undefined;
}

/** An Accounting of a session that produced nothing yet. */
export function emptyAccounting(): pwru.v1.IAccounting {
  return {};
}

/**
 * Adds up what the programs counted (produced, lost in the kernel) and what the stream counted (delivered, withheld, lost
 * in the agent). What neither side has counted yet is pending: in the rings, or held until a packet's fate is known.
 */
export function accountingOf(sources: AccountingSources): pwru.v1.IAccounting {
  const { counters, streamCounts } = sources;
  const losses = new LossTable();
  for (let cpu = 0; cpu < counters.cpus; cpu += 1) {
    losses.add(LossStage.LOSS_STAGE_KERNEL_RING, cpu, counters.read('lost_ring', cpu));
    losses.add(LossStage.LOSS_STAGE_NO_RING, cpu, counters.read('lost_no_ring', cpu));
  }
  let delivered = 0;
  let withheld = 0;
  for (const counts of streamCounts) {
    delivered += counts.delivered;
    withheld += counts.withheld;
    losses.add(LossStage.LOSS_STAGE_AGENT_QUEUE, counts.cpu, counts.undelivered);
    losses.add(LossStage.LOSS_STAGE_DROPS_BUFFER, counts.cpu, counts.pushedOut);
    losses.add(LossStage.LOSS_STAGE_MALFORMED, counts.cpu, counts.malformed);
  }
  // Read last: a program counts an event as produced before it counts it as lost.
  const produced = counters.total('produced');
  return {
    producedEvents: unsigned(produced),
    deliveredEvents: unsigned(delivered),
    withheldEvents: unsigned(withheld),
    pendingEvents: unsigned(Math.max(0, produced - delivered - withheld - losses.events)),
    losses: losses.entries,
    missedHits: unsigned(sources.missedHits),
    undecidedHits: unsigned(counters.total('undecided')),
    packets: unsigned(counters.total('packets')),
    identityEvictions: unsigned(sources.identityEvictions),
    identityFailures: unsigned(counters.total('identity_failures')),
    droppedPackets: droppedPackets(sources),
  };
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
