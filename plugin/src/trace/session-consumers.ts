import { pwru } from '../../../proto/gen/pwru.js';
import type { EventConsumer, SessionConsumer, TracedSession } from '../events/consumer.ts';
import type { EventCursor } from '../events/cursor.ts';
import { Journeys } from '../events/journeys.ts';
import { PacketClock } from '../events/packets.ts';
import type { SessionEvents } from './node-queue.ts';

const { EVENT_KIND_HIT } = pwru.v1.EventKind;

/** The consumers of one session's events, and what is known of its packets for them. */
export class SessionConsumers implements SessionEvents {
  readonly #clock: PacketClock | undefined;
  readonly #journeys: Journeys | undefined;
  readonly #consumers: readonly SessionConsumer[];

  /** @param now monotonic, milliseconds */
  constructor(
    session: Omit<TracedSession, 'times'>,
    consumers: readonly EventConsumer[],
    now = () => performance.now(),
  ) {
    const clock = new PacketClock();
    const traced = { ...session, times: clock };
    this.#clock = consumers.some(({ needs }) => needs === 'times') ? clock : undefined;
    this.#consumers = consumers.map((consumer) => consumer.open(traced));
    const hearing = this.#consumers.filter((_, index) => consumers[index]?.hearsOfEnds);
    if (hearing.length === 0) return;
    this.#journeys = new Journeys(
      session.dictionary,
      (end) => {
        for (const consumer of hearing) consumer.packetEnded?.(end);
      },
      now,
    );
  }

  /** Consumers see hits alone. */
  event(cursor: EventCursor): boolean {
    const isHit = cursor.kind === EVENT_KIND_HIT;
    if (isHit) {
      this.#clock?.advance(cursor);
      for (const consumer of this.#consumers) consumer.event(cursor);
    }
    this.#journeys?.advance(cursor, isHit);
    return isHit;
  }

  settle(): boolean {
    return this.#journeys?.settle() ?? false;
  }

  close(isOrderly: boolean): void {
    this.#journeys?.close(isOrderly);
  }
}
