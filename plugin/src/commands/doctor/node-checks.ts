import type { pwru } from '../../../../proto/gen/pwru.js';
import type { AgentCheck } from '../../agents/agent-check.ts';
import { isPullFailure } from '../../agents/node-agents.ts';
import { clockText } from '../../events/clocks.ts';
import { version } from '../../version.ts';
import { isAbsent, type NodeReport, tooOld } from '../status.ts';
import { type Finding, failure, mergeNodes, ok, warning } from './finding.ts';
import { checkKernel } from './machine-checks.ts';

/** From here on a clock is wrong, and not only a little late. */
const MAX_CLOCK_OFFSET_NS = 1_000_000_000n;

/** What the agents say of their nodes; nodes that are alike are told together. */
export function checkNodes(reports: readonly NodeReport[]): Finding[] {
  return mergeNodes([
    ...reports.map(checkAgentOf),
    ...reports.flatMap(({ agent, check }) =>
      check === undefined ? [] : checkAnswer(check, [agent.node]),
    ),
  ]);
}

function checkAgentOf({ agent, check, error }: NodeReport): Finding {
  const nodes = [agent.node];
  const { pod, notReady } = agent;
  if (isAbsent(agent)) {
    return warning('agent', `${notReady}`, {
      nodes,
      remedy: '"kubectl pwru deploy", without the --node-selector that leaves the node out',
    });
  }
  if (notReady !== undefined && pod !== undefined) {
    return failure('agent', `pod ${pod.name} is not ready: ${notReady}`, {
      nodes,
      remedy: isPullFailure(notReady)
        ? '"kubectl pwru deploy --image IMAGE" with one that the node can pull'
        : `kubectl -n ${pod.namespace} describe pod ${pod.name}`,
    });
  }
  if (check === undefined) {
    const detail = error?.message ?? 'it does not answer';
    return error?.kind === 'forbidden'
      ? failure('agent', detail, { nodes, remedy: 'the permissions that are missing above' })
      : failure('agent', detail, { nodes, remedy: logsOf(pod) });
  }
  return ok('agent', 'ready', { nodes });
}

function logsOf(pod: NodeReport['agent']['pod']): string {
  return pod === undefined
    ? 'start pwru-agent there'
    : `kubectl -n ${pod.namespace} logs ${pod.name}`;
}

function checkAnswer(check: AgentCheck, nodes: readonly string[]): Finding[] {
  const { info } = check;
  return [
    checkVersion(check, nodes),
    ...checkKernel(info, nodes),
    ...(info.cluster == null ? [] : checkPods(info.cluster, nodes)),
    ...checkSessions(info, nodes),
    ...checkClock(check, nodes),
  ];
}

function checkVersion(check: AgentCheck, nodes: readonly string[]): Finding {
  const { info, compatibility } = check;
  const detail = `the agent is ${info.version}, this program ${version}`;
  const remedy = '"kubectl pwru deploy"';
  if (compatibility === 'too-old')
    return failure('version', `${detail}: ${tooOld(check)}`, { nodes, remedy });
  if (compatibility === 'other-version') return warning('version', detail, { nodes, remedy });
  return ok('version', `${info.version}, API revision ${info.apiRevision}`, { nodes });
}

function checkPods(cluster: pwru.v1.ClusterInfo.$Properties, nodes: readonly string[]): Finding[] {
  const { podsSynced, podsReason, runtime, runtimeSocket, runtimeReason } = cluster;
  const remedy = '"kubectl pwru deploy", which restores the agents\' own rights and mounts';
  const pods =
    podsSynced === true && (podsReason ?? '') === ''
      ? ok('pods of the node', 'known and watched', { nodes })
      : failure('pods of the node', podsReason || 'not known yet', { nodes, remedy });
  const socket =
    (runtimeReason ?? '') === ''
      ? ok('container runtime', `${runtime ?? ''} at ${runtimeSocket ?? ''}`, { nodes })
      : warning(
          'container runtime',
          `${runtimeReason}: pods are looked for in /proc, which takes longer`,
          { nodes, remedy: "the agent's --cri-socket, if the socket is in an unusual place" },
        );
  return [pods, socket];
}

function checkSessions(info: pwru.v1.GetInfoResponse, nodes: readonly string[]): Finding[] {
  const { activeSessions, maxSessions } = info;
  if (activeSessions < maxSessions) return [];
  return [
    warning('sessions', `all ${maxSessions} are in use`, {
      nodes,
      remedy: '"kubectl pwru sessions" and "kubectl pwru stop"',
    }),
  ];
}

function checkClock({ clock }: AgentCheck, nodes: readonly string[]): Finding[] {
  if (clock === undefined) return [];
  const magnitudeNs = clock.offsetNs < 0n ? -clock.offsetNs : clock.offsetNs;
  if (magnitudeNs - clock.uncertaintyNs <= MAX_CLOCK_OFFSET_NS)
    return [ok('clock', "agrees with this machine's within a second", { nodes })];
  const detail = `${clockText(clock)} from this machine's, which is taken into account`;
  return [warning('clock', detail, { nodes, remedy: 'NTP on the node, or on this machine' })];
}
