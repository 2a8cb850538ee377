import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { AGENT_DAEMON_SET } from '../../plugin/src/agents/node-agents.ts';
import { KubeError, type KubeObject } from '../../plugin/src/kubernetes/kube-api.ts';
import { kinds } from '../../plugin/src/kubernetes/resources.ts';
import { MemoryKubeApi } from '../../plugin/testing/memory-kube-api.ts';
import { ownerReference } from '../../plugin/testing/memory-workloads.ts';

const namespace = 'pwru';

/** An API server in memory whose agent pods are agents that run here, each behind a unix socket of its own. */
export class AgentPods extends MemoryKubeApi {
  readonly #daemonSet: KubeObject;
  /** By name. */
  readonly #sockets = new Map<string, string>();
  readonly #pods = new Map<string, KubeObject>();
  #number = 0;

  constructor(nodes: readonly string[]) {
    super();
    this.#daemonSet = this.create(kinds.daemonSet, {
      metadata: { name: AGENT_DAEMON_SET, namespace },
      kind: 'DaemonSet',
    });
    for (const name of nodes) {
      this.create(kinds.node, { metadata: { name, labels: { 'kubernetes.io/os': 'linux' } } });
    }
  }

  /** The node's agent from now on; undefined: it has none any more. */
  set(node: string, socket: string | undefined): void {
    const before = this.#pods.get(node);
    if (before !== undefined) this.delete(kinds.pod, before);
    this.#pods.delete(node);
    if (socket === undefined) return;
    this.#number++;
    const name = `${AGENT_DAEMON_SET}-${this.#number}`;
    this.#sockets.set(name, socket);
    const pod = this.create(kinds.pod, {
      metadata: { name, namespace, ownerReferences: [ownerReference(this.#daemonSet)] },
      spec: { nodeName: node },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    });
    this.#pods.set(node, pod);
  }

  override async connectToPod(pod: { namespace: string; name: string }): Promise<Duplex> {
    const socket = connect(this.#sockets.get(pod.name) ?? '');
    try {
      await once(socket, 'connect');
    } catch (thrown) {
      const message = `error: unable to forward port of pod ${pod.namespace}/${pod.name}: ${String(thrown)}`;
      throw new KubeError(message, { reason: '', status: 0, cause: thrown });
    }
    return socket;
  }
}
