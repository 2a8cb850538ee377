import type { KubeApi, KubeError } from '../kubernetes/kube-api.ts';
import { WatchTroubles } from '../kubernetes/watch.ts';
import {
  nothingToTrace,
  type OpenTargets,
  openTargets,
  type TargetRequest,
} from './open-targets.ts';
import { PacedRuns } from './paced-runs.ts';
import { podText, SourceContext, tooManyNodes } from './pod-source.ts';
import { ServiceFilter } from './service-filter.ts';
import { ServiceNotices } from './service-notices.ts';
import {
  type LeftOutPod,
  type TargetChange,
  TargetHistory,
  type TargetState,
  targetState,
} from './target-state.ts';

export interface TargetListener {
  /** The follower's state is another one. `changes` is empty when no pod has come to a node, or gone. */
  onChange(changes: readonly TargetChange[]): void;
  /** A sentence for the user: a pod that is not traced and why, an end that has another address, a watch that is broken. */
  onNotice(text: string): void;
}

/** From a change to the listener, at least. A rollout is a burst of them. */
const PACE_MS = 50;

/**
 * Finds what the targets are, and follows them until the follower is disposed: pods that come, go, and move to other nodes.
 * Watches only what was named: one object by its name, a namespace by a label selector; all namespaces with -A alone.
 * @throws KubeError as the server words it: not found, forbidden
 * @throws TargetError when there is nothing to trace, or too much
 */
export async function followTargets(
  api: KubeApi,
  request: TargetRequest,
  listener: TargetListener,
): Promise<TargetFollower> {
  // Watches speak before all of them are open.
  let follower: TargetFollower | undefined;
  const context = new SourceContext({
    ...{ api, namespace: api.namespace },
    troubles: new WatchTroubles((error) => listener.onNotice(troubleText(error))),
    onChange: () => follower?.changed(),
  });
  try {
    const open = await openTargets(context, request);
    follower = new TargetFollower({ context, request, open }, listener);
    return follower;
  } catch (thrown) {
    context[Symbol.dispose]();
    throw thrown;
  }
}

/** Targets of the command line, as the cluster has them now, for as long as it is open. */
export class TargetFollower implements Disposable {
  readonly request: TargetRequest;
  readonly #context: SourceContext;
  readonly #open: OpenTargets;
  readonly #listener: TargetListener;
  readonly #history = new TargetHistory(() => performance.now());
  readonly #notices: TargetNotices;
  readonly #serviceNotices: ServiceNotices;
  /** Undefined: the command line says itself which packets are meant. */
  readonly #serviceFilter: ServiceFilter | undefined;
  readonly #runs: PacedRuns;
  #state: TargetState;

  /** @throws TargetError */
  constructor(
    parts: { context: SourceContext; request: TargetRequest; open: OpenTargets },
    listener: TargetListener,
  ) {
    const { context, request, open } = parts;
    this.request = request;
    this.#context = context;
    this.#open = open;
    this.#listener = listener;
    this.#notices = new TargetNotices((text) => listener.onNotice(text));
    this.#serviceNotices = new ServiceNotices((text) => listener.onNotice(text));
    this.#runs = new PacedRuns(() => this.#update(), {
      leastMs: PACE_MS,
      now: () => performance.now(),
    });
    const peersCost = open.peers.reduce((sum, { cost }) => sum + cost, 0);
    if (request.scope.servicePorts)
      this.#serviceFilter = new ServiceFilter(open.sources, peersCost);
    this.#state = this.#read(new Set());
    const { nodesWanted } = this.#state;
    if (nodesWanted > request.scope.maxNodes) {
      throw tooManyNodes(nodesWanted, request.scope.maxNodes);
    }
    const nothing = nothingToTrace(this.#state, {
      ...{ sources: open.sources, request, namespace: context.namespace },
    });
    if (nothing !== undefined) throw nothing;
    this.#history.advance(open.sources, undefined, this.#state);
    this.#notices.advance(this.#state, undefined);
    this.#serviceNotices.advance(open.sources, this.#state);
    const filters = [...open.peers, ...(this.#serviceFilter ? [this.#serviceFilter] : [])];
    for (const text of filters.flatMap((one) => one.notices())) listener.onNotice(text);
  }

  get state(): TargetState {
    return this.#state;
  }

  /** Namespaces whose pods are targets or the other end; undefined: all. */
  get namespaces(): readonly string[] | undefined {
    const { scope, peers } = this.request;
    if (scope.selection?.allNamespaces === true) return undefined;
    const objects = [...scope.targets, ...peers.map(({ target }) => target)];
    const named = objects.map(({ namespace }) => namespace ?? this.#context.namespace);
    const selected = scope.selection === undefined ? [] : [this.#context.namespace];
    return [...new Set([...named, ...selected])];
  }

  /**
   * Terms of --from and --to and of a service's ports as of now, for narrowFilter: a session that begins now has them for
   * good.
   */
  get filterTerms(): readonly string[] {
    const ofService = this.#serviceFilter?.filterTerm;
    return [
      ...this.#open.peers.map((peer) => peer.filterTerm),
      ...(ofService === undefined ? [] : [ofService]),
    ];
  }

  /** Something that was watched is different: soon the state is. */
  changed(): void {
    this.#runs.request();
  }

  [Symbol.dispose](): void {
    this.#runs[Symbol.dispose]();
    this.#context[Symbol.dispose]();
  }

  #read(nodesBefore: ReadonlySet<string>): TargetState {
    const { sources, wholeNodes, clientNodes } = this.#open;
    return targetState({
      ...{ sources, nodesBefore, scope: this.request.scope },
      wholeNodes: wholeNodes(),
      clientNodes: clientNodes(),
    });
  }

  #update(): void {
    const before = this.#state;
    this.#state = this.#read(new Set(before.nodes.keys()));
    const changes = this.#history.advance(this.#open.sources, before, this.#state);
    this.#listener.onChange(changes);
    this.#notices.advance(this.#state, before);
    this.#serviceNotices.advance(this.#open.sources, this.#state);
    for (const peer of this.#open.peers)
      for (const text of peer.changes()) this.#listener.onNotice(text);
    for (const text of this.#serviceFilter?.changes() ?? []) this.#listener.onNotice(text);
  }
}

function troubleText(error: KubeError | undefined): string {
  return error === undefined
    ? 'The targets are followed again'
    : `The targets cannot be followed for now: ${error.message}`;
}

/** More pods than that are counted, not named. */
const MAX_NAMED = 3;

/** What is said about pods that were named and are not traced: of each once, several in one sentence. */
export class TargetNotices {
  readonly #tell: (text: string) => void;
  /** `uid reason` */
  #told: ReadonlySet<string> = new Set();

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  /** To be called for each state. What ends while it is traced is told as a change, not here. */
  advance({ leftOut, unscheduled }: TargetState, before: TargetState | undefined): void {
    const all = [
      ...leftOut.map(({ pod, reason }) => ({ pod, text: sentences[reason] })),
      // Later on, that is a moment in the life of every new pod.
      ...(before === undefined ? unscheduled : []).map((pod) => ({ pod, text: WAITING })),
    ];
    const byText = new Map<string, Array<LeftOutPod['pod']>>();
    for (const { pod, text } of all) {
      if (this.#told.has(`${pod.uid} ${text}`) || before?.pods.has(pod.uid) === true) continue;
      byText.set(text, [...(byText.get(text) ?? []), pod]);
    }
    // Only of those that are there still, so that it does not grow with the pods that come and go.
    this.#told = new Set(all.map(({ pod, text }) => `${pod.uid} ${text}`));
    for (const [text, pods] of byText) this.#tell(`${podList(pods)}: ${text}`);
  }
}

const WAITING = 'not scheduled yet, traced as soon as it is';

const sentences: Readonly<Record<LeftOutPod['reason'], string>> = {
  completed: 'completed, not traced',
  failed: 'failed, not traced',
  'host network':
    "not traced, since its packets are its node's; --host-network=node traces the whole node",
  'not on --node': 'on another node than --node names, not traced',
  'beyond --max-nodes': 'on one node more than --max-nodes allows, not traced',
};

function podList(pods: ReadonlyArray<LeftOutPod['pod']>): string {
  const named = pods.slice(0, MAX_NAMED).map(podText).join(', ');
  const others = pods.length - MAX_NAMED;
  return others > 0 ? `${named} and ${others} more pods` : named;
}
