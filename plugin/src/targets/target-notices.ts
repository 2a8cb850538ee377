import { podText } from './pod-target.ts';
import type { LeftOutPod, TargetState } from './target-state.ts';

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
