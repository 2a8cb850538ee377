import Long from 'long';
import { pwru } from '../../../../proto/gen/pwru.js';
import { DropJudge } from '../../core/drops/drop-judge.ts';
import { PwruError } from '../../core/errors.ts';
import { heartbeatIntervalMs, leaseMs } from '../../core/limits.ts';
import type { PodSource } from '../../core/pods.ts';
import type { EventNames } from '../../core/record/event-names.ts';
import { BootClock } from '../../kernel/boot-clock.ts';
import type { RefusedProbe } from '../../kernel/bpf/probe-links.ts';
import type { NodeFolders } from '../../kernel/netns.ts';
import type { SessionSink, SessionSnapshot, TraceSession } from '../ports.ts';
import type { PodSelection, TraceSpec } from '../request/trace-spec.ts';
import type { BackendStatus } from '../source/backends.ts';
import type { ProbeSource } from '../source/probe-source.ts';
import { encodeBackendStatus } from '../source/refusal-causes.ts';
import { DropJourneys } from '../stream/drop-journeys.ts';
import { EventStream } from '../stream/event-stream.ts';
import { HeldDepartures } from '../stream/held-departures.ts';
import { NamespaceNames } from '../stream/namespace-names.ts';
import { departureFields, encodeStarted, encodeSummary } from '../stream/responses.ts';
import { UndecidedEvents } from '../stream/undecided-events.ts';
import { accountingOf, type CountedEvents, emptyAccounting } from './accounting.ts';
import type { CpuShare } from './cpu-share.ts';
import type { ModuleWatch } from './module-watch.ts';
import { Outbox } from './outbox.ts';
import { PodTargets } from './pod-targets.ts';
import type { PreparedSession, SessionPreparer } from './prepare-session.ts';
import { BackendFailure, type LateProbes, type SessionKernel } from './session-kernel.ts';
import { SessionNotices } from './session-notices.ts';
import { reportStatus, type StatusReports } from './status-reports.ts';

const { EndReason, SessionState } = pwru.v1;

/** After the programs are told to stop, this long until none runs any more: they take microseconds. */
const quiescenceMs = 20;

/** After the end, what was produced is delivered until the client has taken nothing for so long, */
const drainStallMs = 1_000;
/** or for so long in all: on a busy machine both ends are slow. */
const drainMostMs = 10_000;

/** The Summary waits at most this long for the probes to be gone: plain kprobes take minutes. */
const detachBeforeSummaryMs = 300;

/** What a session works with. */
export interface SessionWiring {
  readonly sink: SessionSink;
  readonly preparer: SessionPreparer;
  readonly pods: PodSource | undefined;
  /** Where the node's namespaces have their names; undefined: where this process sees them. */
  readonly folders?: NodeFolders | undefined;
  readonly cpuShare: CpuShare;
}

/**
 * One trace. It runs from its construction until `ended` settles, and owns all that it opens in between.
 */
export class Session implements TraceSession {
  readonly id: string;
  readonly spec: TraceSpec;
  readonly ended: Promise<void>;
  readonly #preparer: SessionPreparer;
  readonly #pods: PodSource | undefined;
  readonly #folders: NodeFolders | undefined;
  readonly #outbox: Outbox;
  readonly #cpuShare: CpuShare;
  /** Of `#cpuShare`, for what the session does. */
  #share: Disposable;
  readonly #clock = new BootClock();
  readonly #stopRequest = new AbortController();
  #endReason: pwru.v1.EndReason = EndReason.END_REASON_UNSPECIFIED;
  #state: pwru.v1.SessionState = SessionState.SESSION_STATE_PREPARING;
  #functionsDone = 0;
  #reports: StatusReports | undefined;
  #prepared: PreparedSession | undefined;
  #kernel: SessionKernel | undefined;
  /** What the client asked for last. */
  #selection: PodSelection | undefined;
  #followedPods: PodTargets | undefined;
  #undecided: UndecidedEvents | undefined;
  #stream: EventStream | undefined;
  #departures: HeldDepartures | undefined;
  #modules: ModuleWatch | undefined;
  readonly #notices = new SessionNotices();
  #refused: readonly RefusedProbe[] = [];
  #startedAtMs: number | undefined;
  /** The last Accounting, once the kernel side is gone. */
  #finalAccounting: CountedEvents | undefined;
  #functionsAttached = 0;
  /** Functions of modules that came. */
  #lateTotal = 0;
  #attachMs: number | undefined;
  #detachBeganAtMs: number | undefined;
  #detachMs: number | undefined;
  #refusedProbes: readonly RefusedProbe[] = [];

  constructor(id: string, spec: TraceSpec, wiring: SessionWiring) {
    this.id = id;
    this.spec = spec;
    this.#outbox = new Outbox(wiring.sink);
    this.#preparer = wiring.preparer;
    this.#pods = wiring.pods;
    this.#folders = wiring.folders;
    this.#selection = spec.pods;
    this.#cpuShare = wiring.cpuShare;
    this.#share = this.#cpuShare.hurry();
    this.ended = this.#run();
  }

  snapshot(): SessionSnapshot {
    return {
      state: this.#state,
      backend: this.#prepared?.backend.name ?? '',
      functionsAttached: this.#kernel?.links.functionsAttached ?? 0,
      ...this.#accounting(),
      attachMs: this.#attachMs,
      detachMs: this.#detachMs,
      refusedProbes: this.#refusedProbes,
    };
  }

  setPods(pods: PodSelection): void {
    if (this.spec.pods === undefined) {
      throw new PwruError(
        'INVALID_ARGUMENT',
        'Cannot change the pods of this session: it began without pods_only and without a pod',
        { field: 'pod_targets' },
      );
    }
    this.#selection = pods;
    this.#followedPods?.set(pods);
  }

  stop(reason: pwru.v1.EndReason): void {
    if (this.#stopRequest.signal.aborted) return;
    this.#endReason = reason;
    this.#stopRequest.abort();
  }

  async #run(): Promise<void> {
    using reports = reportStatus(this.#outbox, {
      progress: () => ({ state: this.#state, functionsDone: this.#progress() }),
      describe: () => this.#status(),
    });
    this.#reports = reports;
    try {
      const failed: BackendStatus[] = [];
      for (;;) {
        const failure = await this.#tryBackend(failed);
        if (failure === undefined) return;
        failed.push(failure);
      }
    } finally {
      this.#state = SessionState.SESSION_STATE_ENDED;
      this.#share[Symbol.dispose]();
    }
  }

  /**
   * Traces by the best backend that has not failed.
   * @returns when the session is over, undefined; else why another backend has to be taken: it has not begun to trace.
   */
  async #tryBackend(failed: readonly BackendStatus[]): Promise<BackendStatus | undefined> {
    this.#state = SessionState.SESSION_STATE_PREPARING;
    this.#functionsDone = 0;
    this.#detachBeganAtMs = undefined;
    const preparing = this.#preparer.prepare(this.spec, failed);
    if ((await untilAborted(preparing, this.#stopRequest.signal)) === undefined) {
      await this.#summarize();
      await disposeLate(preparing);
      return undefined;
    }
    await using prepared = await preparing;
    this.#prepared = prepared;
    try {
      await this.#trace(prepared);
      return undefined;
    } catch (thrown) {
      if (!(thrown instanceof BackendFailure)) throw thrown;
      return prepared.failed(thrown.failure);
    }
  }

  async #trace(prepared: PreparedSession): Promise<void> {
    const opening = prepared.openKernel();
    if ((await untilAborted(opening, this.#stopRequest.signal)) === undefined) {
      await this.#summarize();
      await disposeLate(opening);
      return;
    }
    await using kernel = await opening;
    this.#kernel = kernel;
    try {
      using _pods = this.#followPods(kernel);
      await this.#attach(kernel, prepared);
      using namespaces = new NamespaceNames({
        namespaces: kernel.namespaces,
        pods: this.#pods,
        clock: this.#clock,
        folders: this.#folders,
      });
      const names = prepared.names({ namespaces, ownCode: kernel.programCode() });
      const stream = this.#openStream(kernel, prepared, names, namespaces);
      using modules = prepared.watchModules(names, (source) => this.#attachLate(kernel, source));
      this.#modules = modules;
      if (!this.#stopRequest.signal.aborted) this.#begin(kernel, prepared);
      const running = stream.run();
      // A fault in reading ends the session; it is thrown where the end waits for it.
      running.catch(() => this.stop(EndReason.END_REASON_UNSPECIFIED));
      await aborted(this.#stopRequest.signal);
      await this.#end(kernel, stream, running);
    } finally {
      this.#followedPods = undefined;
      // Whatever happened: nothing stays attached, and the last numbers outlive the memory they were read from.
      kernel.setReady(false);
      this.#state = SessionState.SESSION_STATE_DETACHING;
      this.#detachBeganAtMs ??= performance.now();
      await kernel.detach();
      this.#detachMs = performance.now() - this.#detachBeganAtMs;
      this.#finalAccounting = this.#accounting();
      this.#kernel = undefined;
    }
  }

  async #attach(kernel: SessionKernel, prepared: PreparedSession): Promise<void> {
    this.#state = SessionState.SESSION_STATE_ATTACHING;
    this.#reports?.report();
    const beganAtMs = performance.now();
    const refused = await kernel.attach({
      signal: this.#stopRequest.signal,
      onProgress: (functionsDone) => {
        this.#functionsDone = functionsDone;
      },
    });
    this.#attachMs = performance.now() - beganAtMs;
    this.#refusedProbes = refused;
    this.#refused = [...prepared.probes.refused, ...refused];
    this.#functionsAttached = kernel.links.functionsAttached;
    if (this.#stopRequest.signal.aborted) return;
    if (this.#functionsAttached === 0) {
      throw new BackendFailure(
        new PwruError(
          'NO_FUNCTIONS',
          `Cannot trace: the kernel refused all ${refused.length} functions (${refused[0]?.name}: ${refused[0]?.reason})`,
        ),
      );
    }
    prepared.worked();
  }

  /** What is not attached any more when the session ends: undefined. */
  async #attachLate(kernel: SessionKernel, source: ProbeSource): Promise<LateProbes | undefined> {
    if (this.#stopRequest.signal.aborted) return undefined;
    using _share = this.#cpuShare.hurry();
    const late = await kernel.attachLate(source, this.#stopRequest.signal);
    const refused = [...source.refused, ...late.refused];
    this.#functionsAttached += late.attached;
    this.#lateTotal += source.total;
    this.#refused = [...this.#refused, ...refused];
    return { ...late, refused };
  }

  #followPods(kernel: SessionKernel): PodTargets | undefined {
    if (this.#selection === undefined || this.#pods === undefined) return undefined;
    this.#undecided = new UndecidedEvents(kernel.counters.cpus, this.spec.heldShare);
    this.#followedPods = new PodTargets(this.#selection, {
      source: this.#pods,
      outbox: this.#outbox,
      clock: this.#clock,
      undecided: this.#undecided,
      expectsPods: this.spec.expectsPods,
      setPlaces: (places) => kernel.setPodPlaces(places),
    });
    return this.#followedPods;
  }

  #openStream(
    kernel: SessionKernel,
    prepared: PreparedSession,
    names: EventNames,
    namespaces: NamespaceNames,
  ): EventStream {
    if (this.spec.dropsOnly) {
      this.#departures = new HeldDepartures({
        places: prepared.probes.places,
        nodeNetns: () => this.#pods?.nodeNamespace?.inode,
      });
    }
    this.#stream = new EventStream({
      departures: this.#departures,
      cursors: kernel.reader.cursors,
      names,
      namespaces,
      watermarkIntervalMs: this.spec.watermarkIntervalMs,
      shortRepeats: this.spec.shortRepeats,
      tellsEnds: this.spec.tellsEnds,
      sink: this.#outbox,
      clock: this.#clock,
      undecided: this.#undecided,
      journeys: this.spec.dropsOnly
        ? new DropJourneys({
            ...{ stack: this.spec.stack, cpus: kernel.counters.cpus },
            ...{ judge: new DropJudge(names), showsAll: this.spec.allDrops },
            tellsFirstEnds: prepared.probes.shape.hasReleaseHooks,
            reportsEnds: this.spec.tellsEnds,
            heldShare: this.spec.heldShare,
          })
        : undefined,
    });
    return this.#stream;
  }

  /** From here on hits count. */
  #begin(kernel: SessionKernel, prepared: PreparedSession): void {
    void this.#outbox.write(
      encodeStarted({
        sessionId: this.id,
        node: prepared.node,
        kernelRelease: prepared.kernelRelease,
        backend: prepared.backend.name,
        rejectedBackends: prepared.backend.rejected.map(encodeBackendStatus),
        bootToWallNs: Long.fromBigInt(this.#clock.wallOffsetNs()),
        functionsAttached: this.#functionsAttached,
        refusedFunctions: [...this.#refused],
        heartbeatIntervalMs,
        leaseMs,
        notices: [...prepared.notices],
      }),
    );
    this.#startedAtMs = performance.now();
    this.#state = SessionState.SESSION_STATE_TRACING;
    kernel.setReady(true);
    this.#followedPods?.begin();
    this.#take(this.#cpuShare.read());
  }

  /** Stops producing, delivers what there is, detaches, and says how it was. */
  async #end(kernel: SessionKernel, stream: EventStream, running: Promise<void>): Promise<void> {
    this.#take(this.#cpuShare.hurry());
    kernel.setReady(false);
    this.#state = SessionState.SESSION_STATE_DETACHING;
    this.#detachBeganAtMs = performance.now();
    const detached = kernel.detach();
    const looked = this.#modules?.look();
    await delay(quiescenceMs);
    stream.stop(drainStallMs, drainMostMs);
    await running;
    await looked;
    await Promise.race([detached, delay(detachBeforeSummaryMs)]);
    await this.#summarize();
    await detached;
  }

  #take(share: Disposable): void {
    this.#share[Symbol.dispose]();
    this.#share = share;
  }

  async #summarize(): Promise<void> {
    await this.#outbox.end(
      encodeSummary({
        reason: this.#endReason,
        durationMs: Long.fromNumber(
          this.#startedAtMs === undefined ? 0 : performance.now() - this.#startedAtMs,
          true,
        ),
        functionsAttached: this.#functionsAttached,
        functionsRefused: this.#refused.length,
        functionsHit: this.#stream?.functionsHit ?? 0,
        accounting: this.#accounting().accounting,
        notices: [...this.#currentNotices()],
        ...departureFields(this.#departures),
      }),
    );
  }

  #accounting(): CountedEvents {
    const kernel = this.#kernel;
    if (kernel === undefined) return this.#finalAccounting ?? emptyAccounting();
    const undecided = this.#undecided;
    return accountingOf({
      counters: kernel.counters,
      streamCounts: this.#stream?.counts() ?? [],
      deliveredEnds: this.#stream?.deliveredEnds ?? 0,
      droppedPackets: this.#stream?.droppedPackets,
      othersPackets: (undecided?.foreignPackets ?? 0) + (undecided?.undecidedPackets ?? 0),
      undecidedEvents: undecided?.undecidedEvents ?? 0,
      missedHits: kernel.missedHits(),
      identityEvictions: kernel.packetEvictions(),
      blindSoftirqs: kernel.blindSoftirqs(),
    });
  }

  #status(): pwru.v1.IStatus {
    this.#kernel?.doubtMissedHits();
    return {
      state: this.#state,
      functionsDone: this.#progress(),
      functionsTotal: (this.#prepared?.probes.total ?? 0) + this.#lateTotal,
      accounting: this.#accounting().accounting,
      notices: [...this.#currentNotices()],
    };
  }

  #currentNotices(): readonly string[] {
    const notices = this.#notices;
    for (const text of this.#modules?.notices ?? []) notices.tell(text, text);
    const { homelessPlaces = 0, untoldStates = 0 } = this.#followedPods ?? {};
    if (homelessPlaces > 0) {
      const places = `${homelessPlaces} namespaces, interfaces, addresses or ports of pods`;
      notices.tell(
        'places',
        `${places} are not traced: the tables of the session's targets are full`,
      );
    }
    if (untoldStates > 0) {
      notices.tell(
        'states',
        'States of pods were overtaken by later ones before this client read them',
      );
    }
    if ((this.#stream?.dictionaryResets ?? 0) > 0) {
      notices.tell('names', 'So many different names came up that those of before are sent again');
    }
    return notices.texts;
  }

  #progress(): number {
    if (this.#state === SessionState.SESSION_STATE_ATTACHING) return this.#functionsDone;
    return this.#kernel?.links.functionsAttached ?? 0;
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What the promise gives, or undefined when the abort comes first; a later failure is nobody's concern then. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return Promise.race([promise, aborted(signal).then(() => undefined)]);
}

/** Nobody waits any more for what this gives, or for why it fails. */
export async function disposeLate(promise: Promise<AsyncDisposable>): Promise<void> {
  const late = await promise.catch(() => undefined);
  await late?.[Symbol.asyncDispose]();
}

export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}
