import { randomInt } from 'node:crypto';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { EventEncoder } from '../../core/record/encoder.ts';
import type { EventNames } from '../../core/record/event-names.ts';
import type { EventRecord } from '../../core/record/record-view.ts';
import type { RingCursor } from '../../core/ring/ring-cursor.ts';
import { bootTime, endOfTime, RingMerge } from '../../core/ring/ring-merge.ts';
import type { BootClock } from '../../kernel/boot-clock.ts';
import type { SessionSink } from '../ports.ts';
import type { DropJourneys } from './drop-journeys.ts';
import type { HeldDepartures } from './held-departures.ts';
import type { NamespaceNames } from './namespace-names.ts';
import { encodeWatermark } from './responses.ts';
import type { UndecidedEvents } from './undecided-events.ts';

/**
 * How long a program may take from its time stamp to its submission without its record coming late: far longer than
 * it needs (1 us), far shorter than what a person notices. An interrupt, or a hypervisor that takes the CPU away, can
 * take longer.
 */
const slackNs = 1_000_000;

/** Polling: while there is much to read, and the most when there is not. No record wakes the agent up. */
const busyPollMs = 1;
const idlePollMs = 20;

/** A ring that was filled more than this since the last look is looked at again soon. */
const busyFill = 1 / 64;

/** A batch is sent when it is this old, full or not. */
const maxBatchAgeMs = 20;

/**
 * So long a batch waits until code that has come lately has a name: a read of kallsyms takes 10 ms, on a busy emulated machine
 * seconds. At the end of a session no longer than what is left of the time to deliver.
 */
const namingPatienceMs = 8_000;
const lastNamingPatienceMs = 700;

/** Records read before others get their turn (about 1 ms). */
const recordsPerSlice = 2_048;

/** What became of the events of one CPU's ring. */
export interface EventCounts {
  readonly cpu: number;
  /** Handed to the sink while it was open. */
  readonly delivered: number;
  /** Held back because their packet was not dropped. */
  readonly withheld: number;
  /** LOSS_STAGE_AGENT_QUEUE: read or still in the ring when the session had to end. */
  readonly undelivered: number;
  /** LOSS_STAGE_DROPS_BUFFER. */
  readonly pushedOut: number;
  /** LOSS_STAGE_MALFORMED. */
  readonly malformed: number;
  /** LOSS_STAGE_NEW_PODS_BUFFER. */
  readonly noRoom: number;
  /** Not the session's, as turned out. */
  readonly foreign: number;
}

export interface EventStreamOptions {
  /** Of a reader that stays open until `run` settles. */
  readonly cursors: readonly RingCursor[];
  /** Must not throw. */
  readonly names: EventNames;
  readonly sink: SessionSink;
  readonly clock: BootClock;
  /** Report only packets that were dropped. */
  readonly journeys?: DropJourneys | undefined;
  /** Of packets that `journeys` holds back. */
  readonly departures?: HeldDepartures | undefined;
  /** Holds events of new namespaces until it is known whose they are. */
  readonly undecided?: UndecidedEvents | undefined;
  /** Whose changes `names` follows: they are gone through as the events come to their times. */
  readonly namespaces?: Pick<NamespaceNames, 'nextChangeNs' | 'advance'> | undefined;
  /** Write a Watermark so often; undefined: none. */
  readonly watermarkIntervalMs?: number | undefined;
  /** Events leave out what the one before them has too. */
  readonly shortRepeats?: boolean;
  /** Ends that nobody sees are events, too; default false: only `journeys` hears of them. */
  readonly tellsEnds?: boolean;
}

/** Encoded responses: what is new in the dictionary, and the events that refer to it. */
interface ClosedBatch {
  readonly dictionary: Uint8Array | undefined;
  readonly events: Uint8Array | undefined;
  readonly eventsByCpu: Uint32Array;
  /** Of all CPUs. */
  readonly ends: number;
}

/**
 * The way of a session's events from the mapped rings to its sink: read, merge by time, encode, write. Reading pauses
 * while the sink asks to wait; the rings are the queue then, and what does not fit is counted by the kernel side.
 */
export class EventStream {
  readonly #cursors: readonly RingCursor[];
  readonly #merge: RingMerge;
  readonly #encoder: EventEncoder;
  readonly #names: EventNames;
  readonly #sink: SessionSink;
  readonly #clock: BootClock;
  readonly #journeys: DropJourneys | undefined;
  readonly #departures: HeldDepartures | undefined;
  readonly #undecided: UndecidedEvents | undefined;
  readonly #namespaces: EventStreamOptions['namespaces'];
  readonly #watermarkIntervalMs: number | undefined;
  /** Not written yet. */
  readonly #closedBatches: ClosedBatch[] = [];
  /** Events by CPU number: in the batch, delivered, undelivered. */
  readonly #batched: Uint32Array;
  readonly #delivered: Float64Array;
  readonly #undelivered: Float64Array;
  #batchedEnds = 0;
  #deliveredEnds = 0;
  #batchSinceMs = 0;
  /** Up to here everything was read in the last round. */
  #readUpToNs = 0;
  #watermarkAtMs = 0;
  #pollMs = busyPollMs;
  #isStopping = false;
  #isExpired = false;
  /** Of `stop`. */
  #stallMs = 0;
  #endsAtMs = 0;
  #deadline: NodeJS.Timeout | undefined;
  #namesRevision: number | undefined;
  /** Ends the pause between two rounds, and the wait for the sink. */
  #endPause: () => void = () => {};
  #endWait: () => void = () => {};
  #hastenNaming: () => void = () => {};

  constructor(options: EventStreamOptions) {
    const { cursors, names, sink, clock, journeys, namespaces, watermarkIntervalMs } = options;
    const { shortRepeats = false, tellsEnds = false } = options;
    const cpus = Math.max(0, ...cursors.map((cursor) => cursor.record.cpu + 1));
    this.#cursors = cursors;
    this.#merge = new RingMerge(cursors);
    const hashSeed = randomInt(2 ** 32);
    this.#encoder = new EventEncoder(names, { hashSeed, shortRepeats, tellsEnds });
    this.#names = names;
    this.#sink = sink;
    this.#clock = clock;
    this.#journeys = journeys;
    this.#departures = options.departures;
    this.#undecided = options.undecided;
    this.#namespaces = namespaces;
    this.#watermarkIntervalMs = watermarkIntervalMs;
    this.#batched = new Uint32Array(cpus);
    this.#delivered = new Float64Array(cpus);
    this.#undelivered = new Float64Array(cpus);
  }

  /** Different functions that were seen. */
  get functionsHit(): number {
    return this.#encoder.dictionary.functionCount;
  }

  /** How often a dictionary table was full, so that what it knew is being sent again. */
  get dictionaryResets(): number {
    return this.#encoder.dictionary.resets;
  }

  /** Packets that were dropped by class (index: DropClass); undefined where packets are not judged by it. */
  get droppedPackets(): Float64Array | undefined {
    return this.#journeys?.packets;
  }

  /** Events read and neither delivered nor counted as anything else yet. What is still in the rings is not here. */
  get heldEvents(): number {
    let held = this.#encoder.eventCount + (this.#journeys?.heldEvents ?? 0);
    held += this.#undecided?.heldEvents ?? 0;
    for (const { eventsByCpu } of this.#closedBatches) {
      for (const events of eventsByCpu) held += events;
    }
    return held;
  }

  /** Of the events that were delivered: ends, which are nobody's hit. */
  get deliveredEnds(): number {
    return this.#deliveredEnds;
  }

  /** One entry per ring. When `run` has settled, they account for every record that was submitted. */
  counts(): EventCounts[] {
    return this.#cursors.map(({ record: { cpu }, malformed }) => ({
      cpu,
      delivered: this.#delivered[cpu] ?? 0,
      withheld: this.#journeys?.withheld[cpu] ?? 0,
      undelivered: this.#undelivered[cpu] ?? 0,
      pushedOut: this.#journeys?.pushedOut[cpu] ?? 0,
      malformed,
      noRoom: this.#undecided?.pushedOut[cpu] ?? 0,
      foreign: this.#undecided?.foreign[cpu] ?? 0,
    }));
  }

  /**
   * Reads and writes until `stop`. Call it once. When it resolves, everything is delivered or counted, and the rings are
   * not touched any more.
   */
  async run(): Promise<void> {
    while (!this.#isStopping) {
      // Without a client the rings fill up, and the kernel side counts what they lose, until the session is stopped.
      const isBusy = !this.#sink.closed && (await this.#readRings());
      await this.#tellWatermark();
      await this.#pause(isBusy);
    }
    await this.#drain();
    this.#abandonRest();
    clearTimeout(this.#deadline);
  }

  /**
   * Ends `run`, once no program produces any more: what is in the rings is still delivered, until the sink has taken nothing
   * for `stallMs`, or for `mostMs` in all; the rest counts as undelivered. Idempotent: the first deadline counts.
   */
  stop(stallMs: number, mostMs = stallMs): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#stallMs = stallMs;
    this.#endsAtMs = performance.now() + mostMs;
    this.#prolong();
    this.#endPause();
    this.#hastenNaming();
  }

  /** The sink has taken something, or is to do so. */
  #prolong(): void {
    if (!this.#isStopping || this.#isExpired) return;
    clearTimeout(this.#deadline);
    const leftMs = Math.max(0, this.#endsAtMs - performance.now());
    this.#deadline = setTimeout(() => this.#expire(), Math.min(this.#stallMs, leftMs));
  }

  #expire(): void {
    this.#isExpired = true;
    this.#endPause();
    this.#endWait();
    this.#hastenNaming();
  }

  get #isOver(): boolean {
    return this.#isExpired || this.#sink.closed;
  }

  /** One round up to now. @returns whether there was so much that the next is due soon. */
  async #readRings(): Promise<boolean> {
    this.#checkNames();
    const upToNs = this.#clock.nowNs() - slackNs;
    const fill = this.#merge.begin(bootTime(upToNs));
    this.#readUpToNs = upToNs;
    const hasSentFull = await this.#deliverRound();
    await this.#deliverOverdue(upToNs);
    // Also when no event comes: what has changed since is not kept for long.
    if (this.#hasNamesToChange(upToNs)) {
      this.#changeNames(upToNs);
      // No later event may come that would make the batch due.
      await this.#flush();
    }
    return hasSentFull || fill > busyFill;
  }

  /** After a round, if it is time: all that was read goes out before it. */
  async #tellWatermark(): Promise<void> {
    const intervalMs = this.#watermarkIntervalMs;
    const nowMs = performance.now();
    if (intervalMs === undefined || nowMs - this.#watermarkAtMs < intervalMs) return;
    this.#watermarkAtMs = nowMs;
    await this.#flush();
    if (!this.#isOver) await this.#write(encodeWatermark(this.#readUpToNs));
  }

  /** What is in the rings when nothing produces any more. A record that is still BUSY is waited for. */
  async #drain(): Promise<void> {
    while (!this.#isOver && (this.#merge.begin(endOfTime) > 0 || this.#undecided?.hasReleased)) {
      await this.#deliverRound();
      if (!this.#isOver) await this.#sleep(busyPollMs);
    }
    await this.#deliverOverdue(Number.POSITIVE_INFINITY);
    if (!this.#isOver) await this.#flush();
  }

  /** Packets with a drop that have waited for the end of other copies for too long. */
  async #deliverOverdue(nowNs: number): Promise<void> {
    this.#journeys?.decideOverdue(nowNs);
    if ((this.#journeys?.hasReleased ?? false) && !this.#isOver) await this.#deliverRound();
  }

  /** Counts what could not be delivered. */
  #abandonRest(): void {
    this.#closeBatch();
    for (const batch of this.#closedBatches.splice(0)) settle(batch, this.#undelivered);
    const undecided = this.#undecided;
    undecided?.abandonAll(this.#clock.nowNs());
    for (let record = undecided?.nextReleased(); record; record = undecided?.nextReleased()) {
      add(this.#undelivered, record.cpu, 1);
    }
    const journeys = this.#journeys;
    for (let record = journeys?.nextReleased(); record; record = journeys?.nextReleased()) {
      add(this.#undelivered, record.cpu, 1);
    }
    journeys?.withholdAll();
    for (const cursor of this.#cursors) {
      cursor.snapshot();
      add(this.#undelivered, cursor.record.cpu, cursor.abandon());
      cursor.release();
    }
  }

  /** @returns whether a full batch was sent. */
  async #deliverRound(): Promise<boolean> {
    let hasSentFull = false;
    for (;;) {
      const hasMore = this.#encodeSlice();
      const isFull = this.#encoder.isFull;
      if (isFull || this.#batchAgeMs() >= maxBatchAgeMs) await this.#flush();
      hasSentFull ||= isFull;
      if (!hasMore || this.#isOver) return hasSentFull;
      await yieldToOthers();
    }
  }

  /** Encodes until the batch is full or others are to have their turn. @returns whether the round may have more. */
  #encodeSlice(): boolean {
    for (let budget = recordsPerSlice; budget > 0 && !this.#encoder.isFull; budget--) {
      const released = this.#journeys?.nextReleased();
      const decided = released ?? this.#undecided?.nextReleased();
      const record = decided ?? this.#merge.next();
      if (record === undefined) {
        this.#merge.release();
        return false;
      }
      if (decided === undefined && this.#undecided?.hold(record) === true) continue;
      if (released !== undefined || this.#journeys?.admit(record) !== false) this.#append(record);
      else this.#departures?.see(record);
    }
    this.#merge.release();
    return true;
  }

  #append(record: EventRecord): void {
    if (this.#hasNamesToChange(record.timeNs)) this.#changeNames(record.timeNs);
    if (this.#encoder.eventCount === 0) this.#batchSinceMs = performance.now();
    if (record.isEnd) {
      this.#encoder.appendEnd(record);
      this.#batchedEnds += 1;
    } else this.#encoder.append(record);
    this.#batched[record.cpu] = (this.#batched[record.cpu] ?? 0) + 1;
  }

  #hasNamesToChange(timeNs: number): boolean {
    const changeNs = this.#namespaces?.nextChangeNs;
    return changeNs !== undefined && changeNs <= timeNs;
  }

  /** The batch so far has the names that were right for it: it ends here. */
  #changeNames(timeNs: number): void {
    this.#closeBatch();
    while (this.#hasNamesToChange(timeNs)) this.#namespaces?.advance();
    this.#encoder.dictionary.forgetNetworkNamespaces();
  }

  #closeBatch(): void {
    const dictionary = this.#encoder.dictionary.takeSettled();
    const events = this.#encoder.take();
    if (dictionary === undefined && events === undefined) return;
    const eventsByCpu = this.#batched.slice();
    this.#closedBatches.push({ dictionary, events, eventsByCpu, ends: this.#batchedEnds });
    this.#batched.fill(0);
    this.#batchedEnds = 0;
  }

  #batchAgeMs(): number {
    return this.#encoder.eventCount === 0 ? 0 : performance.now() - this.#batchSinceMs;
  }

  /** Writes what is new in the dictionary, then the batch, and counts its events. */
  async #flush(): Promise<void> {
    if (this.#isOver) return;
    await this.#writeNewNames();
    if (this.#isOver) return;
    this.#closeBatch();
    for (;;) {
      const [batch] = this.#closedBatches;
      if (batch === undefined) return;
      if (batch.dictionary !== undefined) await this.#write(batch.dictionary);
      if (this.#isOver) return;
      this.#closedBatches.shift();
      settle(batch, this.#delivered);
      this.#deliveredEnds += batch.ends;
      if (batch.events !== undefined) await this.#write(batch.events);
      if (this.#isOver) return;
    }
  }

  /**
   * Writes what the code locations and the drop reasons of all batches are called that are not written yet. The kernel's
   * tables may have to be read again for it: the batches wait, and the rings are the queue.
   */
  async #writeNewNames(): Promise<void> {
    const { dictionary } = this.#encoder;
    const { unsettled } = dictionary;
    if (unsettled === undefined) return;
    const settling = this.#names.settle?.(unsettled);
    const isSettled = settling === undefined || (await this.#waitForNames(settling));
    const entries = dictionary.takeUnsettled(isSettled);
    if (entries !== undefined && !this.#isOver) await this.#write(entries);
  }

  /** @returns whether they are settled; false also when they took too long. */
  #waitForNames(settling: Promise<boolean>): Promise<boolean> {
    return new Promise((resolve) => {
      const patienceMs = this.#isStopping ? lastNamingPatienceMs : namingPatienceMs;
      let timer = setTimeout(() => resolve(false), patienceMs);
      this.#hastenNaming = () => {
        clearTimeout(timer);
        timer = setTimeout(() => resolve(false), this.#isExpired ? 0 : lastNamingPatienceMs);
      };
      void settling.then((isSettled) => {
        clearTimeout(timer);
        resolve(isSettled);
      });
    });
  }

  /** What was sent under another name than it has now is announced again. */
  #checkNames(): void {
    const { revision } = this.#names;
    if (this.#namesRevision !== undefined && this.#namesRevision !== revision)
      this.#encoder.dictionary.checkNames();
    this.#namesRevision = revision;
  }

  /** Waits while the sink asks to, at most until the deadline of `stop`. */
  #write(response: Uint8Array): Promise<void> | undefined {
    const ready = this.#sink.write(response);
    if (ready === undefined) {
      this.#prolong();
      return undefined;
    }
    return new Promise((resolve) => {
      this.#endWait = resolve;
      void ready.then(() => {
        this.#prolong();
        resolve();
      });
    });
  }

  /** Between two rounds: longer and longer while there is little to read, and not beyond the batch's time. */
  async #pause(isBusy: boolean): Promise<void> {
    if (this.#isStopping) return;
    this.#pollMs = isBusy ? busyPollMs : Math.min(2 * this.#pollMs, idlePollMs);
    const hasBatch = this.#encoder.eventCount > 0;
    const untilDueMs = hasBatch ? Math.max(maxBatchAgeMs - this.#batchAgeMs(), 0) : idlePollMs;
    await this.#sleep(Math.min(this.#pollMs, untilDueMs));
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Counts the events of a batch as what became of them. */
function settle({ eventsByCpu }: ClosedBatch, counts: Float64Array): void {
  for (const [cpu, events] of eventsByCpu.entries()) add(counts, cpu, events);
}

function add(counts: Float64Array, cpu: number, events: number): void {
  counts[cpu] = (counts[cpu] ?? 0) + events;
}
