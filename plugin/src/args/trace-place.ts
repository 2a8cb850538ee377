import { isEmptyScope } from './cluster-scope.ts';
import { machineTargetText } from './machine-target.ts';
import type { TraceOptions } from './trace-options.ts';
import { UsageError } from './usage-error.ts';

export type TracePlace =
  | { readonly kind: 'local' }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'cluster' };

/**
 * Where a trace takes place: where the command line says, else in the cluster that kubectl would ask (`cluster` names what
 * it was found by), else on this machine: but a whole machine only when that is said.
 * @throws UsageError when nothing is named that can be traced there
 */
export function tracePlace(
  { agent, targets, scope }: Pick<TraceOptions, 'agent' | 'targets' | 'scope'>,
  cluster: string | undefined,
): TracePlace {
  if (agent.kind === 'local' || agent.kind === 'address') return agent;
  if (agent.kind === 'default') {
    const [target] = targets;
    if (cluster === undefined) {
      if (target !== undefined) return { kind: 'local' };
      throw new UsageError(
        'Cannot trace: there is no kubeconfig and no target; --local traces this machine, --kubeconfig names a cluster',
      );
    }
    if (target !== undefined) {
      throw new UsageError(
        `Cannot trace ${machineTargetText(target)} in the cluster of ${cluster}: use --local for this machine, or --agent ADDRESS for an agent elsewhere`,
      );
    }
  }
  if (isEmptyScope(scope)) {
    throw new UsageError(
      'Cannot trace: name a target such as pod/NAME, svc/NAME or node/NAME, or use -l, --all, -A or --all-nodes; --local traces this machine',
    );
  }
  return { kind: 'cluster' };
}
