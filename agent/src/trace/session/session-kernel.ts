import { PwruError } from '../../core/errors.ts';
import { seeAllEnds } from '../../core/probe/skb-release.ts';
import { ResourceStack } from '../../core/resource.ts';
import type { CodeRange } from '../../core/symbols/code-symbol.ts';
import type { BlindSoftirqsUse } from '../../kernel/bpf/blind-softirqs.ts';
import type { BpfObject } from '../../kernel/bpf/bpf-object.ts';
import { type CounterTable, missedByLinks, missedHits } from '../../kernel/bpf/counters.ts';
import { ProbeLinks, type RefusedProbe } from '../../kernel/bpf/probe-links.ts';
import { programCode } from '../../kernel/bpf/program-code.ts';
import type { RingReader } from '../../kernel/bpf/rings.ts';
import type { SessionMaps } from '../../kernel/bpf/session-maps.ts';
import type { TargetPlaces } from '../../kernel/bpf/target-maps.ts';
import { onlineCpus } from '../../kernel/cpus.ts';
import { NetworkNamespace, type NodeFolders } from '../../kernel/netns.ts';
import { ownTurn } from '../own-turn.ts';
import type { TargetSpec, TraceSpec } from '../request/trace-spec.ts';
import type { ProbeSource } from '../source/probe-source.ts';
import type { SessionProbes } from '../source/session-probes.ts';

/** The kernel does not let this session have its programs or its probes: another backend may do. */
export class BackendFailure extends Error {
  readonly failure: PwruError;

  constructor(failure: PwruError) {
    super(failure.message, { cause: failure });
    this.failure = failure;
  }
}

export interface SessionKernelRequest {
  readonly spec: TraceSpec;
  readonly probes: SessionProbes;
  /** Stay the caller's, and outlive what is opened. */
  readonly maps: Promise<SessionMaps>;
  /** The same; undefined: no program of the session sees that a packet ends. */
  readonly blind: Promise<BlindSoftirqsUse | undefined> | undefined;
  /** The session's programs, owned by its kernel side from now on. */
  readonly programs: Promise<BpfObject>;
  /** Where targets that are no pods are found. */
  readonly folders: NodeFolders | undefined;
}

export interface AttachRequest {
  readonly signal: AbortSignal;
  readonly onProgress: (functionsDone: number) => void;
}

/** What came on while the session traces. */
export interface LateProbes {
  readonly attached: number;
  /** By the kernel, each with its errno. */
  readonly refused: readonly RefusedProbe[];
  /** What they are on is gone. Twice is harmless. */
  detach(): Promise<void>;
}

/**
 * What one session has in the kernel beside its maps: namespaces held open, programs, links. Closing it, or the end of the
 * process, takes all of it away.
 */
export class SessionKernel implements AsyncDisposable {
  readonly links: ProbeLinks;
  readonly counters: CounterTable;
  readonly reader: RingReader;
  readonly namespaces: readonly NetworkNamespace[];
  readonly #object: BpfObject;
  readonly #probes: SessionProbes;
  readonly #maps: SessionMaps;
  readonly #blind: BlindSoftirqsUse | undefined;
  readonly #resources: ResourceStack;
  /** Of links that were found to have missed hits. */
  #doubtedMisses = 0;
  #epoch = 0;
  /** By links of `attachLate` that are closed. */
  #missedBefore = 0;
  #missedHits: number | undefined;

  private constructor(parts: {
    readonly links: ProbeLinks;
    readonly maps: SessionMaps;
    readonly blind: BlindSoftirqsUse | undefined;
    readonly reader: RingReader;
    readonly namespaces: readonly NetworkNamespace[];
    readonly object: BpfObject;
    readonly probes: SessionProbes;
    readonly followsPods: boolean;
    readonly resources: ResourceStack;
  }) {
    this.links = parts.links;
    this.counters = parts.maps.counters;
    this.reader = parts.reader;
    this.namespaces = parts.namespaces;
    this.#object = parts.object;
    this.#probes = parts.probes;
    this.#maps = parts.maps;
    this.#blind = parts.blind;
    const inodes = inodesOf(parts.namespaces);
    // One namespace is compared without a look-up.
    const [only = 0] = parts.followsPods || inodes.length !== 1 ? [] : inodes;
    this.#maps.setControl({ onlyNetns: only });
    this.#resources = parts.resources;
    this.setPodPlaces({ namespaces: [] });
  }

  /**
   * Opens targets and rings, and waits for the programs. Nothing is attached yet.
   * @throws PwruError NOT_FOUND for a target; BackendFailure when the programs do not load.
   */
  static async open(request: SessionKernelRequest): Promise<SessionKernel> {
    await using resources = new ResourceStack();
    const { programs } = request;
    resources.defer(() => programs.then((object) => object[Symbol.dispose](), nothing));
    // Awaited below, once the rings are there.
    programs.catch(nothing);
    // All sessions of a connection may end together; what they have in the kernel goes one after the other.
    resources.defer(ownTurn);
    const namespaces = request.spec.targets.map((target) =>
      resources.use(openNamespace(target, request.folders)),
    );
    await ownTurn();
    const maps = await request.maps.catch(asBackendFailure);
    // The kernel clears the rings' memory while it verifies the programs on another thread.
    const { ringBudgetBytes } = request.spec;
    const reader = await maps.openRings({ cpus: onlineCpus(), budgetBytes: ringBudgetBytes });
    const blind = await request.blind;
    const object = await programs.catch(asBackendFailure);
    await ownTurn();
    const links = resources.use(new ProbeLinks());
    return new SessionKernel({
      links,
      maps,
      blind,
      reader,
      namespaces,
      object,
      probes: request.probes,
      followsPods: request.spec.pods !== undefined,
      resources: resources.move(),
    });
  }

  /**
   * Attaches every probe of the session; hits count only after `setReady(true)`.
   * @returns what the kernel refused, each with its errno.
   * @throws BackendFailure when the backend as a whole does not work.
   */
  async attach(request: AttachRequest): Promise<RefusedProbe[]> {
    const { links } = this;
    const refused = await this.#probes
      .attach({ links, programFd: this.#programFd, ...request })
      .catch(asBackendFailure);
    const seen = new Set(this.#probes.endHooks);
    for (const { name, module } of refused) if (module === '') seen.delete(name);
    const isCounted = this.#blind !== undefined && (await this.#blind.failure) === undefined;
    this.#maps.setControl({ alwaysDoubt: !(isCounted && seeAllEnds(seen)) });
    return refused;
  }

  /** Softirqs since the session began in which no program on a function ran. */
  blindSoftirqs(): number {
    return this.#blind?.opened() ?? 0;
  }

  /** To be called from time to time: where hits were missed, an end may have been, too. */
  doubtMissedHits(): void {
    const missed = missedByLinks(this.links.fds);
    if (missed === this.#doubtedMisses) return;
    this.#doubtedMisses = missed;
    this.#epoch++;
    this.#maps.setControl({ epoch: this.#epoch });
  }

  /**
   * Attaches what was not there before; it is detached with the rest.
   * @throws PwruError when none of it can be attached.
   */
  async attachLate(source: ProbeSource, signal: AbortSignal): Promise<LateProbes> {
    const links = this.links.part();
    const refused = await source.attach({
      ...{ links, signal, programFd: this.#programFd },
      onProgress: nothing,
    });
    return {
      attached: links.functionsAttached,
      refused,
      detach: () => {
        this.#missedBefore += missedHits([], links.fds);
        return links.close();
      },
    };
  }

  /** Where the session's programs lie in the kernel. */
  programCode(): CodeRange[] {
    return this.#probes.shape.programs.flatMap((name) => programCode(this.#programFd(name)));
  }

  /** Traces these places beside the session's own namespaces. @returns how many of them found no room. */
  setPodPlaces(places: TargetPlaces): number {
    const namespaces = [...inodesOf(this.namespaces), ...places.namespaces];
    const { targets } = this.#maps;
    const homeless = targets.set({ ...places, namespaces });
    this.#maps.setControl({ ports: targets.portCount });
    return homeless;
  }

  /** Lets the programs produce, or not: takes effect at once on all CPUs. */
  setReady(ready: boolean): void {
    this.#maps.setControl({ ready });
  }

  /** Detaches every probe. Calling it again waits for the same end. */
  detach(): Promise<void> {
    this.#missedHits ??= this.missedHits();
    return this.links.close();
  }

  /** Hits that the kernel skipped, up to `detach`: links that are closed no longer tell theirs. */
  missedHits(): number {
    if (this.#missedHits !== undefined) return this.#missedHits;
    const programFds = this.#probes.shape.programs.map(this.#programFd);
    return this.#missedBefore + missedHits(programFds, this.links.fds);
  }

  /** Packets that the kernel pushed out of its table to make room. */
  packetEvictions(): number {
    return this.#maps.packetEvictions();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources[Symbol.asyncDispose]();
  }

  readonly #programFd = (name: string): number => this.#object.programFd(name);
}

function nothing(): void {}

/** What is wrong with the request would be so by every backend. */
function asBackendFailure(thrown: unknown): never {
  if (thrown instanceof PwruError && thrown.code !== 'FILTER_UNSUPPORTED')
    throw new BackendFailure(thrown);
  throw thrown;
}

function openNamespace(target: TargetSpec, folders: NodeFolders | undefined): NetworkNamespace {
  return target.kind === 'netns'
    ? NetworkNamespace.named(target.name, folders)
    : NetworkNamespace.ofProcess(target.pid, folders);
}

/** Two targets may be one namespace. */
function inodesOf(namespaces: readonly NetworkNamespace[]): number[] {
  return [...new Set(namespaces.map((namespace) => namespace.inode))];
}
