import { exitCodes } from '../exit-code.ts';
import type { OpenTargets, TargetRequest } from './open-targets.ts';
import { podText } from './pod-target.ts';
import { TargetError } from './target-error.ts';
import type { LeftOutPod, TargetState } from './target-state.ts';

/** The error of a request that has nothing to trace and waits for nothing; undefined when it has. */
export function nothingToTrace(
  { pods, nodes, leftOut, serviceAddresses }: TargetState,
  {
    sources,
    request,
    namespace,
  }: Pick<OpenTargets, 'sources'> & {
    request: TargetRequest;
    namespace: string;
  },
): TargetError | undefined {
  if (pods.size > 0 || nodes.size > 0) return undefined;
  const mayCome = sources.some(({ maybeIdle }) => maybeIdle);
  // Others may come after those that have ended, but not where the command line keeps them out.
  const [first] = mayCome ? leftOut.filter(isKeptOut) : leftOut;
  if (first !== undefined) return allLeftOut(first, leftOut, request);
  if (mayCome) return undefined;
  if (serviceAddresses.length > 0) {
    return new TargetError(
      `error: Cannot trace ${sources.map(({ text }) => text).join(', ')}: it has no pods now; to trace its clients, name their nodes with --node, or the clients with --from`,
    );
  }
  return new TargetError(`No resources found in ${namespace} namespace.`);
}

function isKeptOut({ reason }: LeftOutPod): boolean {
  return reason !== 'completed' && reason !== 'failed';
}

function allLeftOut(
  first: LeftOutPod,
  leftOut: readonly LeftOutPod[],
  { scope }: TargetRequest,
): TargetError {
  const others = leftOut.length - 1;
  const what = `error: Cannot trace ${podText(first.pod)}${others === 0 ? '' : ` and ${others} more`}`;
  switch (first.reason) {
    case 'completed':
    case 'failed':
      return new TargetError(`${what}: it has ${first.reason}, and has no network any more`);
    case 'host network':
      return new TargetError(
        `${what}: it uses the network of its node ${first.pod.node}; --host-network=node traces all of that`,
        exitCodes.USAGE,
      );
    case 'not on --node':
    case 'beyond --max-nodes':
      return new TargetError(
        `${what}: it is on node ${first.pod.node}, not on ${scope.nodes.join(' or ')}`,
        exitCodes.USAGE,
      );
  }
}
