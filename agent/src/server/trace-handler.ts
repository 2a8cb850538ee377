import { pwru } from '../../../proto/gen/pwru.js';
import { PwruError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { SessionSink } from '../trace/ports.ts';
import { parsePodSelection } from '../trace/request/parse-pod-targets.ts';
import { parseStart } from '../trace/request/parse-start.ts';
import type { RegisteredSession, SessionRegistry } from '../trace/session/session-registry.ts';
import { SpacedCalls } from './spaced-calls.ts';

const { EndReason } = pwru.v1;

export interface TraceHandlerOptions {
  readonly registry: SessionRegistry;
  readonly log: Log;
  /** Longest session that a client may ask for. */
  readonly maxDurationMs: number;
  /** How long a call may stay without its `start`; 10 s. */
  readonly startTimeoutMs?: number;
}

/** Calls that wait for their `start`, at a time. */
const MAX_UNSTARTED_CALLS = 32;
const MAX_UNSTARTED_CALLS_OF_CLIENT = 4;

/** Requests that one call may send within a second; a client needs one heartbeat in five. */
const MAX_REQUESTS_PER_SECOND = 64;

/** A session's pods change so often at most: each time all of them are looked at, and the programs told. */
const podTargetsIntervalMs = 100;

/** Translates Trace calls into sessions, for every carrier. */
export class TraceHandler {
  readonly #options: TraceHandlerOptions;
  #unstartedCalls = 0;
  /** By client. */
  readonly #unstartedOf = new Map<string | undefined, number>();

  constructor(options: TraceHandlerOptions) {
    this.#options = options;
  }

  open(call: TraceCall): TraceEvents {
    const ofClient = this.#unstartedOf.get(call.client) ?? 0;
    const isClientFull = ofClient >= MAX_UNSTARTED_CALLS_OF_CLIENT;
    if (isClientFull || this.#unstartedCalls >= MAX_UNSTARTED_CALLS) {
      const limit = isClientFull
        ? `${ofClient} calls of this client without a start`
        : `${MAX_UNSTARTED_CALLS} calls without a start`;
      call.fail(
        new PwruError('LIMIT_REACHED', `Cannot take another Trace call: there are ${limit}`),
      );
      return { onRequest: () => {}, onHalfClose: () => {}, onCancel: () => {} };
    }
    this.#countUnstarted(call.client, 1);
    return new Conversation(call, this.#options, () => this.#countUnstarted(call.client, -1));
  }

  #countUnstarted(client: string | undefined, change: number): void {
    this.#unstartedCalls += change;
    const ofClient = (this.#unstartedOf.get(client) ?? 0) + change;
    if (ofClient === 0) this.#unstartedOf.delete(client);
    else this.#unstartedOf.set(client, ofClient);
  }
}

/** One Trace call: waits for `start`, then has a session, then is over. */
class Conversation implements TraceEvents {
  readonly #call: TraceCall;
  readonly #options: TraceHandlerOptions;
  readonly #onLeftUnstarted: () => void;
  #startTimer: NodeJS.Timeout | undefined;
  #session: RegisteredSession | undefined;
  readonly #podTargets = new SpacedCalls<pwru.v1.ISetPodTargets>(
    podTargetsIntervalMs,
    (podTargets) => this.#setPods(podTargets),
  );
  #isOver = false;
  #secondBeganAtMs = 0;
  #requestsInSecond = 0;

  constructor(call: TraceCall, options: TraceHandlerOptions, onLeftUnstarted: () => void) {
    this.#call = call;
    this.#options = options;
    this.#onLeftUnstarted = onLeftUnstarted;
    const startTimeoutMs = options.startTimeoutMs ?? 10_000;
    this.#startTimer = setTimeout(() => {
      const silence = `the client sent no start within ${startTimeoutMs} ms`;
      this.#fail(new PwruError('CANCELLED', `Cannot keep the Trace call: ${silence}`));
    }, startTimeoutMs).unref();
  }

  onRequest(request: pwru.v1.TraceRequest.$Properties): void {
    if (this.#isOver) return;
    try {
      this.#limitRate();
      this.#answer(request);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  onHalfClose(): void {
    if (this.#isOver) return;
    if (this.#session === undefined) {
      this.#fail(unexpected('start', 'the request stream ended without a start'));
      return;
    }
    this.#session.stop(EndReason.END_REASON_STOPPED);
  }

  onCancel(): void {
    this.#finish();
  }

  #answer(request: pwru.v1.TraceRequest.$Properties): void {
    if (this.#session === undefined) {
      if (!request.start) throw unexpected('start', 'the first request must be a start');
      this.#start(request.start);
      return;
    }
    this.#session.renewLease();
    if (request.start) throw unexpected('start', 'this Trace call has its session already');
    if (request.stop) this.#session.stop(EndReason.END_REASON_STOPPED);
    else if (request.podTargets) this.#podTargets.put(request.podTargets);
    else if (!request.heartbeat)
      throw unexpected('request', 'it says nothing that this agent knows');
  }

  #setPods({ pods, addresses, ports }: pwru.v1.ISetPodTargets): void {
    if (this.#isOver) return;
    const podsPath = 'pod_targets.pods';
    const placed = (pods ?? []).map((pod, index) => ({ path: `${podsPath}[${index}]`, pod }));
    const addressesPath = 'pod_targets.addresses';
    try {
      this.#session?.setPods(
        parsePodSelection({
          ...{ pods: placed, podsPath, addresses: addresses ?? [], addressesPath },
          ...{ ports: ports ?? [], portsPath: 'pod_targets.ports' },
        }),
      );
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #start(request: pwru.v1.StartTrace.$Properties): void {
    const { registry, log, maxDurationMs } = this.#options;
    const spec = parseStart(request, maxDurationMs);
    const session = registry.start({ request, spec, sink: this.#call, owner: this.#call.client });
    this.#session = session;
    this.#leaveUnstarted();
    log.info({ session: session.id, client: spec.clientName }, 'Session asked for');
    // What a client looks for may be a secret: only for those who ask for debug output.
    log.debug(
      { session: session.id, targets: spec.targets, filter: spec.filter },
      'Session filter',
    );
    session.ended.then(
      () => {
        log.info({ session: session.id, readyMs: session.readyMs }, 'Session ended');
        this.#isOver = true;
        this.#podTargets[Symbol.dispose]();
        this.#call.end();
      },
      (thrown: unknown) => this.#fail(thrown),
    );
  }

  /** Ends the call with an error, and its session with it. */
  #fail(thrown: unknown): void {
    const { log } = this.#options;
    const session = this.#session?.id;
    if (!(thrown instanceof PwruError)) {
      log.error({ session, err: thrown }, 'Trace call failed by a defect of the agent');
    } else if (!this.#isOver) {
      log.info({ session, code: thrown.code, field: thrown.details.field }, 'Trace call failed');
      // The message may repeat what the client looks for.
      log.debug({ session, message: thrown.message }, 'Trace call failed because');
    }
    this.#call.fail(thrown);
    this.#finish();
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#podTargets[Symbol.dispose]();
    this.#leaveUnstarted();
    this.#session?.stop(EndReason.END_REASON_STOPPED);
  }

  #leaveUnstarted(): void {
    if (this.#startTimer === undefined) return;
    clearTimeout(this.#startTimer);
    this.#startTimer = undefined;
    this.#onLeftUnstarted();
  }

  #limitRate(): void {
    const nowMs = performance.now();
    if (nowMs - this.#secondBeganAtMs >= 1_000) {
      this.#secondBeganAtMs = nowMs;
      this.#requestsInSecond = 0;
    }
    this.#requestsInSecond++;
    if (this.#requestsInSecond > MAX_REQUESTS_PER_SECOND) {
      const limit = `more than ${MAX_REQUESTS_PER_SECOND} requests within a second`;
      throw new PwruError('LIMIT_REACHED', `Cannot keep the Trace call: ${limit}`);
    }
  }
}

function unexpected(field: string, why: string): PwruError {
  return new PwruError('INVALID_ARGUMENT', `Cannot take the request: ${why}`, { field });
}

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
