import type { pwru } from '../../../proto/gen/pwru.js';
import type { EventCursor } from './cursor.ts';
import type { Dictionary } from './dictionary.ts';
import type { PacketTimes } from './packets.ts';

/** One session with the agent of one node. */
export interface TracedSession {
  /** How the node is called. */
  readonly node: string;
  readonly started: pwru.v1.Started;
  /** Grows while the session lasts. */
  readonly dictionary: Dictionary;
  /** Of the event that is looked at, where some consumer of the trace needs times. */
  readonly times: PacketTimes;
}

/** Looks at the events of a trace, each once, in the order in which they are shown. */
export interface EventConsumer {
  /** What it has to be told of packets: nothing, or the times of their events, which cost a look-up for each packet. */
  readonly needs: 'events' | 'times';
  /** The trace has begun. */
  begin(): void;
  /** The part for the events of a session. Parts may take turns from event to event. */
  open(session: TracedSession): SessionConsumer;
  /** What waits for `flush`. */
  readonly pendingBytes: number;
  /**
   * Writes what waits. Comes back at once when the signal aborts: what waited may or may not be written then. Nothing is lost that
   * is put in meanwhile. Never throws.
   */
  flush(signal: AbortSignal): Promise<void>;
  /** Throws away what waits. */
  discard(): void;
  /** Why writing failed, when it was not the reader that went away. */
  readonly failure: Error | undefined;
}

export interface SessionConsumer {
  /** The cursor stands on the event; it moves on when this returns. */
  event(cursor: EventCursor): void;
}
