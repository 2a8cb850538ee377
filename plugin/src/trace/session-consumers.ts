import type { EventConsumer, SessionConsumer, TracedSession } from '../events/consumer.ts';
import type { EventCursor } from '../events/cursor.ts';
import { PacketClock } from '../events/packets.ts';

/** The consumers of one session's events. */
export class SessionConsumers {
  readonly #clock: PacketClock | undefined;
  readonly #consumers: readonly SessionConsumer[];

  constructor(session: Omit<TracedSession, 'times'>, consumers: readonly EventConsumer[]) {
    const clock = new PacketClock();
    const traced = { ...session, times: clock };
    this.#clock = consumers.some(({ needs }) => needs === 'times') ? clock : undefined;
    this.#consumers = consumers.map((consumer) => consumer.open(traced));
  }

  event(cursor: EventCursor): void {
    this.#clock?.advance(cursor);
    for (const consumer of this.#consumers) consumer.event(cursor);
  }
}
