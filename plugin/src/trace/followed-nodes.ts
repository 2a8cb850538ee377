import type { pwru } from '../../../proto/gen/pwru.js';
import { AgentError, type AgentSource } from '../agents/agent-client.ts';
import type { TraceOptions } from '../cli/trace-options.ts';
import { UsageError } from '../cli/values.ts';
import type { TargetFollower } from '../targets/follow-targets.ts';
import type { NodeTargets } from '../targets/target-state.ts';
import type { NodeTrace } from './node-trace.ts';
import { type PodTargets, podKey } from './pod-states.ts';
import { addressTargets, clusterRequest, podTarget, portTargets } from './start-request.ts';
import type { TraceRun } from './trace-run.ts';

/** The agent sends a Status each second; before Started its kernel may keep it from that for a while. */
const SILENCE = { preparingMs: 20_000, tracingMs: 5_000 } as const;
/** A node is called gone when it was not traced for so long. */
const PATIENCE_MS = 60_000;

export interface FollowedNodesParts {
  readonly run: TraceRun;
  readonly follower: Pick<TargetFollower, 'state' | 'filterTerms'>;
  readonly agents: AgentSource;
  readonly options: TraceOptions;
  /** Takes a sentence on what is not traced. */
  readonly warn: (text: string) => void;
}

/** Traces the nodes on which the targets are, as they come and go. */
export class FollowedNodes implements Disposable {
  readonly #parts: FollowedNodesParts;
  readonly #nodes = new Map<string, FollowedNode>();
  /** All pods that were ever traced, by uid. */
  readonly #pods = new Set<string>();

  constructor(parts: FollowedNodesParts) {
    this.#parts = parts;
  }

  /** Pods that were ever traced. */
  get podCount(): number {
    return this.#pods.size;
  }

  /**
   * Opens, changes and leaves nodes so that they are as the targets are now. To be called at the start and after each change.
   * @throws UsageError at the start, when the filter becomes too long
   */
  update(): void {
    const { run, follower } = this.#parts;
    const { state } = follower;
    for (const pod of state.pods.values()) if (pod.node !== '') this.#pods.add(pod.uid);
    for (const [name, node] of this.#nodes) if (!state.nodes.has(name)) node.set(undefined);
    for (const [name, targets] of state.nodes) {
      const node = this.#nodes.get(name);
      if (node !== undefined) this.#set(node, targets);
      else if (!run.isStopping) this.#open(name, targets);
    }
  }

  [Symbol.dispose](): void {
    for (const node of this.#nodes.values()) node[Symbol.dispose]();
    this.#nodes.clear();
  }

  #open(name: string, { whole, pods }: NodeTargets): void {
    const { run, follower, agents, options } = this.#parts;
    const request = (targets: PodTargets) =>
      clusterRequest({ options, whole, targets, filterTerms: follower.filterTerms });
    const targets = this.#targetsOf({ whole, pods });
    if (!run.hasBegun) request(targets);
    const trace = run.open({
      ...{ name, agents, targets },
      request: (current) => refusedBeforehand(() => request(current)),
      recovery: {
        silence: SILENCE,
        patienceMs: () => (run.hasBegun ? PATIENCE_MS : 0),
      },
    });
    const node = new FollowedNode(trace, () => {
      this.#nodes.delete(name);
      node[Symbol.dispose]();
      run.close(trace);
    });
    this.#nodes.set(name, node);
    this.#set(node, { whole, pods });
  }

  #set(node: FollowedNode, targets: NodeTargets): void {
    const { tooMany } = node;
    node.set(this.#targetsOf(targets));
    if (node.tooMany > tooMany) {
      const { name } = node.trace;
      this.#parts.warn(`${name}: ${node.tooMany} pods more than an agent takes are not traced`);
    }
  }

  /** What the agent of a node is told; nothing where all is traced anyway. */
  #targetsOf({ whole, pods }: NodeTargets): PodTargets {
    const { follower, options } = this.#parts;
    if (whole) return { pods: [], addresses: [], ports: [] };
    const { serviceAddresses, servicePorts, pods: all } = follower.state;
    const hasClients = pods.some(({ addressesOnly }) => addressesOnly);
    // A client may know the pods behind a service themselves.
    const ofPods = hasClients ? [...all.values()].filter((pod) => !pod.addressesOnly) : [];
    return {
      pods: pods.map((pod) => podTarget(pod, options)),
      addresses: addressTargets([
        ...serviceAddresses,
        ...ofPods.flatMap(({ addresses }) => addresses),
      ]),
      ports: portTargets([...servicePorts, ...pods.flatMap(({ hostPorts }) => hostPorts)]),
    };
  }
}

/** What this program refuses itself, as the agent would. */
function refusedBeforehand<T>(make: () => T): T {
  try {
    return make();
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    throw new AgentError('refused', thrown.message, {
      ...{ reason: 'INVALID_ARGUMENT', field: 'start.filter', cause: thrown },
    });
  }
}

/** A name is traced for so long after its pod has gone, and a node after its last pod. */
export const LINGER_MS = 30_000;
/** Of SetPodTargets. */
const MAX_PODS = 512;

type Pod = pwru.v1.PodTarget.$Properties;

/**
 * The pods that are traced on a node. One that is followed by its name is for a while also when it has gone: the agent sees
 * the next one of that name before the API server has told us, and so its first packets.
 */
export class FollowedNode implements Disposable {
  readonly trace: NodeTrace;
  readonly #onIdle: () => void;
  #pods: ReadonlyMap<string, Pod>;
  #addresses: readonly Uint8Array[];
  #ports: PodTargets['ports'];
  readonly #leaving = new Map<string, { readonly pod: Pod; readonly timer: NodeJS.Timeout }>();
  #idleTimer: NodeJS.Timeout | undefined;
  #tooMany = 0;

  /** @param onIdle called when nothing was wanted of it for 30 s */
  constructor(trace: NodeTrace, onIdle: () => void) {
    this.trace = trace;
    this.#onIdle = onIdle;
    this.#pods = byKey(trace.targets.pods);
    this.#addresses = trace.targets.addresses;
    this.#ports = trace.targets.ports;
  }

  /** Pods that no session takes, since there are too many. */
  get tooMany(): number {
    return this.#tooMany;
  }

  /** @param targets undefined: the node has nothing to trace any more */
  set(targets: PodTargets | undefined): void {
    const before = this.#pods;
    this.#pods = byKey(targets?.pods ?? []);
    this.#addresses = targets?.addresses ?? [];
    this.#ports = targets?.ports ?? [];
    for (const [key, pod] of before) if (!this.#pods.has(key)) this.#leave(key, pod);
    for (const key of this.#pods.keys()) this.#forget(key);
    if (targets !== undefined) {
      clearTimeout(this.#idleTimer);
      this.#idleTimer = undefined;
    } else this.#idleTimer ??= setTimeout(this.#onIdle, LINGER_MS);
    this.#send();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#idleTimer);
    for (const key of [...this.#leaving.keys()]) this.#forget(key);
  }

  #leave(key: string, pod: Pod): void {
    if ((pod.uid ?? '') !== '') return;
    const timer = setTimeout(() => {
      this.#leaving.delete(key);
      this.#send();
    }, LINGER_MS);
    this.#leaving.set(key, { pod, timer });
  }

  #forget(key: string): void {
    clearTimeout(this.#leaving.get(key)?.timer);
    this.#leaving.delete(key);
  }

  #send(): void {
    const leaving = [...this.#leaving.values()].map(({ pod }) => pod);
    const all = [...this.#pods.values(), ...leaving];
    this.#tooMany = Math.max(0, this.#pods.size - MAX_PODS);
    const targets = {
      ...{ pods: all.slice(0, MAX_PODS), addresses: this.#addresses, ports: this.#ports },
      ...(this.#tooMany > 0 ? { isCut: true } : {}),
    };
    if (keyOf(targets) !== keyOf(this.trace.targets)) this.trace.setTargets(targets);
  }
}

function byKey(pods: readonly Pod[]): Map<string, Pod> {
  return new Map(pods.map((pod) => [podKey(pod), pod]));
}

/** The same for the same targets, in whatever order. */
function keyOf({ pods, addresses, ports, isCut = false }: PodTargets): string {
  return [
    String(isCut),
    ...pods.map(podKey).sort(),
    ...addresses.map((bytes) => bytes.join('.')).sort(),
    ...ports
      .map(({ address, port, protocol }) => `${address?.join('.')}/${port}/${protocol}`)
      .sort(),
  ].join(' ');
}
