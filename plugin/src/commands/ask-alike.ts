import type { QueryableAgent } from '../agents/agent-client.ts';
import { Limiter } from '../kubernetes/pacing.ts';
import { type Answer, askAgents, MAX_OPEN } from './ask-agents.ts';
import type { AskableAgent } from './askable-agent.ts';

/** What came of asking for agents that would answer alike. */
export interface SharedAnswer<T> {
  /** The one that answered, or the failures of those that were tried. */
  readonly answers: ReadonlyArray<Answer<T>>;
  /** The others of its kind, when one answered. */
  readonly alike: readonly AskableAgent[];
}

/** So many agents of a kind are tried until one answers. */
const MAX_TRIES = 3;

/**
 * Asks one agent of each kind: a cluster may have 5,000.
 * @param kindOf undefined: like no other
 */
export async function askAlike<T>(
  agents: readonly AskableAgent[],
  kindOf: (agent: AskableAgent) => string | undefined,
  question: (agent: QueryableAgent, from: AskableAgent) => Promise<T>,
): Promise<Array<SharedAnswer<T>>> {
  const kinds = new Map<unknown, AskableAgent[]>();
  for (const agent of agents) {
    const kind = kindOf(agent) ?? agent;
    kinds.set(kind, [...(kinds.get(kind) ?? []), agent]);
  }
  const limiter = new Limiter(MAX_OPEN);
  const asking = [...kinds.values()].map((group) => limiter.run(() => askOneOf(group, question)));
  return Promise.all(asking);
}

async function askOneOf<T>(
  group: readonly AskableAgent[],
  question: (agent: QueryableAgent, from: AskableAgent) => Promise<T>,
): Promise<SharedAnswer<T>> {
  const isReady = ({ notReady }: AskableAgent) => notReady === undefined;
  const inOrder = [...group.filter(isReady), ...group.filter((agent) => !isReady(agent))];
  const failures: Array<Answer<T>> = [];
  for (const candidate of inOrder.slice(0, MAX_TRIES)) {
    const answers = await askAgents([candidate], question);
    if (answers.some(({ kind }) => kind === 'answered'))
      return { answers, alike: group.filter((agent) => agent !== candidate) };
    failures.push(...answers);
  }
  return { answers: failures, alike: [] };
}
