import { EventCursor } from '../events/cursor.ts';

const TWO_32 = 2 ** 32;

/** An encoded EventBatch that waits. */
interface Batch {
  readonly bytes: Uint8Array;
  readonly arrivedMs: number;
  readonly sequence: number;
}

/** Who looks at the events of one session. */
export interface SessionEvents {
  /** The cursor stands on it. @returns whether it is one that is shown */
  event(cursor: EventCursor): boolean;
  /** Nothing is to be shown now. @returns whether something will be soon, although nothing comes */
  settle(): boolean;
  /** Its last event was there. @param isOrderly its agent has said that it has sent all */
  close(isOrderly: boolean): void;
}

export interface NodeQueueOptions {
  /** The queue is full from here on; one batch may stand above it. */
  readonly maxBytes: number;
  /** Order by time; else as batches came, whichever node they are of. */
  readonly sorted: boolean;
  /** Called for each thing that was put in. Returns when that was and which one it is, among all queues of the trace. */
  readonly onPush: () => { readonly nowMs: number; readonly sequence: number };
  /** The batch that is next cannot be decoded: it is dropped, with what follows of its session. */
  readonly onMalformed: (error: RangeError) => void;
}

/**
 * What one node has sent and is not printed yet, in order: batches, still encoded, and what has to happen between them (a
 * name that holds for the events after it). The cursor stands on the first event, the head; no object is made per event.
 *
 * Bounded in bytes. A batch counts until `free`, that is until it is written out: who fills the queue waits for `space`.
 */
export class NodeQueue {
  readonly cursor = new EventCursor();
  readonly #options: NodeQueueOptions;
  #items: Array<Batch | (() => void)> = [];
  /** Of #items; those before it are done. */
  #next = 0;
  #batch: Batch | undefined;
  #hasHead = false;
  #consumers: SessionEvents | undefined;
  /** Its agent has said that it has sent all. */
  #hasSummary = false;
  #isLive = false;
  #isClosed = false;
  /** A batch of this session was malformed. */
  #isSpoiled = false;
  /** Boot time at which the time line begins, upper and lower 32 bits; the upper ones with the sign. */
  #originHigh = 0;
  #originLow = 0;
  /** Nanoseconds on the time line: of the head, or of the last one; never falls within a session. */
  #timeNs = Number.NEGATIVE_INFINITY;
  #watermarkNs = Number.NEGATIVE_INFINITY;
  #heldBytes = 0;
  #doneBytes = 0;
  #onSpace: (() => void) | undefined;

  constructor(options: NodeQueueOptions) {
    this.#options = options;
  }

  /** Whether the cursor stands on an event. */
  get hasHead(): boolean {
    return this.#hasHead;
  }

  /** When the head came in; only with a head. */
  get arrivedMs(): number {
    return this.#batch?.arrivedMs ?? Number.POSITIVE_INFINITY;
  }

  /**
   * The place of the head in the order of all nodes, or, without one, of the earliest event that may still come; infinite
   * when none is waited for. An event that comes late has the place of the one before it, so that a node's own order stays.
   */
  get bound(): number {
    const { sorted } = this.#options;
    if (this.#hasHead) return sorted ? this.#timeNs : (this.#batch?.sequence ?? 0);
    if (!this.#isLive || !sorted) return Number.POSITIVE_INFINITY;
    return Math.max(this.#timeNs, this.#watermarkNs);
  }

  /** Nothing is in it and nothing will be. */
  get isFinished(): boolean {
    return this.#isClosed && !this.#hasHead && this.#next === this.#items.length;
  }

  pushBatch(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    this.#heldBytes += bytes.length;
    const { nowMs, sequence } = this.#options.onPush();
    this.#items.push({ bytes, arrivedMs: nowMs, sequence });
  }

  /** `action` happens when all events before it have been taken. It must not throw. */
  pushAction(action: () => void): void {
    if (this.#isClosed) return;
    this.#options.onPush();
    this.#items.push(action);
  }

  /** Resolves when the queue takes more, or takes nothing any more; undefined when that is so now. */
  space(): Promise<void> | undefined {
    if (this.#heldBytes < this.#options.maxBytes || this.#isClosed) return undefined;
    return new Promise((resolve) => {
      this.#onSpace = resolve;
    });
  }

  /** Shows the head to who looks at the events of the present session. @returns whether they see such events */
  consume(): boolean {
    if (this.#consumers === undefined) throw new Error('No session has begun');
    return this.#consumers.event(this.cursor);
  }

  /** As SessionEvents has it. */
  settle(): boolean {
    return this.#consumers?.settle() ?? false;
  }

  /** In an action: events from now on are of a session whose boot time `bootOriginNs` is where the time line begins. */
  beginSession(bootOriginNs: bigint, consumers: SessionEvents): void {
    this.#consumers = consumers;
    this.#hasSummary = false;
    this.#originHigh = Number(bootOriginNs >> 32n);
    this.#originLow = Number(bootOriginNs & 0xffff_ffffn);
    this.#timeNs = Number.NEGATIVE_INFINITY;
    this.#watermarkNs = Number.NEGATIVE_INFINITY;
    this.#isLive = true;
    this.#isSpoiled = false;
  }

  /** In an action: nothing earlier than this boot time comes any more. */
  setWatermark(bootTimeNsHigh: number, bootTimeNsLow: number): void {
    this.#watermarkNs = this.#timeOf(bootTimeNsHigh, bootTimeNsLow);
  }

  /** In an action: the session's summary has come. */
  noteSummary(): void {
    this.#hasSummary = true;
    this.#consumers?.close(true);
  }

  /** In an action: the session has ended; others need not wait for this node. */
  endSession(): void {
    this.#isLive = false;
    if (!this.#hasSummary) this.#consumers?.close(false);
  }

  /** Nothing more is taken; what is in it stays. Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#options.onPush();
    this.#isClosed = true;
    this.#isLive = false;
    this.#wakeFiller();
  }

  /** Goes to the next event, past the head; what stands before it happens. False when there is none. */
  advance(): boolean {
    this.#hasHead = false;
    for (;;) {
      if (this.#batch !== undefined) {
        if (this.#nextInBatch()) {
          this.#hasHead = true;
          return true;
        }
        this.#doneBytes += this.#batch.bytes.length;
        this.#batch = undefined;
      }
      const item = this.#shift();
      if (item === undefined) return false;
      if (typeof item === 'function') item();
      else this.#enter(item);
    }
  }

  /** Drops all events; the rest happens. */
  skip(): void {
    if (this.#batch !== undefined) this.#doneBytes += this.#batch.bytes.length;
    this.#batch = undefined;
    this.#hasHead = false;
    for (let item = this.#shift(); item !== undefined; item = this.#shift()) {
      if (typeof item === 'function') item();
      else this.#doneBytes += item.bytes.length;
    }
  }

  /** Gives back the place of batches whose events have all been taken, once they are written out. */
  free(): void {
    this.#heldBytes -= this.#doneBytes;
    this.#doneBytes = 0;
    if (this.#heldBytes < this.#options.maxBytes) this.#wakeFiller();
  }

  #wakeFiller(): void {
    const onSpace = this.#onSpace;
    this.#onSpace = undefined;
    onSpace?.();
  }

  #shift(): Batch | (() => void) | undefined {
    const item = this.#items[this.#next];
    if (item === undefined) {
      if (this.#next > 0) this.#items = [];
      this.#next = 0;
      return undefined;
    }
    this.#next++;
    if (this.#next > 1_024 && this.#next > this.#items.length / 2) {
      this.#items = this.#items.slice(this.#next);
      this.#next = 0;
    }
    return item;
  }

  /** Stands before its first event, unless it cannot be used. */
  #enter(batch: Batch): void {
    if (this.#consumers === undefined && !this.#isSpoiled) {
      this.#spoil(new RangeError('events came before the session began'));
    }
    if (this.#isSpoiled) {
      this.#doneBytes += batch.bytes.length;
      return;
    }
    this.#batch = batch;
    this.cursor.reset(batch.bytes);
  }

  #spoil(error: RangeError): void {
    this.#isSpoiled = true;
    this.#options.onMalformed(error);
  }

  #nextInBatch(): boolean {
    try {
      if (!this.cursor.next()) return false;
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      this.#spoil(thrown);
      return false;
    }
    const timeNs = this.#timeOf(this.cursor.bootTimeNsHigh, this.cursor.bootTimeNsLow);
    if (timeNs > this.#timeNs) this.#timeNs = timeNs;
    return true;
  }

  /** Exact below 2^53 ns: for 104 days before and after the beginning of the time line, whatever the node's uptime. */
  #timeOf(bootTimeNsHigh: number, bootTimeNsLow: number): number {
    return (bootTimeNsHigh - this.#originHigh) * TWO_32 + (bootTimeNsLow - this.#originLow);
  }
}
