import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { pwru } from '../../../proto/gen/pwru.js';
import { ownTurn } from '../trace/own-turn.ts';
import { callError } from './call-error.ts';
import { callerOf } from './caller.ts';
import type { TraceCall, TraceHandler } from './trace-handler.ts';
import { UnsentBudget } from './unsent-budget.ts';

type Call = ServerDuplexStream<pwru.v1.TraceRequest.$Properties, Uint8Array>;

/** Connects a gRPC call with the handler. Each request has a turn of the event loop of its own; the next one is not read before. */
export function serveTraceCall(call: Call, handler: TraceHandler): void {
  const traceCall = new GrpcTraceCall(call);
  const events = handler.open(traceCall);
  call.on('data', (request: pwru.v1.TraceRequest.$Properties) => {
    call.pause();
    void ownTurn().then(() => {
      if (traceCall.closed) return;
      events.onRequest(request);
      if (!traceCall.closed) call.resume();
    });
  });
  call.on('end', () => events.onHalfClose());
  // grpc-js tells 'cancelled' also when the call ended well; the handler knows by then.
  call.on('cancelled', () => {
    traceCall.close();
    events.onCancel();
  });
}

class GrpcTraceCall implements TraceCall {
  readonly #call: Call;
  readonly #unsent = new UnsentBudget();
  #isClosed = false;
  readonly client: string;

  constructor(call: Call) {
    this.#call = call;
    this.client = callerOf(call).connection;
  }

  get closed(): boolean {
    return this.#isClosed;
  }

  write(response: Uint8Array): Promise<void> | undefined {
    if (this.#isClosed) return undefined;
    const ready = this.#unsent.add(response.length);
    // Called when HTTP/2 has taken all of the message, that is when the client's flow control let it through; never
    // when the call breaks, but then close() is.
    this.#call.write(response, () => this.#unsent.remove(response.length));
    return ready;
  }

  end(): void {
    if (this.#isClosed) return;
    this.close();
    this.#call.end();
  }

  fail(thrown: unknown): void {
    if (this.#isClosed) return;
    this.close();
    // The way grpc-js offers to end a stream with a status and trailers.
    this.#call.emit('error', callError(thrown));
  }

  /** Nothing is written or read any more; who waits goes on. */
  close(): void {
    this.#isClosed = true;
    this.#call.pause();
    this.#unsent.close();
  }
}
