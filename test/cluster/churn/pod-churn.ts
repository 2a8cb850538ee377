import type { V1Pod } from '@kubernetes/client-node';
import type { KubeApi, Watched } from '../../../plugin/src/kubernetes/kube-api.ts';
import { Limiter } from '../../../plugin/src/kubernetes/pacing.ts';
import { kinds } from '../../../plugin/src/kubernetes/resources.ts';
import { waitUntil } from '../lab/wait-until.ts';
import { podTemplate } from '../pods.ts';

export const churnLabel = 'pwru-test=churn';
export const churnPort = 4005;

/** Of one pod's coming, or going; a machine that is busy needs its time. */
const stepTimeoutMs = 180_000;

/** Sends a SYN a second, which nobody answers, and ends when it is told to. */
const keepSending = [
  'trap "exit 0" TERM',
  `while true; do nc -w 1 192.0.2.9 ${churnPort} & wait $!; done`,
].join('; ');

export interface PodChurnOptions {
  readonly api: KubeApi;
  readonly namespace: string;
  /** Name of the node that has them all. */
  readonly node: string;
  /** How many there are at a time. */
  readonly atATime: number;
  /** Whether the pod may go: it was traced. */
  readonly isSeen: (pod: string) => boolean;
}

/** Makes pods on a node and deletes them, several at a time. */
export class PodChurn implements Disposable {
  /** How many have come and gone. */
  count = 0;
  readonly #options: PodChurnOptions;
  readonly #limiter: Limiter;
  readonly #pods: Watched<V1Pod>;

  private constructor(options: PodChurnOptions, pods: Watched<V1Pod>) {
    this.#options = options;
    this.#limiter = new Limiter(options.atATime);
    this.#pods = pods;
  }

  static async open(options: PodChurnOptions): Promise<PodChurn> {
    const { api, namespace } = options;
    const listener = { onChange: () => {}, onTrouble: () => {} };
    const pods = await api.watch<V1Pod>(kinds.pod, { namespace }, listener);
    return new PodChurn(options, pods);
  }

  /** Resolves when so many more have come, were seen, and have gone from the API. */
  async run(more: number): Promise<void> {
    await Promise.all(
      Array.from({ length: more }, () => this.#limiter.run(() => this.#onePod(++this.count))),
    );
  }

  async #onePod(number: number): Promise<void> {
    const { api, namespace, node, isSeen } = this.#options;
    const name = `churn-${number}`;
    const path = `/api/v1/namespaces/${namespace}/pods`;
    const [label = '', value] = churnLabel.split('=');
    await api.request({
      ...{ method: 'POST', path },
      body: {
        ...{ apiVersion: 'v1', kind: 'Pod' },
        metadata: { name, labels: { [label]: value } },
        spec: podTemplate({ node, command: ['sh', '-c', keepSending] }),
      },
    });
    await waitUntil(() => this.#isReady(name) && isSeen(name), {
      goal: `running ${name} and tracing it`,
      timeoutMs: stepTimeoutMs,
    });
    // Half of them go in the usual way; the API forgets the others at once, while their node still has them.
    const gracePeriodSeconds = number % 2 === 0 ? 0 : 2;
    await api.request({
      ...{ method: 'DELETE', path: `${path}/${name}` },
      body: { gracePeriodSeconds },
    });
    await waitUntil(() => this.#find(name) === undefined, {
      goal: `rid of ${name}`,
      timeoutMs: stepTimeoutMs,
    });
  }

  #find(name: string): V1Pod | undefined {
    for (const pod of this.#pods.objects.values()) if (pod.metadata?.name === name) return pod;
    return undefined;
  }

  #isReady(name: string): boolean {
    const conditions = this.#find(name)?.status?.conditions ?? [];
    return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  }

  [Symbol.dispose](): void {
    this.#pods[Symbol.dispose]();
  }
}
