import type { EventCursor } from '../event-decoder.ts';
import { tupleText } from './tuple.ts';

/** The tuple of the last event, without names: most events have that of the one before. To be asked for each that differs. */
export class TupleMemo {
  #text: string | undefined;

  text(event: EventCursor): string {
    // Without an IP header it depends on more.
    if (this.#text === undefined || event.ipVersion === 0 || !event.repeatsTuple) {
      this.#text = tupleText(event);
    }
    return this.#text;
  }
}
