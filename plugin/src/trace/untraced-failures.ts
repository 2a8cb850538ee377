import { type Failure, type FailureContext, failureOf } from '../failure.ts';
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
    const where = nodes.length === 1 ? '' : `${namesOf(group)}: `;
    return [{ ...failure, message: `${where}${failure.message}` }];
  });
}

function noAgent(nodes: readonly NodeTrace[]): Pick<Failure, 'message' | 'detailLines'> {
  const reasons = [...groupedBy(nodes, reasonOf)];
  const remedy =
    'kubectl pwru deploy installs agents and brings them up to date; --agent-namespace says where they are';
  return {
    message: `There is no agent on ${namesOf(nodes)}`,
    detailLines: [...reasons.map(([reason, some]) => `  ${namesOf(some)}: ${reason}`), remedy],
  };
}
