import { patchFilter } from '../core/elf/patch-function.ts';
import type { FilterPlan } from '../core/filter/filter-plan.ts';
import { ResourceStack } from '../core/resource.ts';
import { BpfObject } from '../kernel/bpf-object.ts';
import { CounterTable } from '../kernel/counter-table.ts';
import { onlineCpus, possibleCpuCount } from '../kernel/cpus.ts';
import { EventRings } from '../kernel/event-rings.ts';
import { missedHits } from '../kernel/missed-hits.ts';
import { NetworkNamespace } from '../kernel/netns.ts';
import type { RefusedProbe } from '../kernel/probe-attachment.ts';
import { ProbeLinks } from '../kernel/probe-links.ts';
import { RingReader } from '../kernel/ring-reader.ts';
import { encodeConfig, encodeTargets } from '../kernel/session-config.ts';
import { countEntries, updateMap } from '../native/libbpf.ts';
import type { SessionProbes } from './session-probes.ts';
import type { TargetSpec, TraceSpec } from './trace-spec.ts';

/** Packets whose identity is known at the same time (struct identity, 24 bytes of kernel memory and overhead each). */
const identityEntries = 65_536;

const identityBytes = { key: 8, value: 16 } as const;

export interface SessionKernelRequest {
  readonly spec: TraceSpec;
  /** The compiled BPF object. */
  readonly elf: Uint8Array;
  readonly filter: FilterPlan;
  readonly probes: SessionProbes;
  readonly hasFunctionAddress: boolean;
}

export interface AttachRequest {
  readonly signal: AbortSignal;
  readonly onProgress: (functionsDone: number) => void;
}

/**
 * Everything of one session that lives in the kernel: namespaces held open, programs, maps, rings, links. Closing it, or
 * the end of the process, takes all of it away.
 */
export class SessionKernel implements AsyncDisposable {
  readonly links: ProbeLinks;
  readonly counters: CounterTable;
  readonly reader: RingReader;
  readonly namespaces: readonly NetworkNamespace[];
  readonly #object: BpfObject;
  readonly #probes: SessionProbes;
  readonly #resources: ResourceStack;

  private constructor(parts: {
    readonly links: ProbeLinks;
    readonly counters: CounterTable;
    readonly reader: RingReader;
    readonly namespaces: readonly NetworkNamespace[];
    readonly object: BpfObject;
    readonly probes: SessionProbes;
    readonly resources: ResourceStack;
  }) {
    this.links = parts.links;
    this.counters = parts.counters;
    this.reader = parts.reader;
    this.namespaces = parts.namespaces;
    this.#object = parts.object;
    this.#probes = parts.probes;
    this.#resources = parts.resources;
  }

  /**
   * Loads the session's programs and makes its maps. Nothing is attached yet.
   * @throws PwruError NOT_FOUND for a target; see BpfObject.load for the rest.
   */
  static async open(request: SessionKernelRequest): Promise<SessionKernel> {
    await using resources = new ResourceStack();
    const namespaces = request.spec.targets.map((target) => resources.use(openNamespace(target)));
    const cpus = possibleCpuCount();
    const object = resources.use(await loadObject(request, inodesOf(namespaces), cpus));
    putNamespaces(object.mapFd('netns_set'), inodesOf(namespaces));
    const rings = resources.use(
      EventRings.create({
        ringsMapFd: object.mapFd('rings'),
        cpus: onlineCpus(),
        budgetBytes: request.spec.ringBudgetBytes,
      }),
    );
    const reader = resources.use(RingReader.open(rings.rings));
    const counters = resources.use(new CounterTable(object.mapFd('counters'), cpus));
    const links = resources.use(new ProbeLinks());
    return new SessionKernel({
      links,
      counters,
      reader,
      namespaces,
      object,
      probes: request.probes,
      resources: resources.move(),
    });
  }

  /**
   * Attaches every probe of the session; hits count only after `setReady(true)`.
   * @returns what the kernel refused, each with its errno.
   * @throws PwruError when the backend as a whole does not work.
   */
  attach(request: AttachRequest): Promise<RefusedProbe[]> {
    return this.#probes.attach({
      links: this.links,
      programFd: (name) => this.#object.programFd(name),
      ...request,
    });
  }

  /** Lets the programs produce, or not: takes effect at once on all CPUs. */
  setReady(ready: boolean): void {
    updateMap(this.#object.mapFd('.data.ready'), word(0), word(ready ? 1 : 0));
  }

  missedHits(): number {
    const programFds = this.#probes.programs.map((name) => this.#object.programFd(name));
    return missedHits(programFds, this.links.fds);
  }

  /** Identities that the kernel pushed out of its table to make room. */
  identityEvictions(): number {
    const inserted = this.counters.total('identity_inserted');
    const gone = this.counters.total('identity_deleted');
    // Below half of the table nothing is pushed out; counting the entries is not free.
    if (inserted - gone < identityEntries / 2) return 0;
    const present = countEntries(
      this.#object.mapFd('identities'),
      identityBytes.key,
      identityBytes.value,
    );
    return present === undefined ? 0 : Math.max(0, inserted - gone - present);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources[Symbol.asyncDispose]();
  }
}

function loadObject(
  request: SessionKernelRequest,
  inodes: readonly number[],
  cpus: number,
): Promise<BpfObject> {
  const { spec, filter, probes } = request;
  return BpfObject.load({
    elf: patchFilter(request.elf, filter.code),
    name: 'pwru',
    programs: probes.programs,
    initialValues: {
      '.rodata.config': encodeConfig({
        anyNetns: inodes.length === 0,
        filter: filter.expression === '' ? undefined : filter,
        mark: spec.mark,
        interfaceName: spec.interfaceName,
        track: spec.track,
        stack: spec.stack,
        hasFunctionAddress: request.hasFunctionAddress,
        releaseHooks: probes.hasReleaseHooks,
        silentEnd: probes.isEndSilent,
      }),
      '.data.targets': encodeTargets(inodes),
      '.rodata.slots': probes.slotArguments,
    },
    maxEntries: { counters: cpus, rings: cpus, identities: identityEntries },
  });
}

function openNamespace(target: TargetSpec): NetworkNamespace {
  return target.kind === 'netns'
    ? NetworkNamespace.named(target.name)
    : NetworkNamespace.ofProcess(target.pid);
}

/** Two targets may be one namespace. */
function inodesOf(namespaces: readonly NetworkNamespace[]): number[] {
  return [...new Set(namespaces.map((namespace) => namespace.inode))];
}

function putNamespaces(setFd: number, inodes: readonly number[]): void {
  for (const inode of inodes) updateMap(setFd, word(inode), Uint8Array.of(1));
}

function word(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
