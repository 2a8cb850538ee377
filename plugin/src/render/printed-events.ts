import type {
  EventConsumer,
  EventWriter,
  SessionConsumer,
  TracedSession,
} from '../events/consumer.ts';
import type { EventCursor } from '../events/cursor.ts';
import type { Channel } from '../terminal/channel.ts';
import { TextBuffer } from '../terminal/text-buffer.ts';
import type { EventRenderer, SessionRenderer } from './renderer.ts';

/** Prints events as a renderer shows them, with other lines between them. */
export class PrintedEvents implements EventConsumer, EventWriter {
  readonly #renderer: EventRenderer;
  readonly #channel: Channel;
  /** Not written yet. */
  #text = new TextBuffer();
  #spare = new TextBuffer();

  constructor(renderer: EventRenderer, channel: Channel) {
    this.#renderer = renderer;
    this.#channel = channel;
  }

  get needs(): 'events' | 'times' {
    return this.#renderer.needs;
  }

  get hearsOfEnds(): boolean {
    return this.#renderer.showsEnds;
  }

  get writer(): EventWriter {
    return this;
  }

  get pendingBytes(): number {
    return this.#text.lengthBytes;
  }

  get failure(): Error | undefined {
    return this.#channel.failure;
  }

  begin(): void {
    this.#text.text(this.#renderer.start());
  }

  open(session: TracedSession): SessionConsumer {
    const renderer = this.#renderer.open(session);
    return {
      event: (cursor) => this.#print(renderer, cursor),
      packetEnded: (end) => renderer.packetEnded?.(end, this.#text),
    };
  }

  /** A line, with its newline, before the events that follow. */
  line(text: string): void {
    this.#text.text(text);
  }

  async flush(signal: AbortSignal): Promise<void> {
    const text = this.#text;
    if (text.lengthBytes === 0) return;
    // What is put in while this is being written goes into the other one.
    this.#text = this.#spare;
    const isFree = await this.#channel.write(text.view(), signal);
    text.clear();
    this.#spare = isFree ? text : new TextBuffer();
  }

  discard(): void {
    this.#text.clear();
  }

  #print(renderer: SessionRenderer, cursor: EventCursor): void {
    renderer.event(cursor, this.#text);
  }
}
