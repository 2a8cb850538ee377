import type Long from 'long';
import { pwru } from '../../../proto/gen/pwru.js';
import { type AgentClient, AgentError, type TraceStream } from '../agents/agent-client.ts';
import { encodeEventBatch, eventBatchOf } from '../events/trace-response.ts';
import type { NodeQueue } from './node-queue.ts';

/** Until Started says otherwise. */
const HEARTBEAT_INTERVAL_MS = 5_000;

/** Silence that counts as a broken way to the agent: it sends a Status each second, whether events flow or not. */
export interface SilenceLimits {
  /** Before Started: a slow kernel can hold the agent up while it loads programs. */
  readonly preparingMs: number;
  readonly tracingMs: number;
}

/** What a session tells as soon as it hears it. Events, and what belongs between them, go into the queue. */
export interface SessionListener {
  started(started: pwru.v1.Started): void;
  status(status: pwru.v1.Status.$Properties): void;
  podTarget(status: pwru.v1.PodTargetStatus): void;
  /** Up to this boot time everything has come. */
  watermark(bootTimeNs: Long): void;
  summary(summary: pwru.v1.Summary): void;
}

/** What happens in the queue, when all events before it have been taken. */
export interface SessionActions {
  begin(started: pwru.v1.Started): void;
  names(entries: readonly pwru.v1.DictionaryEntry.$Properties[]): void;
  summary(summary: pwru.v1.Summary): void;
}

export interface AgentSessionParts {
  readonly client: AgentClient;
  readonly start: pwru.v1.StartTrace.$Properties;
  readonly queue: NodeQueue;
  readonly listener: SessionListener;
  readonly actions: SessionActions;
  /** Undefined: it may be silent for as long as it likes. */
  readonly silence: SilenceLimits | undefined;
}

/**
 * One session with an agent, from the request to the end of the stream: keeps it alive, and puts what comes into the queue.
 * While the queue is full nothing is read, heartbeats go on, and the agent counts what it loses.
 */
export class AgentSession {
  readonly #parts: AgentSessionParts;
  readonly #stream: TraceStream;
  #heartbeat: NodeJS.Timeout | undefined;
  #isStarted = false;
  #failure: AgentError | undefined;

  constructor(parts: AgentSessionParts) {
    this.#parts = parts;
    this.#stream = parts.client.trace(parts.start);
    this.#beat(HEARTBEAT_INTERVAL_MS);
  }

  /** Reads to the end. @throws AgentError */
  async run(): Promise<void> {
    const responses = this.#stream.responses[Symbol.asyncIterator]();
    try {
      for (;;) {
        const response = await this.#withinSilence(responses.next());
        if (this.#failure !== undefined) throw this.#failure;
        if (response.done === true) return;
        await this.#take(response.value);
      }
    } finally {
      clearInterval(this.#heartbeat);
      this.#stream.cancel();
      this.#parts.queue.pushAction(() => this.#parts.queue.endSession());
    }
  }

  send(request: pwru.v1.TraceRequest.$Properties): void {
    this.#stream.send(request);
  }

  /** Ends it at once; `run` throws what is given here. */
  cancel(failure?: AgentError): void {
    this.#failure ??= failure;
    this.#stream.cancel();
  }

  #beat(intervalMs: number): void {
    clearInterval(this.#heartbeat);
    this.#heartbeat = setInterval(() => this.#stream.send({ heartbeat: {} }), intervalMs);
  }

  /** Silence is what is heard while it is listened: not while the queue is full. */
  async #withinSilence<T>(response: Promise<T>): Promise<T> {
    const { silence } = this.#parts;
    if (silence === undefined) return response;
    const limitMs = this.#isStarted ? silence.tracingMs : silence.preparingMs;
    const timer = setTimeout(() => {
      this.cancel(new AgentError('lost', `nothing came for ${limitMs / 1_000} s`));
    }, limitMs);
    try {
      return await response;
    } finally {
      clearTimeout(timer);
    }
  }

  async #take(response: Uint8Array): Promise<void> {
    const { queue } = this.#parts;
    const batch = eventBatchOf(response);
    if (batch === undefined) this.#takeOther(decoded(response));
    else queue.pushBatch(batch);
    await queue.space();
  }

  #takeOther(response: pwru.v1.TraceResponse): void {
    const { queue, listener, actions } = this.#parts;
    const { started, dictionary, events, status, summary, podTarget, watermark } = response;
    if (dictionary) {
      const entries = dictionary.entries ?? [];
      queue.pushAction(() => actions.names(entries));
    } else if (events) {
      queue.pushBatch(encodeEventBatch(events));
    } else if (started) {
      this.#start(new pwru.v1.Started(started));
    } else if (status) {
      listener.status(status);
    } else if (podTarget) {
      listener.podTarget(new pwru.v1.PodTargetStatus(podTarget));
    } else if (watermark?.bootTimeNs) {
      const { bootTimeNs } = watermark;
      queue.pushAction(() =>
        queue.setWatermark(bootTimeNs.getHighBitsUnsigned(), bootTimeNs.getLowBitsUnsigned()),
      );
      listener.watermark(bootTimeNs);
    } else if (summary) {
      const last = new pwru.v1.Summary(summary);
      queue.pushAction(() => actions.summary(last));
      listener.summary(last);
    }
  }

  #start(started: pwru.v1.Started): void {
    const { queue, listener, actions } = this.#parts;
    this.#isStarted = true;
    if (started.heartbeatIntervalMs > 0) this.#beat(started.heartbeatIntervalMs);
    queue.pushAction(() => actions.begin(started));
    listener.started(started);
  }
}

/** A response that cannot be decoded: the agent's failure, and not one that goes away. */
export class NotUnderstoodError extends AgentError {
  constructor(thrown: unknown) {
    const cause = thrown instanceof Error ? thrown.message : String(thrown);
    super('lost', `Cannot understand the agent: ${cause}`, { cause: thrown });
  }
}

function decoded(response: Uint8Array): pwru.v1.TraceResponse {
  try {
    return pwru.v1.TraceResponse.decode(response);
  } catch (thrown) {
    throw new NotUnderstoodError(thrown);
  }
}
