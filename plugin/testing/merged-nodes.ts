import Long from 'long';
import { pwru } from '../../proto/gen/pwru.js';
import { EventMerge, type EventMergeOptions } from '../src/trace/event-merge.ts';
import { NodeQueue, type SessionEvents } from '../src/trace/node-queue.ts';

/** An event as tests of the merge see it. */
export interface PlainEvent {
  readonly node: number;
  readonly timeNs: number;
  readonly packet: number;
  /** Its number among those of its node. */
  readonly number: number;
}

/** Encoded, with `number` as its mark. */
export function encodeEvents(events: readonly PlainEvent[]): Uint8Array {
  return pwru.v1.EventBatch.encode({
    events: events.map(({ timeNs, packet, number }) => ({
      bootTimeNs: Long.fromNumber(timeNs, true),
      packetId: Long.fromNumber(packet, true),
      mark: number,
    })),
  }).finish();
}

/** Queues of several nodes, merged; whose time lines begin at boot time 0. */
export class MergedNodes {
  readonly merge: EventMerge;
  readonly queues: readonly NodeQueue[];
  readonly malformed: number[] = [];
  /** What the last event was. */
  #shown = '';

  constructor(
    nodes: number,
    options: Partial<EventMergeOptions> & { maxBytes?: number; sorted?: boolean } = {},
  ) {
    const { maxBytes = 1024 * 1024, sorted = true, ...mergeOptions } = options;
    this.merge = new EventMerge({
      ...{ windowMs: 250, keepsPackets: false, now: () => performance.now() },
      ...mergeOptions,
    });
    this.queues = Array.from({ length: nodes }, (_, node) => {
      const queue = new NodeQueue({
        ...{ maxBytes, sorted, onPush: this.merge.onPush },
        onMalformed: () => this.malformed.push(node),
      });
      this.merge.add(queue);
      queue.pushAction(() => queue.beginSession(0n, this.#consumerOf(node)));
      return queue;
    });
  }

  /** Another session of the node, whose boot time `bootOriginNs` is where the time line begins. */
  beginSession(node: number, bootOriginNs: bigint): void {
    const queue = this.queues[node];
    queue?.pushAction(() => queue.beginSession(bootOriginNs, this.#consumerOf(node)));
  }

  watermark(node: number, timeNs: number): void {
    const queue = this.queues[node];
    const { high, low } = Long.fromNumber(timeNs, true);
    queue?.pushAction(() => queue.setWatermark(high >>> 0, low >>> 0));
  }

  /** What may go out now: `node:number`. */
  take(most = Number.POSITIVE_INFINITY): string[] {
    const taken: string[] = [];
    while (taken.length < most) {
      const queue = this.merge.next();
      if (queue === undefined) break;
      queue.consume();
      taken.push(this.#shown);
    }
    return taken;
  }

  #consumerOf(node: number): SessionEvents {
    return {
      event: ({ mark }) => {
        this.#shown = `${node}:${mark}`;
        return true;
      },
      settle: () => false,
      close: () => {},
    };
  }
}
