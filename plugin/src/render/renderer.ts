import type { TracedSession } from '../events/consumer.ts';
import type { EventCursor } from '../events/cursor.ts';
import type { PacketEnd } from '../events/journeys.ts';
import type { TextBuffer } from '../terminal/text-buffer.ts';

/** Turns events into text; every text ends with a newline. */
export interface EventRenderer {
  readonly needs: 'events' | 'times';
  /** Whether it shows how packets end. */
  readonly showsEnds: boolean;
  /** What stands before the first event of the trace (may be empty). */
  start(): string;
  /** The part for the events of a session. Parts may take turns from event to event. */
  open(session: TracedSession): SessionRenderer;
}

export interface SessionRenderer {
  /** Puts the event on which the cursor stands at the end of `out`. */
  event(cursor: EventCursor, out: TextBuffer): void;
  /** The same of what became of a packet, or nothing; of a renderer that shows ends. */
  packetEnded?(end: PacketEnd, out: TextBuffer): void;
}
