import type { GrpcAgentClient } from '../../plugin/src/agents/grpc-client.ts';
import { lossTotals } from '../../plugin/src/events/accounting.ts';
import { pwru } from '../../proto/gen/pwru.js';

/** What became of a session's events. */
export interface CountedEvents {
  /** As the client saw them. */
  readonly received: number;
  /** As the agent's summary has them. */
  readonly produced: number;
  readonly delivered: number;
  readonly lost: number;
}

/** A session whose client reads everything, counts it, and gives signs of life. */
export class AgentSession implements AsyncDisposable {
  readonly #stream: ReturnType<GrpcAgentClient['trace']>;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #over: Promise<void>;
  #onStarted: () => void = () => {};
  #received = 0;
  #summary: pwru.v1.ISummary | undefined;
  /** Notices of Started. */
  notices: readonly string[] = [];

  private constructor(client: GrpcAgentClient, start: pwru.v1.StartTrace.$Properties) {
    this.#stream = client.trace(start);
    this.#heartbeat = setInterval(() => this.#stream.send({ heartbeat: {} }), 5_000);
    this.#over = this.#read();
  }

  /** Returns once packets are traced. @throws AgentError when the agent refuses */
  static async start(
    client: GrpcAgentClient,
    start: pwru.v1.StartTrace.$Properties,
  ): Promise<AgentSession> {
    const session = new AgentSession(client, start);
    const started = new Promise<void>((resolve) => {
      session.#onStarted = resolve;
    });
    await Promise.race([started, session.#over]);
    return session;
  }

  async #read(): Promise<void> {
    for await (const bytes of this.#stream.responses) {
      const { started, events, summary } = pwru.v1.TraceResponse.decode(bytes);
      if (started) {
        this.notices = started.notices ?? [];
        this.#onStarted();
      }
      this.#received += events?.events?.length ?? 0;
      if (summary) this.#summary = summary;
    }
  }

  async stop(): Promise<CountedEvents> {
    this.#stream.send({ stop: {} });
    await this.#over;
    clearInterval(this.#heartbeat);
    const { accounting } = this.#summary ?? {};
    return {
      received: this.#received,
      produced: Number(accounting?.producedEvents ?? 0),
      delivered: Number(accounting?.deliveredEvents ?? 0),
      lost: Number(lossTotals(accounting?.losses ?? []).totalEvents),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
