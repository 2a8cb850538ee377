import type { pwru } from '../../../proto/gen/pwru.js';
import { statusOf } from './status.ts';
import type { TraceCall, TraceEvents, TraceHandler } from './trace-handler.ts';
import { UnsentBudget } from './unsent-budget.ts';

/**
 * An error as a gRPC client would get it (ServiceError of grpc-js), so that callers tell errors of an agent in this
 * process and of one behind gRPC apart by nothing.
 */
export class LocalCallError extends Error {
  override readonly name = 'LocalCallError';
  /** gRPC status code. */
  readonly code: number;
  /** The agent's message. */
  readonly details: string;
  readonly metadata: { get(key: string): Uint8Array[] };

  constructor(thrown: unknown) {
    const { code, message, details } = statusOf(thrown);
    super(message, { cause: thrown });
    this.code = code;
    this.details = message;
    const trailer = details === undefined ? [] : [details];
    this.metadata = { get: (key) => (key === 'grpc-status-details-bin' ? trailer : []) };
  }
}

/** A Trace call within this process: what a client's side of a gRPC stream is. */
export interface LocalTraceStream {
  /**
   * Encoded TraceResponses, for one reader, once. While the next one is not asked for, at most 320 KiB wait here.
   * Ends after the Summary or after `cancel`; leaving the loop early cancels.
   * @throws LocalCallError
   */
  readonly responses: AsyncIterable<Uint8Array>;
  /** Never throws; nothing happens once the stream has ended. */
  send(request: pwru.v1.TraceRequest.$Properties): void;
  /** Ends the stream at once, without a Summary. Idempotent. */
  cancel(): void;
}

/** Opens a Trace call on a handler of this process. Its first request is the caller's to send. */
export function openLocalTrace(handler: TraceHandler): LocalTraceStream {
  const call = new LocalTraceCall();
  const events = handler.open(call);
  const cancel = () => call.cancel(events);
  return {
    responses: call.responses(cancel),
    send: (request) => {
      if (!call.closed) events.onRequest(request);
    },
    cancel,
  };
}

class LocalTraceCall implements TraceCall {
  readonly client = undefined;
  readonly #queue: Uint8Array[] = [];
  readonly #unsent = new UnsentBudget();
  #isClosed = false;
  #failure: LocalCallError | undefined;
  #wakeReader: () => void = () => {};

  get closed(): boolean {
    return this.#isClosed;
  }

  write(response: Uint8Array): Promise<void> | undefined {
    if (this.#isClosed) return undefined;
    this.#queue.push(response);
    this.#wakeReader();
    return this.#unsent.add(response.length);
  }

  end(): void {
    if (this.#isClosed) return;
    this.#close();
  }

  fail(thrown: unknown): void {
    if (this.#isClosed) return;
    this.#failure = new LocalCallError(thrown);
    this.#close();
  }

  cancel(events: TraceEvents): void {
    this.#queue.length = 0;
    this.#failure = undefined;
    if (this.#isClosed) return;
    this.#close();
    events.onCancel();
  }

  async *responses(cancel: () => void): AsyncGenerator<Uint8Array, void> {
    try {
      for (;;) {
        const response = this.#queue.shift();
        if (response !== undefined) {
          this.#unsent.remove(response.length);
          yield response;
        } else if (this.#isClosed) {
          break;
        } else {
          await new Promise<void>((resolve) => {
            this.#wakeReader = resolve;
          });
        }
      }
      if (this.#failure !== undefined) throw this.#failure;
    } finally {
      cancel();
    }
  }

  #close(): void {
    this.#isClosed = true;
    this.#unsent.close();
    this.#wakeReader();
  }
}
