import type { pwru } from '../../../proto/gen/pwru.js';
import type { TextBuffer } from '../terminal/text-buffer.ts';
import type { EventCursor } from './cursor.ts';
import type { Dictionary } from './dictionary.ts';

/** One session with the agent of one node. */
export interface RenderedSession {
  /** How the node is called. */
  readonly node: string;
  readonly started: pwru.v1.Started;
  /** Grows while the session lasts. */
  readonly dictionary: Dictionary;
}

/** Turns events into the text of standard output; every text ends with a newline. */
export interface EventRenderer {
  /** What stands before the first event of the trace (may be empty). */
  start(): string;
  /** The part for the events of a session. Parts may take turns from event to event. */
  open(session: RenderedSession): NodeRenderer;
}

export interface NodeRenderer {
  /** Puts the event on which the cursor stands at the end of `out`. */
  event(cursor: EventCursor, out: TextBuffer): void;
}
