import type { pwru } from '../../proto/gen/pwru.js';
import { type ClusterRun, clusterRun } from '../src/commands/trace/cluster-run.ts';
import { JsonRenderer } from '../src/render/json.ts';
import { PrintedEvents } from '../src/render/printed-events.ts';
import type { EventRenderer } from '../src/render/renderer.ts';
import { Reporter } from '../src/report/reporter.ts';
import type { AddressHomes } from '../src/report/untraced-destinations.ts';
import type { PodTarget } from '../src/targets/pod-source.ts';
import type { NodeTargets, TargetState } from '../src/targets/target-state.ts';
import { Channel } from '../src/terminal/channel.ts';
import { traceOptions } from './follow-line.ts';
import { MemoryAgents } from './memory-agents.ts';
import { started } from './recorded-session.ts';
import { TextSink } from './text-sink.ts';

/** A pod of namespace demo on a node: `web-1@n1`; with `=` behind the name it is followed by its name. */
export function plainPod(text: string): PodTarget {
  const [name = '', node = ''] = text.split('@');
  return {
    ...{ namespace: 'demo', name: name.replace('=', ''), uid: `uid-${name}-${node}`, node },
    ...{
      addresses: [],
      hostNetwork: false,
      hostPorts: [],
      addressesOnly: false,
      targets: ['deploy/web'],
    },
    followName: name.endsWith('='),
  };
}

/** `web-1@n1`, `n2` for a whole node, `@n3` for one where there are only clients, `=10.96.0.1` for a service's address. */
export function plainTargets(words: readonly string[]): TargetState {
  const pods = words.filter((word) => /.@/.test(word)).map(plainPod);
  const serviceAddresses = words
    .filter((word) => word.startsWith('='))
    .map((word) => word.slice(1));
  const nodes = new Map<string, NodeTargets>();
  for (const pod of pods.filter(({ node }) => node !== '')) {
    const before = nodes.get(pod.node)?.pods ?? [];
    nodes.set(pod.node, { whole: false, pods: [...before, pod] });
  }
  for (const word of words.filter((one) => !/.@|^=/.test(one))) {
    const node = word.replace('@', '');
    nodes.set(node, { whole: node === word, pods: nodes.get(node)?.pods ?? [] });
  }
  return {
    pods: new Map(pods.map((pod) => [pod.uid, pod])),
    nodes,
    unscheduled: pods.filter(({ node }) => node === ''),
    leftOut: [],
    servicePorts: [],
    serviceAddresses,
    nodesWanted: nodes.size,
  };
}

export interface MemoryClusterOptions {
  /** The flags and the filter, to be split at blanks. */
  readonly line?: string;
  /** What the command line names; the targets themselves are others, if any. */
  readonly targets?: string;
  readonly renderer?: EventRenderer;
  readonly isTerminal?: boolean;
  readonly homes?: AddressHomes;
  /** Its pods are called by their names alone. */
  readonly homeNamespace?: string;
  /** Before it begins. */
  readonly prepare?: (agents: MemoryAgents) => void;
}

/** A trace of a cluster whose agents and targets a test moves by hand. */
export class MemoryCluster {
  readonly agents = new MemoryAgents();
  readonly stdout = new TextSink();
  readonly stderr = new TextSink();
  readonly follower: { state: TargetState; filterTerms: string[] };
  readonly exit: Promise<number>;
  readonly #cluster: ClusterRun;

  constructor(targets: readonly string[], options: MemoryClusterOptions = {}) {
    const { line = '-o json', renderer = new JsonRenderer(), isTerminal = false } = options;
    const { homeNamespace = 'demo' } = options;
    options.prepare?.(this.agents);
    const traced = traceOptions(
      [options.targets ?? 'deploy/web', ...line.split(' ')].filter((word) => word !== ''),
    );
    this.follower = { state: plainTargets(targets), filterTerms: [] };
    const output = new Channel(this.stdout);
    output.onClosed(() => this.run.stop('output-closed'));
    this.#cluster = clusterRun({
      ...{ options: traced, agents: this.agents, follower: this.follower },
      printer: new PrintedEvents(renderer, output),
      reporter: new Reporter({
        ...{ channel: new Channel(this.stderr), isTerminal, quiet: traced.quiet },
        now: () => performance.now(),
      }),
      ...{ homeNamespace, homes: options.homes },
    });
    this.exit = this.run.run().finally(() => this.#cluster.nodes[Symbol.dispose]());
  }

  get run(): ClusterRun['run'] {
    return this.#cluster.run;
  }

  get pods(): ClusterRun['pods'] {
    return this.#cluster.pods;
  }

  /** The targets are these now. */
  move(targets: readonly string[]): void {
    this.follower.state = plainTargets(targets);
    this.#cluster.nodes.update();
  }

  /** What the agent of a node sends next. */
  send(node: string, ...responses: pwru.v1.TraceResponse.$Properties[]): void {
    this.agents.stream(node).push(...responses);
  }

  /** All probes of these nodes are on. */
  start(...nodes: string[]): void {
    for (const node of nodes) this.send(node, { started: { ...started, node } });
  }

  /** The last requests to a node's agent, by their names. */
  asked(node: string): string[] {
    return this.agents.stream(node).requests.map((request) => Object.keys(request).join());
  }

  /** Of standard output. */
  get lines(): Array<Record<string, unknown>> {
    return this.stdout.text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}
