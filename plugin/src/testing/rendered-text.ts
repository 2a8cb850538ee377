import type { EventCursor } from '../event-decoder.ts';
import type { NodeRenderer } from '../render/event-renderer.ts';
import { TextBuffer } from '../render/text-buffer.ts';

/** What a renderer prints of the event on which the cursor stands. */
export function renderedText(renderer: NodeRenderer, cursor: EventCursor): string {
  const out = new TextBuffer();
  renderer.event(cursor, out);
  return new TextDecoder().decode(out.view());
}
