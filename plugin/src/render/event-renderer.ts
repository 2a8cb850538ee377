import type { pwru } from '../../../proto/gen/pwru.js';
import type { Dictionary } from '../dictionary.ts';
import type { EventCursor } from '../event-decoder.ts';

/** Turns events into the text of standard output; every text ends with a newline. */
export interface EventRenderer {
  /** Takes in what holds for the whole session, and returns what stands before the first event (may be empty). */
  start(started: pwru.v1.Started, dictionary: Dictionary): string;
  /** Only after `start`. */
  event(cursor: EventCursor): string;
}
