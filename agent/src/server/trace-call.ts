import type { pwru } from '../../../proto/gen/pwru.js';
import type { SessionSink } from '../trace/trace-session.ts';

/** The client's side of one Trace call, whatever carries it. */
export interface TraceCall extends SessionSink {
  /** The client: the same for all calls of one connection; undefined for this process itself. */
  readonly client: string | undefined;
  /** Ends the call well, after all that was written. Nothing happens when it has ended. */
  end(): void;
  /** Ends the call with this error, after all that was written. Nothing happens when it has ended. */
  fail(thrown: unknown): void;
}

/** What the carrier of a Trace call tells the handler. Nothing may be told after `onCancel`. */
export interface TraceEvents {
  onRequest(request: pwru.v1.TraceRequest.$Properties): void;
  /** The client sends nothing any more. */
  onHalfClose(): void;
  /** The call is over without the handler's doing: cancelled, broken or past its deadline. The sink is closed. */
  onCancel(): void;
}
