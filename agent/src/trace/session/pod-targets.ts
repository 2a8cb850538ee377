import Long from 'long';
import { pwru } from '../../../../proto/gen/pwru.js';
import type { InterfaceKey, NodePod, PodSandbox, PodSource } from '../../core/pods.ts';
import type { BootClock } from '../../kernel/boot-clock.ts';
import type { PlacePort, TargetPlaces } from '../../kernel/bpf/target-maps.ts';
import type { PodSelection, PodTargetSpec, PortSpec } from '../request/trace-spec.ts';
import { NewPods } from '../stream/new-pods.ts';
import { encodePodTarget } from '../stream/responses.ts';
import type { UndecidedEvents } from '../stream/undecided-events.ts';
import type { Outbox } from './outbox.ts';
import { placeTest } from './place-test.ts';

const { PodTargetState, HostNetwork } = pwru.v1;

export interface PodTargetsOptions {
  readonly source: PodSource;
  readonly outbox: Outbox;
  readonly clock: BootClock;
  /** Takes the events of new namespaces. */
  readonly undecided: UndecidedEvents;
  /** The client may name pods later. */
  readonly expectsPods: boolean;
  /** Makes the programs trace these places; returns how many found no room. */
  readonly setPlaces: (places: TargetPlaces) => number;
}

/** What a target is at the moment. */
interface Resolution {
  readonly state: pwru.v1.PodTargetState;
  /** Its sandboxes: more than one while the last pod of this name is ending. */
  readonly sandboxes: ReadonlyArray<{ readonly pod: NodePod['pod']; readonly sandbox: PodSandbox }>;
  /** The node's namespace is traced. */
  readonly tracesNode: boolean;
  /** A pod of it has no namespace yet. */
  readonly isAwaited: boolean;
  readonly pod?: NodePod['pod'] | undefined;
  readonly message?: string;
}

/** A target and what was told of it last. */
interface Followed {
  readonly spec: PodTargetSpec;
  toldState: pwru.v1.PodTargetState | undefined;
  /** Inode of the namespace that was traced last; 0 before the first. */
  tracedInode: number;
  told: string;
  /** Since when there has been a pod without a sandbox, CLOCK_BOOTTIME in nanoseconds, and its uid; undefined: there is none. */
  waiting: { readonly uid: string; readonly sinceNs: number } | undefined;
  /** Of the pod that was traced last. */
  tracedUid: string | undefined;
  /** Inode of the namespace of which was told last since when it is traced. */
  datedInode: number;
}

/**
 * The pods of one session: keeps what the programs trace equal to where these pods are, and tells the client of each
 * change. Disposing it ends both; the places stay as they are.
 */
export class PodTargets implements Disposable {
  readonly #options: PodTargetsOptions;
  readonly #subscription: Disposable;
  readonly #newPods: NewPods;
  #followed: Followed[] = [];
  #addresses: readonly Uint8Array[] = [];
  #ports: readonly PortSpec[] = [];
  /** While ports of the node are traced: its addresses may change. */
  #nodeTimer: NodeJS.Timeout | undefined;
  #homeless = 0;
  #untold = 0;
  /** Since when hits count, CLOCK_BOOTTIME in nanoseconds; undefined: not yet. */
  #tracingSinceNs: number | undefined;

  constructor(pods: PodSelection, options: PodTargetsOptions) {
    this.#options = options;
    const { source, undecided, expectsPods, clock } = options;
    this.#newPods = new NewPods({
      ...{ source, undecided, expectsPods },
      nowNs: () => clock.nowNs(),
      onDue: () => this.#follow(),
    });
    this.#subscription = options.source.subscribe(() => this.#follow());
    this.set(pods);
  }

  /** Replaces all targets and addresses; what is told of those that stay goes on. */
  set({ targets, addresses, ports }: PodSelection): void {
    const before = new Map(this.#followed.map((followed) => [keyOf(followed.spec), followed]));
    this.#addresses = addresses;
    this.#ports = ports;
    clearInterval(this.#nodeTimer);
    this.#nodeTimer = ports.some(({ address }) => address === undefined)
      ? setInterval(() => this.#follow(), nodeAddressesMs)
      : undefined;
    const wanted = new Map(targets.map((spec) => [keyOf(spec), spec]));
    for (const key of before.keys()) if (!wanted.has(key)) this.#options.outbox.forget(key);
    this.#followed = [...wanted].map(
      ([key, spec]) =>
        before.get(key) ?? {
          ...{ spec, toldState: undefined, tracedInode: 0, told: '', waiting: undefined },
          ...{ tracedUid: undefined, datedInode: 0 },
        },
    );
    this.#follow();
  }

  /** Hits count from now on: what came while probes were attached is told again, with how much of it was missed. */
  begin(): void {
    this.#tracingSinceNs = this.#options.clock.nowNs();
    for (const followed of this.#followed) {
      if (this.#isYoung(followed)) followed.told = '';
    }
    this.#follow();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#nodeTimer);
    this.#subscription[Symbol.dispose]();
    this.#newPods[Symbol.dispose]();
    for (const { spec } of this.#followed) this.#options.outbox.forget(keyOf(spec));
  }

  #follow(): void {
    const { source } = this.#options;
    const podsByName = groupByName(source.pods());
    const resolved = this.#followed.map((followed) => ({
      followed,
      resolution: resolve(followed, podsByName.get(nameOf(followed.spec)) ?? [], source),
    }));
    const places = placesOf(resolved, { addresses: this.#addresses, ports: this.#ports, source });
    this.#options.undecided.setPlaces(placeTest(places));
    const isWaiting = resolved.some(({ resolution }) => resolution.isAwaited);
    const news = this.#newPods.update(
      { whole: new Set(places.namespaces), addressed: new Set(places.addressed) },
      isWaiting,
    );
    // First the kernel, then the client: what is told to be traced is.
    const homeless = this.#options.setPlaces({
      ...places,
      namespaces: [...places.namespaces, ...news.namespaces],
    });
    for (const { followed, resolution } of resolved) this.#tell(followed, resolution);
    news.settle();
    this.#homeless = homeless;
  }

  /** How many namespaces, interfaces and addresses are not traced, since the maps are full. */
  get homelessPlaces(): number {
    return this.#homeless;
  }

  /** States of targets that were not told, since the client read too slowly. */
  get untoldStates(): number {
    return this.#untold;
  }

  #tell(followed: Followed, resolution: Resolution): void {
    const newest = resolution.sandboxes.at(-1);
    const inode = newest?.sandbox.netns.inode ?? nodeInode(resolution, this.#options.source);
    const ended = this.#endedUnseen(followed, resolution);
    const state =
      ended === undefined
        ? stateToTell(followed, resolution, inode)
        : PodTargetState.POD_TARGET_STATE_GONE;
    const status = {
      target: targetOf(followed.spec),
      state,
      pod: newest?.pod ?? resolution.pod ?? null,
      method: newest?.sandbox.method ?? '',
      netnsInode: inode,
      addresses: [...(newest?.sandbox.addresses ?? [])],
      message: ended === undefined ? (resolution.message ?? '') : endedUnseenText,
      untracedMs: Long.fromNumber(
        Math.round((ended?.untracedNs ?? this.#untracedNs(followed, newest?.sandbox)) / 1e6),
        true,
      ),
    };
    const text = JSON.stringify([
      ...[inode, status.pod?.uid, status.addresses],
      // It is told once, and does not hold for what comes after.
      ended === undefined ? status.message : '',
    ]);
    if (ended !== undefined) status.pod = { ...followed.spec, uid: ended.uid };
    const isNews =
      followed.toldState === undefined ||
      text !== followed.told ||
      ended !== undefined ||
      (state !== followed.toldState && state !== PodTargetState.POD_TARGET_STATE_RESOLVED);
    if (!isNews) return;
    followed.toldState = state;
    followed.told = text;
    if (inode !== 0) followed.tracedInode = inode;
    if (!this.#options.outbox.latest(keyOf(followed.spec), () => encodePodTarget(status)))
      this.#untold++;
  }

  /** A pod that was on its way when it was looked at last, and that is there no more: its packets, if any, were not seen. */
  #endedUnseen(
    followed: Followed,
    { state, pod, sandboxes }: Resolution,
  ): { readonly uid: string; readonly untracedNs: number } | undefined {
    const { waiting } = followed;
    const nowNs = this.#options.clock.nowNs();
    followed.tracedUid = sandboxes.at(-1)?.pod.uid ?? followed.tracedUid;
    const isOnItsWay =
      sandboxes.length === 0 &&
      pod !== undefined &&
      pod.uid !== followed.tracedUid &&
      state !== PodTargetState.POD_TARGET_STATE_HOST_NETWORK;
    if (isOnItsWay && waiting?.uid === pod.uid) return undefined;
    followed.waiting = isOnItsWay ? { uid: pod.uid, sinceNs: nowNs } : undefined;
    const isGone = state === PodTargetState.POD_TARGET_STATE_WAITING && pod === undefined;
    return waiting !== undefined && isGone
      ? { uid: waiting.uid, untracedNs: nowNs - waiting.sinceNs }
      : undefined;
  }

  /** How long a sandbox's namespace had been there until it was traced: told once. */
  #untracedNs(followed: Followed, sandbox: PodSandbox | undefined): number {
    const tracingSinceNs = this.#tracingSinceNs;
    if (sandbox?.sinceNs === undefined || tracingSinceNs === undefined) return 0;
    const { inode } = sandbox.netns;
    if (inode === followed.datedInode) return 0;
    followed.datedInode = inode;
    const isNew = inode !== followed.tracedInode;
    const nowNs = this.#options.clock.nowNs();
    const fromNs = this.#newPods.heldSinceNs(inode) ?? (isNew ? nowNs : tracingSinceNs);
    return Math.max(0, Math.max(fromNs, tracingSinceNs) - sandbox.sinceNs);
  }

  #isYoung({ spec, tracedInode }: Followed): boolean {
    const { source, clock } = this.#options;
    return source.pods().some(({ pod, place }) => {
      if (nameOf(pod) !== nameOf(spec) || place.kind !== 'sandbox') return false;
      const { netns, sinceNs } = place.sandbox;
      return (
        netns.inode === tracedInode && sinceNs !== undefined && clock.nowNs() - sinceNs < youngNs
      );
    });
  }
}

/** How soon a new address of the node counts. */
const nodeAddressesMs = 10_000;

/** A session is up long before that. */
const youngNs = 60e9;

const endedUnseenText =
  'It ended before its network namespace was found: what it may have sent was not seen';

function resolve({ spec }: Followed, pods: readonly NodePod[], source: PodSource): Resolution {
  const own = pods.filter(({ pod }) => spec.uid === '' || pod.uid === spec.uid);
  const sandboxes = own.flatMap(({ pod, place }) =>
    place.kind === 'sandbox' ? [{ pod, sandbox: place.sandbox }] : [],
  );
  const nothing = { sandboxes: [], tracesNode: false, pod: own.at(-1)?.pod, isAwaited: true };
  if (sandboxes.length > 0) {
    return {
      state: PodTargetState.POD_TARGET_STATE_RESOLVED,
      sandboxes,
      tracesNode: false,
      // While an old one of the name is ending, the next may be on its way.
      isAwaited: own.some(({ place }) => place.kind === 'waiting' || place.kind === 'unresolved'),
      pod: undefined,
    };
  }
  const onHost = own.find(({ place }) => place.kind === 'host-network');
  if (onHost !== undefined) return resolveHostNetwork(spec, onHost, source);
  for (const { place } of own) {
    if (place.kind !== 'unresolved') continue;
    return {
      ...nothing,
      state: PodTargetState.POD_TARGET_STATE_UNRESOLVED,
      message: place.reason,
    };
  }
  return { ...nothing, state: PodTargetState.POD_TARGET_STATE_WAITING };
}

function resolveHostNetwork(spec: PodTargetSpec, { pod }: NodePod, source: PodSource): Resolution {
  const own = { sandboxes: [], pod, isAwaited: false };
  if (!spec.tracesNode) {
    return {
      ...own,
      tracesNode: false,
      state: PodTargetState.POD_TARGET_STATE_HOST_NETWORK,
      message: "The pod uses its node's network namespace, which holds more than the pod",
    };
  }
  if (source.nodeNamespace === undefined) {
    return {
      ...own,
      tracesNode: false,
      state: PodTargetState.POD_TARGET_STATE_UNRESOLVED,
      message: "The agent cannot see its node's network namespace",
    };
  }
  return {
    ...own,
    tracesNode: true,
    state: PodTargetState.POD_TARGET_STATE_RESOLVED,
    message: "The node's network namespace is traced",
  };
}

/** A pod that was traced and is there no more is gone; one in another namespace than before has been replaced. */
function stateToTell(
  { toldState, tracedInode }: Followed,
  { state, pod }: Resolution,
  inode: number,
): pwru.v1.PodTargetState {
  const isStillGone = toldState === PodTargetState.POD_TARGET_STATE_GONE && pod === undefined;
  if (state === PodTargetState.POD_TARGET_STATE_WAITING && (tracedInode !== 0 || isStillGone))
    return PodTargetState.POD_TARGET_STATE_GONE;
  if (state !== PodTargetState.POD_TARGET_STATE_RESOLVED || tracedInode === 0) return state;
  const wasGone = toldState === PodTargetState.POD_TARGET_STATE_GONE;
  return wasGone || inode !== tracedInode ? PodTargetState.POD_TARGET_STATE_REPLACED : state;
}

function placesOf(
  resolved: ReadonlyArray<{ readonly followed: Followed; readonly resolution: Resolution }>,
  {
    addresses: moreAddresses,
    ports,
    source,
  }: Pick<PodSelection, 'addresses' | 'ports'> & { readonly source: PodSource },
): TargetPlaces {
  const namespaces = new Set<number>();
  const interfaces: InterfaceKey[] = [];
  const addresses: Uint8Array[] = [...moreAddresses];
  const addressed = new Set<number>();
  for (const { followed, resolution } of resolved) {
    const node = nodeInode(resolution, source);
    if (node !== 0) namespaces.add(node);
    for (const { sandbox } of resolution.sandboxes) {
      if (followed.spec.addressesOnly) {
        addressed.add(sandbox.netns.inode);
        continue;
      }
      namespaces.add(sandbox.netns.inode);
      interfaces.push(...sandbox.hostInterfaces);
      addresses.push(...sandbox.addresses);
    }
  }
  const nodeNamespace = source.nodeNamespace?.inode;
  const otherPods = source
    .pods()
    .flatMap(({ place }) => (place.kind === 'sandbox' ? [place.sandbox.netns.inode] : []));
  return {
    ...{ namespaces, addressed, nodeNamespace, otherPods, interfaces, addresses },
    ports: placePorts(ports, source),
  };
}

function placePorts(ports: readonly PortSpec[], source: PodSource): PlacePort[] {
  const ofNode = ports.some(({ address }) => address === undefined) ? source.nodeAddresses() : [];
  return ports.flatMap(({ address, port, protocol }) =>
    (address === undefined ? ofNode : [address]).map((own) => ({ address: own, port, protocol })),
  );
}

/** 0 unless the target means the node's namespace. */
function nodeInode({ tracesNode }: Resolution, source: PodSource): number {
  return tracesNode ? (source.nodeNamespace?.inode ?? 0) : 0;
}

function groupByName(pods: readonly NodePod[]): ReadonlyMap<string, readonly NodePod[]> {
  const groups = new Map<string, NodePod[]>();
  for (const entry of pods) {
    const name = nameOf(entry.pod);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return groups;
}

function nameOf({
  namespace,
  name,
}: {
  readonly namespace: string;
  readonly name: string;
}): string {
  return `${namespace}/${name}`;
}

function keyOf(spec: PodTargetSpec): string {
  return `${nameOf(spec)} ${spec.uid} ${spec.tracesNode} ${spec.addressesOnly}`;
}

function targetOf({
  namespace,
  name,
  uid,
  tracesNode,
  addressesOnly,
}: PodTargetSpec): pwru.v1.IPodTarget {
  const hostNetwork = tracesNode ? HostNetwork.HOST_NETWORK_NODE : HostNetwork.HOST_NETWORK_REFUSE;
  return { namespace, name, uid, hostNetwork, addressesOnly };
}
