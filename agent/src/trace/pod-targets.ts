import { pwru } from '../../../proto/gen/pwru.js';
import type { TargetPlaces } from '../kernel/target-maps.ts';
import type { InterfaceKey, NodePod, PodSandbox, PodSource } from './pod-source.ts';
import { encodePodTarget } from './session-responses.ts';
import type { SessionSink } from './trace-session.ts';
import type { PodSelection, PodTargetSpec } from './trace-spec.ts';

const { PodTargetState, HostNetwork } = pwru.v1;

export interface PodTargetsOptions {
  readonly source: PodSource;
  readonly sink: SessionSink;
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
}

/**
 * The pods of one session: keeps what the programs trace equal to where these pods are, and tells the client of each
 * change. Disposing it ends both; the places stay as they are.
 */
export class PodTargets implements Disposable {
  readonly #options: PodTargetsOptions;
  readonly #subscription: Disposable;
  #followed: Followed[] = [];
  #addresses: readonly Uint8Array[] = [];
  #homeless = 0;

  constructor(pods: PodSelection, options: PodTargetsOptions) {
    this.#options = options;
    this.#subscription = options.source.subscribe(() => this.#follow());
    this.set(pods);
  }

  /** Replaces all targets and addresses; what is told of those that stay goes on. */
  set({ targets, addresses }: PodSelection): void {
    const before = new Map(this.#followed.map((followed) => [keyOf(followed.spec), followed]));
    this.#addresses = addresses;
    const wanted = new Map(targets.map((spec) => [keyOf(spec), spec]));
    this.#followed = [...wanted].map(
      ([key, spec]) => before.get(key) ?? { spec, toldState: undefined, tracedInode: 0, told: '' },
    );
    this.#follow();
  }

  [Symbol.dispose](): void {
    this.#subscription[Symbol.dispose]();
  }

  #follow(): void {
    const { source } = this.#options;
    const podsByName = groupByName(source.pods());
    const resolved = this.#followed.map((followed) => ({
      followed,
      resolution: resolve(followed, podsByName.get(nameOf(followed.spec)) ?? [], source),
    }));
    // First the kernel, then the client: what is told to be traced is.
    const homeless = this.#options.setPlaces(placesOf(resolved, this.#addresses, source));
    for (const { followed, resolution } of resolved) this.#tell(followed, resolution);
    this.#homeless = homeless;
  }

  /** How many namespaces, interfaces and addresses are not traced, since the maps are full. */
  get homelessPlaces(): number {
    return this.#homeless;
  }

  #tell(followed: Followed, resolution: Resolution): void {
    const newest = resolution.sandboxes.at(-1);
    const inode = newest?.sandbox.netns.inode ?? nodeInode(resolution, this.#options.source);
    const state = stateToTell(followed, resolution, inode);
    const status = {
      target: targetOf(followed.spec),
      state,
      pod: newest?.pod ?? resolution.pod ?? null,
      method: newest?.sandbox.method ?? '',
      netnsInode: inode,
      addresses: [...(newest?.sandbox.addresses ?? [])],
      message: resolution.message ?? '',
    };
    const text = JSON.stringify([inode, status.pod?.uid, status.addresses, status.message]);
    const isNews =
      followed.toldState === undefined ||
      text !== followed.told ||
      (state !== followed.toldState && state !== PodTargetState.POD_TARGET_STATE_RESOLVED);
    if (!isNews) return;
    followed.toldState = state;
    followed.told = text;
    if (inode !== 0) followed.tracedInode = inode;
    void this.#options.sink.write(encodePodTarget(status));
  }
}

function resolve({ spec }: Followed, pods: readonly NodePod[], source: PodSource): Resolution {
  const own = pods.filter(({ pod }) => spec.uid === '' || pod.uid === spec.uid);
  const sandboxes = own.flatMap(({ pod, place }) =>
    place.kind === 'sandbox' ? [{ pod, sandbox: place.sandbox }] : [],
  );
  const nothing = { sandboxes: [], tracesNode: false, pod: own.at(-1)?.pod };
  if (sandboxes.length > 0) {
    return {
      state: PodTargetState.POD_TARGET_STATE_RESOLVED,
      sandboxes,
      tracesNode: false,
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
  const own = { sandboxes: [], pod };
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
  { state }: Resolution,
  inode: number,
): pwru.v1.PodTargetState {
  if (state === PodTargetState.POD_TARGET_STATE_WAITING && tracedInode !== 0)
    return PodTargetState.POD_TARGET_STATE_GONE;
  if (state !== PodTargetState.POD_TARGET_STATE_RESOLVED || tracedInode === 0) return state;
  const wasGone = toldState === PodTargetState.POD_TARGET_STATE_GONE;
  return wasGone || inode !== tracedInode ? PodTargetState.POD_TARGET_STATE_REPLACED : state;
}

function placesOf(
  resolved: ReadonlyArray<{ readonly resolution: Resolution }>,
  moreAddresses: readonly Uint8Array[],
  source: PodSource,
): TargetPlaces {
  const namespaces = new Set<number>();
  const interfaces: InterfaceKey[] = [];
  const addresses: Uint8Array[] = [...moreAddresses];
  for (const { resolution } of resolved) {
    const node = nodeInode(resolution, source);
    if (node !== 0) namespaces.add(node);
    for (const { sandbox } of resolution.sandboxes) {
      namespaces.add(sandbox.netns.inode);
      interfaces.push(...sandbox.hostInterfaces);
      addresses.push(...sandbox.addresses);
    }
  }
  const nodeNamespace = source.nodeNamespace?.inode;
  const otherPods = source
    .pods()
    .flatMap(({ place }) => (place.kind === 'sandbox' ? [place.sandbox.netns.inode] : []));
  return { namespaces, nodeNamespace, otherPods, interfaces, addresses };
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
  return `${nameOf(spec)} ${spec.uid} ${spec.tracesNode}`;
}

function targetOf({ namespace, name, uid, tracesNode }: PodTargetSpec): pwru.v1.IPodTarget {
  const hostNetwork = tracesNode ? HostNetwork.HOST_NETWORK_NODE : HostNetwork.HOST_NETWORK_REFUSE;
  return { namespace, name, uid, hostNetwork };
}
