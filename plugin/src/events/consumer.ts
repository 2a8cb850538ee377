import type { pwru } from '../../../proto/gen/pwru.js';
import type { EventCursor } from './cursor.ts';
import type { Dictionary } from './dictionary.ts';
import type { PacketEnd } from './journeys.ts';
import type { PacketTimes } from './packets.ts';

/** One session with the agent of one node. */
export interface TracedSession {
  /** How the node is called. */
  readonly node: string;
  readonly started: pwru.v1.Started;
  /** Grows while the session lasts. */
  readonly dictionary: Dictionary;
  /** Of the current event; only where some consumer of the trace needs times. */
  readonly times: PacketTimes;
}

/** Gets the events of a trace, each once, in the order in which they are shown. */
export interface EventConsumer {
  /** Whether it reads `TracedSession.times`, which cost a look-up for each packet. */
  readonly needs: 'events' | 'times';
  /** Whether it hears how packets end: the agents have to be asked for it. */
  readonly hearsOfEnds: boolean;
  /** The part for the events of a session. Parts may take turns from event to event. */
  open(session: TracedSession): SessionConsumer;
  /** Of a consumer that writes what it gets. */
  readonly writer?: EventWriter;
}

/** What a consumer makes of events and has not written yet. */
export interface EventWriter {
  /** The trace has begun. */
  begin(): void;
  /** Bytes that wait for `flush`. */
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
  /** Once for each packet, after its last event; of a consumer that hears of ends. */
  packetEnded?(end: PacketEnd): void;
}
