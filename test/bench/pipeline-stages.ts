// How long each stage of an agent takes for an event, and what polling takes while there is none. Needs root.
import { setTimeout as sleep } from 'node:timers/promises';
import { DropJudge } from '../../agent/src/core/drops/drop-judge.ts';
import { EventEncoder } from '../../agent/src/core/record/encoder.ts';
import { endOfTime, RingMerge } from '../../agent/src/core/ring/ring-merge.ts';
import { BootClock } from '../../agent/src/kernel/boot-clock.ts';
import { RingReader } from '../../agent/src/kernel/bpf/rings.ts';
import { DropJourneys } from '../../agent/src/trace/stream/drop-journeys.ts';
import { EventStream } from '../../agent/src/trace/stream/event-stream.ts';
import { RingObject } from '../support/ring-object.ts';
import { fillRings, names } from './pipeline-workload.ts';
import { renderingStages } from './rendering-stages.ts';

const runs = 15;
const idleMs = 5_000;
const eventsPerRun = 180_000;

/** Nanoseconds per event of one stage. */
export interface StageCost {
  readonly name: string;
  readonly rings: number;
  readonly fastestNs: number;
  readonly medianNs: number;
}

/** What waiting for events takes of a CPU; without rings: as many timers alone. */
export interface PollingCost {
  readonly rings: number;
  readonly cpuPercent: number;
}

/** What this program prints, as JSON. */
export interface StageCosts {
  readonly costs: readonly StageCost[];
  readonly polling: readonly PollingCost[];
}

interface Stage {
  readonly name: string;
  readonly rings: number;
  readonly stack: boolean;
  /** Reads a whole round. @returns the number of events. */
  read(merge: RingMerge): number;
}

function walk(merge: RingMerge): number {
  let events = 0;
  while (merge.next() !== undefined) events += 1;
  return events;
}

function encodeAll(): (merge: RingMerge) => number {
  const encoder = new EventEncoder(names, { hashSeed: 1 });
  return (merge) => {
    let events = 0;
    for (let record = merge.next(); record !== undefined; record = merge.next()) {
      if (encoder.isFull) {
        encoder.dictionary.take();
        encoder.take();
      }
      encoder.append(record);
      events += 1;
    }
    encoder.take();
    return events;
  };
}

/** No packet is dropped: all events are held and then withheld. */
function holdAll(): (merge: RingMerge) => number {
  const journeys = new DropJourneys({
    ...{ stack: false, cpus: 2, showsAll: false, tellsFirstEnds: true },
    judge: new DropJudge(names),
  });
  return (merge) => {
    let events = 0;
    for (let record = merge.next(); record !== undefined; record = merge.next()) {
      journeys.admit(record);
      events += 1;
    }
    journeys.withholdAll();
    return events;
  };
}

/** Nanoseconds per event: the fastest and the median of the runs, without the time in which the kernel fills. */
async function measure(stage: Stage): Promise<{ fastestNs: number; medianNs: number }> {
  const recordsBytes = eventsPerRun * (stage.stack ? 1_024 : 256);
  using object = await RingObject.load(stage.rings, recordsBytes);
  using reader = await RingReader.open(object.rings);
  const merge = new RingMerge(reader.cursors);
  const count = Math.floor(eventsPerRun / stage.rings);
  const measured: number[] = [];
  for (let run = 0; run < runs; run++) {
    const filled = fillRings(object, count, { startTimeNs: 1n, stack: stage.stack });
    const start = process.hrtime.bigint();
    merge.begin(endOfTime);
    const events = stage.read(merge);
    merge.release();
    measured.push(Number(process.hrtime.bigint() - start) / events);
    if (events !== filled) throw new Error(`Read ${events} of ${filled} events`);
  }
  measured.sort((one, other) => one - other);
  return { fastestNs: measured[0] ?? 0, medianNs: measured[runs >> 1] ?? 0 };
}

/** Share of a CPU that this process takes while `idleMs` go by, in percent. */
async function cpuShare(wait: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await wait();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (10 * idleMs);
}

/** What polling costs while nothing happens. */
async function measureIdle(rings: number): Promise<number> {
  using object = await RingObject.load(rings, rings * 256 * 1024);
  using reader = await RingReader.open(object.rings);
  const sink = { closed: false, write: () => undefined };
  const stream = new EventStream({ cursors: reader.cursors, names, sink, clock: new BootClock() });
  const running = stream.run();
  const share = await cpuShare(() => sleep(idleMs));
  stream.stop(0);
  await running;
  return share;
}

/** What Node takes for as many timers without anything to do. */
async function measureTimers(): Promise<number> {
  const timer = setInterval(() => {}, 20);
  const share = await cpuShare(() => sleep(idleMs));
  clearInterval(timer);
  return share;
}

const stages: readonly Stage[] = [
  ...[1, 2, 16, 128].map((rings) => ({
    name: 'read and merge',
    rings,
    stack: false,
    read: walk,
  })),
  ...[1, 2, 16, 128].map((rings) => ({
    name: 'read, merge, encode',
    rings,
    stack: false,
    read: encodeAll(),
  })),
  ...renderingStages.map((stage) => ({ ...stage, rings: 2, stack: false })),
  { name: 'read, merge, encode 16 stack frames', rings: 2, stack: true, read: encodeAll() },
  { name: 'read, merge, hold and withhold', rings: 2, stack: false, read: holdAll() },
];

async function main(): Promise<void> {
  const costs: StageCost[] = [];
  for (const stage of stages) {
    costs.push({ name: stage.name, rings: stage.rings, ...(await measure(stage)) });
  }
  const polling: PollingCost[] = [{ rings: 0, cpuPercent: await measureTimers() }];
  for (const rings of [2, 128]) polling.push({ rings, cpuPercent: await measureIdle(rings) });
  const stageCosts: StageCosts = { costs, polling };
  process.stdout.write(JSON.stringify(stageCosts));
}

void main();
