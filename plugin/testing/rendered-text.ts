import type { NodeRenderer } from '../src/events/consumer.ts';
import type { EventCursor } from '../src/events/cursor.ts';
import { TextBuffer } from '../src/terminal/text-buffer.ts';

/** What a renderer prints of the event on which the cursor stands. */
export function renderedText(renderer: NodeRenderer, cursor: EventCursor): string {
  const out = new TextBuffer();
  renderer.event(cursor, out);
  return new TextDecoder().decode(out.view());
}
