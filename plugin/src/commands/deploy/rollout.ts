import { findAgents } from '../../agents/find-agents.ts';
import { AGENT_DAEMON_SET, type AgentPod } from '../../agents/node-agents.ts';
import { counted } from '../../events/accounting.ts';
import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type Watched,
} from '../../kubernetes/kube-api.ts';
import { kinds } from '../../kubernetes/resources.ts';
import type { CommandOutput } from '../../terminal/output.ts';
import { CommandError } from '../command-error.ts';
import { pullFailureText } from './image-pull.ts';

/** Parts of a DaemonSet that tell how its rollout goes. */
export interface DaemonSet extends KubeObject {
  readonly metadata?: NonNullable<KubeObject['metadata']> & { readonly generation?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly desiredNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberAvailable?: number;
    readonly numberReady?: number;
  };
}

interface KubeEvent extends KubeObject {
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string;
}

const eventKind = { ...kinds.pod, kind: 'Event', plural: 'events' };

/** How many pods a line is spent on. */
const MAX_TOLD = 10;

export interface RolloutOptions {
  readonly agentNamespace: string;
  readonly timeoutMs: number;
  /** Of the agents, as it was applied. */
  readonly image: string;
}

/**
 * Waits until every node that is to have an agent has one of the applied kind that is ready; tells how far it is.
 * @throws CommandError after `timeoutMs`, when it has told which agents are not ready and why, and at once when their image
 * cannot be pulled; KubeError
 */
export async function waitForRollout(
  api: KubeApi,
  { agentNamespace, timeoutMs, image }: RolloutOptions,
  output: CommandOutput,
): Promise<void> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const told = new ChangingLine(output);
  const changes = new Changes(deadline);
  using pods = await watchPods(api, agentNamespace, () => changes.tell());
  using daemonSets = await api.watch<DaemonSet>(
    kinds.daemonSet,
    { namespace: agentNamespace, fieldSelector: `metadata.name=${AGENT_DAEMON_SET}` },
    { onChange: () => changes.tell(), onTrouble: (error) => told.trouble(error) },
  );
  while (!deadline.aborted) {
    const [daemonSet] = daemonSets.objects.values();
    const progress = daemonSet && progressOf(daemonSet);
    if (progress !== undefined) told.tell(progressText(progress));
    if (progress?.isDone === true) return;
    const failure = daemonSet && pullFailureText(pods.objects.values(), daemonSet, image);
    if (failure !== undefined) {
      throw new CommandError(
        `Cannot deploy: ${failure}; deploy another one with --image, or the same one when it is there`,
      );
    }
    await changes.next();
  }
  output.tell(...(await reasons(api, agentNamespace)));
  throw new CommandError(
    `Gave up after ${timeoutMs / 1_000} s: not every node has an agent that is ready (--timeout waits longer)`,
  );
}

/** The pods of a namespace; none for one who may not look at them. @throws KubeError */
async function watchPods(
  api: KubeApi,
  namespace: string,
  onChange: () => void,
): Promise<Pick<Watched<AgentPod>, 'objects'> & Disposable> {
  try {
    // A broken connection is reported by the watch of the DaemonSet.
    return await api.watch<AgentPod>(kinds.pod, { namespace }, { onChange, onTrouble: () => {} });
  } catch (thrown) {
    if (!(thrown instanceof KubeError) || thrown.status !== 403) throw thrown;
    return { objects: new Map(), [Symbol.dispose]: () => {} };
  }
}

interface Progress {
  readonly desired: number;
  readonly ready: number;
  readonly isDone: boolean;
}

/** As `kubectl rollout status` sees it; undefined until the controller has seen what was applied. */
export function progressOf({ metadata, status = {} }: DaemonSet): Progress | undefined {
  if ((status.observedGeneration ?? 0) < (metadata?.generation ?? 1)) return undefined;
  const desired = status.desiredNumberScheduled ?? 0;
  const updated = status.updatedNumberScheduled ?? 0;
  const ready = Math.min(updated, status.numberAvailable ?? 0);
  return { desired, ready, isDone: ready >= desired };
}

function progressText({ desired, ready }: Progress): string {
  return desired === 0
    ? `${AGENT_DAEMON_SET}: no node matches its node selector`
    : `${AGENT_DAEMON_SET}: ${ready} of ${counted(desired, 'node')} ready`;
}

/** Which agents are not ready, and why; and why there are fewer pods than there should be. */
async function reasons(api: KubeApi, namespace: string): Promise<string[]> {
  const agents = await findAgents(api, { agentNamespace: namespace });
  const lines = [...agents].flatMap((agent) =>
    agent.kind === 'not-ready'
      ? [`pod ${agent.place.pod.name} on ${agent.place.node} is not ready: ${agent.reason}`]
      : [],
  );
  const surplus = lines.length - MAX_TOLD;
  const shown = surplus > 0 ? [...lines.slice(0, MAX_TOLD), `... and ${surplus} more`] : lines;
  return [...shown, ...(await refusedPods(api, namespace))];
}

/** What keeps the controller from making pods (Pod Security, a quota), as its latest event says. */
async function refusedPods(api: KubeApi, namespace: string): Promise<string[]> {
  const fieldSelector = [
    'involvedObject.kind=DaemonSet',
    `involvedObject.name=${AGENT_DAEMON_SET}`,
    'type=Warning',
  ].join(',');
  // Whoever may not read events is told the rest.
  const events = await api
    .list<KubeEvent>(eventKind, { namespace, fieldSelector })
    .catch((): KubeEvent[] => []);
  const [latest] = events.sort((a, b) => compare(b.lastTimestamp ?? '', a.lastTimestamp ?? ''));
  return latest === undefined ? [] : [`${latest.reason ?? ''}: ${latest.message ?? ''}`];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Tells each text once, as long as it stays the same. */
class ChangingLine {
  readonly #output: CommandOutput;
  #last = '';

  constructor(output: CommandOutput) {
    this.#output = output;
  }

  tell(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    this.#output.tell(text);
  }

  trouble(error: KubeError | undefined): void {
    if (error !== undefined) this.#output.tell(`Trying again: ${error.message}`);
  }
}

/** Changes for one who waits for the next one; what happened before counts. */
class Changes {
  #isNew = false;
  #wake: () => void = () => {};

  /** @param end the last one */
  constructor(end: AbortSignal) {
    end.addEventListener('abort', () => this.tell(), { once: true });
  }

  tell(): void {
    this.#isNew = true;
    this.#wake();
  }

  async next(): Promise<void> {
    if (!this.#isNew) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#isNew = false;
  }
}
