import type { NodeQueue } from './node-queue.ts';

export interface EventMergeOptions {
  /** How long an event waits for earlier ones of a node that lags behind. */
  readonly windowMs: number;
  /** Events of a packet that follow one another on their node are not parted (--drops, where they come together, late). */
  readonly keepsPackets: boolean;
  /** Monotonic, milliseconds. */
  readonly now: () => number;
}

/**
 * One order of the events of several nodes. The earliest head goes out once no node can send an earlier one any more, as
 * its watermark or its own head says, or once some head has waited for the window: so an idle, slow or dead node holds the
 * others back for no longer than that, and a node alone never waits.
 *
 * Only time in which there is nothing to do but to wait counts as waited: while the output is slow, what the nodes have sent
 * meanwhile lies unread in sockets, and that is no fault of theirs.
 */
export class EventMerge {
  readonly #options: EventMergeOptions;
  readonly #queues: NodeQueue[] = [];
  /** Their bounds, in the same order. */
  #bounds = new Float64Array(0);
  #isChanged = false;
  /** The queue whose head was handed out last, its place, and up to which bound it may go on without another look. */
  #current: NodeQueue | undefined;
  #place = 0;
  #limit = 0;
  /** When a head is due although others lag behind, by #waitedMs; undefined when nothing waits. */
  #dueMs: number | undefined;
  /** Sum of the time that was waited, and since when the present wait lasts. */
  #waitedMs = 0;
  #waitingSinceMs: number | undefined;
  #wake: () => void = () => {};
  #sequence = 0;

  constructor(options: EventMergeOptions) {
    this.#options = options;
  }

  /** What a queue of this merge calls when something was put in. */
  readonly onPush = (): { nowMs: number; sequence: number } => {
    this.wake();
    this.#sequence++;
    return { nowMs: this.#clockMs(), sequence: this.#sequence };
  };

  add(queue: NodeQueue): void {
    this.#queues.push(queue);
    this.wake();
  }

  /** Nothing is in any queue and nothing will be. */
  get isFinished(): boolean {
    return this.#queues.every((queue) => queue.isFinished);
  }

  /**
   * The queue whose head comes next: its cursor stands on it until `next` is called again. Undefined when nothing may go out
   * now. What stands between events in the queues happens in here.
   */
  next(): NodeQueue | undefined {
    const current = this.#current;
    if (current === undefined) return this.#choose();
    const { cursor } = current;
    const idLow = cursor.packetIdLow;
    const idHigh = cursor.packetIdHigh;
    if (current.advance()) {
      const bound = current.bound;
      this.#bounds[this.#place] = bound;
      if (bound <= this.#limit && !this.#isChanged) return current;
      const isSamePacket =
        cursor.packetIdLow === idLow && cursor.packetIdHigh === idHigh && (idLow | idHigh) !== 0;
      if (isSamePacket && this.#options.keepsPackets) return current;
    } else {
      this.#bounds[this.#place] = current.bound;
    }
    return this.#choose();
  }

  /** Drops all events that are there; the rest happens. */
  skip(): void {
    this.#current = undefined;
    this.#dueMs = undefined;
    do {
      this.#isChanged = false;
      for (const queue of this.#queues) queue.skip();
    } while (this.#isChanged);
  }

  /** All events that were handed out are written. */
  free(): void {
    for (const queue of this.#queues) queue.free();
  }

  /** Waits until something was put in, `wake` was called, or a head has waited for long enough. */
  wait(): Promise<void> {
    if (this.#isChanged) return Promise.resolve();
    this.#waitingSinceMs = this.#options.now();
    return new Promise((resolve) => {
      const timer =
        this.#dueMs === undefined
          ? undefined
          : setTimeout(() => this.#wake(), Math.max(1, Math.ceil(this.#dueMs - this.#waitedMs)));
      this.#wake = () => {
        clearTimeout(timer);
        this.#waitedMs = this.#clockMs();
        this.#waitingSinceMs = undefined;
        this.#wake = () => {};
        resolve();
      };
    });
  }

  wake(): void {
    this.#isChanged = true;
    this.#wake();
  }

  #clockMs(): number {
    const sinceMs = this.#waitingSinceMs;
    return sinceMs === undefined ? this.#waitedMs : this.#waitedMs + this.#options.now() - sinceMs;
  }

  /** The queue with the least bound, and the bound of the next one. */
  #choose(): NodeQueue | undefined {
    if (this.#isChanged) this.#refresh();
    const bounds = this.#bounds;
    let first = -1;
    let least = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (let place = 0; place < bounds.length; place++) {
      const bound = bounds[place] as number;
      if (bound < least || (bound === least && this.#queues[first]?.hasHead !== true)) {
        second = least;
        least = bound;
        first = place;
      } else if (bound < second) second = bound;
    }
    this.#dueMs = undefined;
    if (this.#queues[first]?.hasHead === true) return this.#take(first, second);
    return this.#chooseOverdue();
  }

  /** A node that has nothing here lags behind: the earliest head goes out if some head has waited for long enough. */
  #chooseOverdue(): NodeQueue | undefined {
    let first = -1;
    let least = Number.POSITIVE_INFINITY;
    let arrivedMs = Number.POSITIVE_INFINITY;
    for (const [place, queue] of this.#queues.entries()) {
      if (!queue.hasHead) continue;
      arrivedMs = Math.min(arrivedMs, queue.arrivedMs);
      const bound = this.#bounds[place] as number;
      if (bound >= least) continue;
      least = bound;
      first = place;
    }
    this.#current = undefined;
    if (first < 0) return undefined;
    const dueMs = arrivedMs + this.#options.windowMs;
    if (this.#clockMs() >= dueMs) return this.#take(first, Number.NEGATIVE_INFINITY);
    this.#dueMs = dueMs;
    return undefined;
  }

  #take(place: number, limit: number): NodeQueue | undefined {
    this.#place = place;
    this.#limit = limit;
    this.#current = this.#queues[place];
    return this.#current;
  }

  /** Brings heads and bounds up to date; what happens between events may put in more. */
  #refresh(): void {
    while (this.#isChanged) {
      this.#isChanged = false;
      for (const queue of this.#queues) if (!queue.hasHead) queue.advance();
    }
    for (let place = this.#queues.length - 1; place >= 0; place--) {
      if (this.#queues[place]?.isFinished === true) this.#queues.splice(place, 1);
    }
    if (this.#bounds.length !== this.#queues.length)
      this.#bounds = new Float64Array(this.#queues.length);
    for (const [place, queue] of this.#queues.entries()) this.#bounds[place] = queue.bound;
  }
}
