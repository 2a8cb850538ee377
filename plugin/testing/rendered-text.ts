import type { TracedSession } from '../src/events/consumer.ts';
import type { EventCursor } from '../src/events/cursor.ts';
import { PacketClock } from '../src/events/packets.ts';
import type { EventRenderer, SessionRenderer } from '../src/render/renderer.ts';
import { TextBuffer } from '../src/terminal/text-buffer.ts';

/** A session that is rendered alone. */
export class RenderedSession {
  readonly #clock = new PacketClock();
  readonly #renderer: SessionRenderer;

  constructor(renderer: EventRenderer, session: Omit<TracedSession, 'times'>) {
    this.#renderer = renderer.open({ ...session, times: this.#clock });
  }

  /** What is printed of the event on which the cursor stands, which comes after those before. */
  textOf(cursor: EventCursor): string {
    const out = new TextBuffer();
    this.#clock.advance(cursor);
    this.#renderer.event(cursor, out);
    return new TextDecoder().decode(out.view());
  }
}
