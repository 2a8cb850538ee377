import { AgentError } from '../agent-client.ts';
import type { TraceOptions } from '../args/trace-options.ts';
import { UsageError } from '../args/usage-error.ts';
import type { TargetFollower } from '../targets/follow-targets.ts';
import type { NodeTargets } from '../targets/target-state.ts';
import type { AgentSource } from './agent-source.ts';
import { addressTargets, clusterRequest, podTarget, portTargets } from './cluster-request.ts';
import { FollowedNode } from './followed-node.ts';
import type { PodTargets } from './pod-states.ts';
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
