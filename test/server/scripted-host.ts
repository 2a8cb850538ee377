import { setTimeout as delay } from 'node:timers/promises';
import Long from 'long';
import type {
  HostDescription,
  SessionSink,
  TraceSession,
  TracingHost,
} from '../../agent/src/trace/ports.ts';
import type { FunctionSelection } from '../../agent/src/trace/request/parse-selection.ts';
import type { PodSelection, TraceSpec } from '../../agent/src/trace/request/trace-spec.ts';
import { pwru } from '../../proto/gen/pwru.js';

const { EndReason, SessionState, TraceResponse } = pwru.v1;

export function encodeResponse(response: pwru.v1.TraceResponse.$Properties): Uint8Array {
  return TraceResponse.encode(response).finish();
}

/** A session that does what the test tells it: the server is under test, not the kernel. */
export class ScriptedSession implements TraceSession {
  readonly id: string;
  readonly spec: TraceSpec;
  readonly sink: SessionSink;
  readonly ended: Promise<void>;
  readonly stopReasons: pwru.v1.EndReason[] = [];
  pods: PodSelection | undefined;
  /** How many bytes, and in how many messages, the sink took. */
  writtenBytes = 0;
  writtenMessages = 0;
  /** Set to keep the session from ending when it is told to stop. */
  ignoresStop = false;
  /** How long it takes to end; a real session takes 20 ms at least. */
  endMs = 0;
  #settle: { resolve: () => void; reject: (error: unknown) => void } = {
    resolve: () => {},
    reject: () => {},
  };

  constructor(id: string, spec: TraceSpec, sink: SessionSink) {
    this.id = id;
    this.spec = spec;
    this.sink = sink;
    this.ended = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // A session's failure is told to whoever waits for `ended`; in tests of stop() nobody may.
    this.ended.catch(() => {});
  }

  snapshot() {
    return {
      state: SessionState.SESSION_STATE_TRACING,
      backend: 'tracepoint',
      functionsAttached: 7,
      accounting: { producedEvents: Long.fromNumber(42, true) },
    };
  }

  setPods(pods: PodSelection): void {
    this.pods = pods;
  }

  stop(reason: pwru.v1.EndReason): void {
    this.stopReasons.push(reason);
    if (this.stopReasons.length > 1 || this.ignoresStop) return;
    void this.#end(reason);
  }

  write(response: pwru.v1.TraceResponse.$Properties): Promise<void> | undefined {
    const encoded = encodeResponse(response);
    this.writtenBytes += encoded.length;
    this.writtenMessages++;
    return this.sink.write(encoded);
  }

  announceStart(): void {
    void this.write({ started: { sessionId: this.id, backend: 'tracepoint' } });
  }

  /** Ends though it was not told to, or was told and ignored it. */
  finish(): void {
    void this.#end(EndReason.END_REASON_STOPPED);
  }

  fail(error: unknown): void {
    this.#settle.reject(error);
  }

  /** Ends as a real session does: the last write may wait for the client. */
  async #end(reason: pwru.v1.EndReason): Promise<void> {
    if (this.endMs > 0) await delay(this.endMs);
    await this.write({ summary: { reason } });
    this.#settle.resolve();
  }
}

export class ScriptedHost implements TracingHost {
  readonly sessions: ScriptedSession[] = [];
  readonly selections: FunctionSelection[] = [];
  closings = 0;
  /** Told of each session as it starts. */
  onSession: (session: ScriptedSession) => void = (session) => session.announceStart();
  onDescribe: () => Promise<HostDescription> = async () => ({ kernelRelease: '6.18.0' });

  readonly startSession = (id: string, spec: TraceSpec, sink: SessionSink): TraceSession => {
    const session = new ScriptedSession(id, spec, sink);
    this.sessions.push(session);
    // After startSession has returned, as in a real session.
    queueMicrotask(() => this.onSession(session));
    return session;
  };

  wallTimeNs(): bigint {
    return 1_795_368_534_123_456_789n;
  }

  describe(): Promise<HostDescription> {
    return this.onDescribe();
  }

  async testBackends(): Promise<void> {}

  async listFunctions(selection: FunctionSelection) {
    this.selections.push(selection);
    return { functions: [{ name: 'ip_rcv', argument: 1 }] };
  }

  async close(): Promise<void> {
    this.closings++;
  }
}
