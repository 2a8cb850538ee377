import type { pwru } from '../../proto/gen/pwru.js';
import type { AgentClient, TraceStream } from '../src/agents/agent-client.ts';
import { encodeResponse } from './recorded-session.ts';

type Response = pwru.v1.TraceResponse.$Properties;

/** An agent whose responses a test pushes one by one. */
export class MemoryAgent implements AgentClient {
  readonly stream = new MemoryStream();
  start: pwru.v1.StartTrace.$Properties | undefined;

  trace(start: pwru.v1.StartTrace.$Properties): TraceStream {
    this.start = start;
    return this.stream;
  }

  close(): void {}
}

export class MemoryStream implements TraceStream {
  readonly requests: pwru.v1.TraceRequest.$Properties[] = [];
  readonly responses: AsyncIterable<Uint8Array>;
  cancelled = false;
  /** Responses that were asked for. */
  pulled = 0;
  readonly #queue: Array<Uint8Array | Error | 'end'> = [];
  #wake: () => void = () => {};

  constructor() {
    this.responses = this.#read();
  }

  push(...responses: Response[]): void {
    for (const response of responses) this.#add(encodeResponse(response));
  }

  pushBytes(response: Uint8Array): void {
    this.#add(response);
  }

  end(): void {
    this.#add('end');
  }

  fail(error: Error): void {
    this.#add(error);
  }

  send(request: pwru.v1.TraceRequest.$Properties): void {
    this.requests.push(request);
  }

  cancel(): void {
    this.cancelled = true;
    this.#wake();
  }

  #add(item: Uint8Array | Error | 'end'): void {
    this.#queue.push(item);
    this.#wake();
  }

  async *#read(): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      this.pulled++;
      while (this.#queue.length === 0 && !this.cancelled) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      const item = this.#queue.shift();
      if (this.cancelled || item === undefined || item === 'end') return;
      if (item instanceof Error) throw item;
      yield item;
    }
  }
}
