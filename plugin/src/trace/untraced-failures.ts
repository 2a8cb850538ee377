import { type Failure, type FailureContext, failureOf } from '../failure.ts';
import { isPullFailure } from '../kubernetes/node-agents.ts';
import { NoAgentError } from './agent-source.ts';
import { groupedBy, namesOf } from './node-lists.ts';
import type { NodeTrace } from './node-trace.ts';
import { reasonOf } from './node-troubles.ts';

/** Why no node at all could be traced: each cause once, with the nodes that it is about. */
export function untracedFailures(
  nodes: readonly NodeTrace[],
  options: FailureContext['options'],
): Failure[] {
  const failed = nodes.filter(({ end }) => end?.kind === 'failure');
  const groups = groupedBy(failed, ({ end }) =>
    end?.kind === 'failure' && !(end.error instanceof NoAgentError) ? end.error.message : '',
  );
  return [...groups.values()].flatMap((group) => {
    const end = group[0]?.end;
    if (end?.kind !== 'failure') return [];
    const failure = failureOf(end.error, { options, tracing: false });
    if (end.error instanceof NoAgentError) return [{ ...failure, ...noAgent(group) }];
    // A limit is one of the node's agent, whichever node it is.
    const isLimit = end.error.details.reason === 'LIMIT_REACHED';
    const where = nodes.length === 1 && !isLimit ? '' : `${namesOf(group)}: `;
    return [{ ...failure, message: `${where}${failure.message}` }];
  });
}

function noAgent(nodes: readonly NodeTrace[]): Pick<Failure, 'message' | 'detailLines'> {
  const reasons = [...groupedBy(nodes, reasonOf)];
  return {
    message: `There is no agent on ${namesOf(nodes)}`,
    detailLines: [
      ...reasons.map(([reason, some]) => `  ${namesOf(some)}: ${reason}`),
      remedyOf(reasons.map(([reason]) => reason)),
    ],
  };
}

/** What has been installed already need not be installed again. */
function remedyOf(reasons: readonly string[]): string {
  if (reasons.some(isPullFailure))
    return 'The nodes cannot pull the image of the agents: kubectl pwru deploy --image names another one';
  if (reasons.every((reason) => / is not ready: /.test(reason)))
    return 'The agents are there: kubectl pwru doctor says what helps';
  return 'kubectl pwru deploy installs agents and brings them up to date; --agent-namespace says where they are';
}
