import type { HostPort } from '../core/host-port.ts';
import type { Log } from '../core/log.ts';
import { type HttpAnswer, HttpServer } from './http-server.ts';
import { Metrics, type PodSourceHealth, unsyncedReason } from './metrics.ts';

export interface TelemetryOptions {
  readonly address: HostPort;
  readonly version: string;
  readonly log: Log;
  /** Tries whether a trace could be had. @throws PwruError when it could not */
  readonly testBackends: () => Promise<void>;
  /** Absent on a machine without Kubernetes. */
  readonly pods?: PodSourceHealth | undefined;
}

/** What was refused is tried again, which takes some milliseconds of CPU; anybody may ask. */
const trialIntervalMs = 2_000;

/** Metrics are made anew for the first who asks in this time, so that asking often costs little. */
const renderingIntervalMs = 500;

/** The agent's HTTP side: `/metrics`, `/healthz`, `/readyz`. */
export class Telemetry implements AsyncDisposable {
  readonly #metrics: Metrics;
  readonly #checks: readonly ReadinessCheck[];
  readonly #log: Log;
  #server: HttpServer | undefined;
  #notServing: string | undefined = 'the agent is starting';
  #rendering: { readonly atMs: number; readonly text: Promise<string> } | undefined;

  private constructor(options: TelemetryOptions) {
    const { testBackends, pods, log } = options;
    this.#log = log;
    this.#metrics = new Metrics(options);
    this.#checks = [
      { name: 'agent', run: () => this.#notServing },
      atMostEvery(trialIntervalMs, {
        name: 'bpf',
        run: async () => {
          await testBackends();
          return undefined;
        },
      }),
      ...(pods === undefined ? [] : [{ name: 'pods', run: () => unsyncedReason(pods) }]),
    ];
  }

  /** Serves once it returns; not ready until `serving`. @throws PwruError SYSTEM when it cannot listen */
  static async open(options: TelemetryOptions): Promise<Telemetry> {
    const telemetry = new Telemetry(options);
    telemetry.#server = await HttpServer.open({
      address: options.address,
      routes: {
        '/metrics': () => telemetry.#renderMetrics(),
        // The event loop is alive, or there is no answer.
        '/healthz': () => ({ status: 200, body: 'ok\n' }),
        '/readyz': () => telemetry.#reportReadiness(),
      },
      onError: (path, thrown) =>
        options.log.error({ path, err: thrown }, 'An HTTP request failed by a defect of the agent'),
    });
    // The first who asks finds it done.
    void telemetry.#reportReadiness();
    return telemetry;
  }

  /** As a URL has it. */
  get address(): string {
    return this.#server?.address ?? '';
  }

  /** What is to be told of sessions, and of gRPC calls. */
  get sessions(): Metrics['sessions'] {
    return this.#metrics.sessions;
  }

  get calls(): Metrics['calls'] {
    return this.#metrics.calls;
  }

  /** From now on the agent is ready, if all else is. */
  serving(): void {
    this.#notServing = undefined;
  }

  /** From now on it is not; the rest goes on until it is disposed. */
  stopping(): void {
    this.#notServing = 'the agent is shutting down';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.close();
  }

  async #renderMetrics(): Promise<HttpAnswer> {
    if (
      this.#rendering === undefined ||
      performance.now() - this.#rendering.atMs >= renderingIntervalMs
    ) {
      this.#rendering = { atMs: performance.now(), text: this.#metrics.render() };
    }
    return {
      status: 200,
      contentType: this.#metrics.contentType,
      body: await this.#rendering.text,
    };
  }

  async #reportReadiness(): Promise<HttpAnswer> {
    const { isReady, text } = await reportReadiness(this.#checks);
    if (!isReady) this.#log.debug({ readiness: text }, 'Not ready');
    return { status: isReady ? 200 : 503, body: text };
  }
}

/** One thing that an agent needs in order to serve. */
export interface ReadinessCheck {
  readonly name: string;
  /** @returns one sentence on why it is not so, or undefined when it is. May throw; the message is the reason then. */
  run(): Promise<string | undefined> | string | undefined;
}

export interface ReadinessReport {
  readonly isReady: boolean;
  /** One line per check: `ok NAME` or `not ready NAME: reason`. */
  readonly text: string;
}

/** Runs all checks, one after the other. */
export async function reportReadiness(checks: readonly ReadinessCheck[]): Promise<ReadinessReport> {
  const lines: string[] = [];
  let isReady = true;
  for (const check of checks) {
    const reason = await reasonOf(check);
    isReady &&= reason === undefined;
    lines.push(reason === undefined ? `ok ${check.name}` : `not ready ${check.name}: ${reason}`);
  }
  return { isReady, text: `${lines.join('\n')}\n` };
}

async function reasonOf(check: ReadinessCheck): Promise<string | undefined> {
  try {
    return await check.run();
  } catch (thrown) {
    return oneLine(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** What a kernel says in its refusals has line ends now and then. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/**
 * An expensive check: it runs when its result is asked for, at most once in `intervalMs`; requests in between get the last
 * result.
 */
export function atMostEvery(intervalMs: number, check: ReadinessCheck): ReadinessCheck {
  let last: { readonly atMs: number; readonly reason: Promise<string | undefined> } | undefined;
  return {
    name: check.name,
    run: () => {
      if (last === undefined || performance.now() - last.atMs >= intervalMs) {
        last = { atMs: performance.now(), reason: reasonOf(check) };
      }
      return last.reason;
    },
  };
}
