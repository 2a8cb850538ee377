import type { pwru } from '../../../proto/gen/pwru.js';
import { type AgentCheck, checkAgent, REQUIRED_API_REVISION } from '../agents/agent-check.ts';
import type { AgentError } from '../agents/agent-client.ts';
import { findAgents } from '../agents/find-agents.ts';
import type { StatusOptions } from '../cli/parse-command.ts';
import { clockText } from '../events/clocks.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { type KubeApi, KubeError, type KubeObject } from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { printableJson } from '../terminal/text.ts';
import { printTable } from '../terminal/text-table.ts';
import { type Answer, agentsPlace, askAgents, tellFailures, withAgents } from './ask-agents.ts';
import { type AskableAgent, agentOfNode, agentsOfCluster } from './askable-agent.ts';
import { withKubeApi } from './with-kube-api.ts';

export function runStatus(options: StatusOptions, output: CommandOutput): Promise<ExitCode> {
  if (agentsPlace(options) !== 'cluster')
    return withAgents(options, output, (agents) => printStatus(agents, options, output));
  return withKubeApi(options.connection, output, async (api) =>
    printStatus(await agentsOfNodes(api, options, output), options, output),
  );
}

/** All nodes of the cluster, or those that were asked for, with their agents or without. */
export async function agentsOfNodes(
  api: KubeApi,
  options: Pick<StatusOptions, 'agentNamespace' | 'nodes'>,
  output: CommandOutput,
): Promise<AskableAgent[]> {
  if (options.nodes.length > 0) return agentsOfCluster(api, options);
  let nodes: KubeObject[];
  try {
    nodes = await api.list(kinds.node, {});
  } catch (thrown) {
    if (!(thrown instanceof KubeError) || thrown.status !== 403) throw thrown;
    output.tell(`Nodes without an agent are not shown: ${thrown.message}`);
    return agentsOfCluster(api, options);
  }
  const found = await findAgents(api, options);
  return nodes
    .map(({ metadata }) => metadata?.name ?? '')
    .sort()
    .map((node) => agentOfNode(api, found.on(node)));
}

/** Prints a row for each node. */
export async function printStatus(
  agents: readonly AskableAgent[],
  options: Pick<StatusOptions, 'output' | 'headers'>,
  output: CommandOutput,
): Promise<ExitCode> {
  const reports = await reportNodes(agents);
  if (options.output === 'json') output.print(...reports.map(jsonOf));
  else {
    const hasTrouble = reports.some((report) => trouble(report) !== '');
    const shown = hasTrouble ? [...columns, troubleColumn] : columns;
    printTable(output, { columns: shown, rows: reports, headers: options.headers });
  }
  return exitCodeOf(reports, output);
}

/** A node that was left out on purpose is no failure, unless no node has an agent. */
function exitCodeOf(reports: readonly NodeReport[], output: CommandOutput): ExitCode {
  const absent = reports.filter(({ agent }) => isAbsent(agent));
  if (absent.length === reports.length) {
    const [reason = 'there are no nodes'] = absent.map(({ agent }) => agent.notReady);
    output.tell(`error: There are no agents: ${reason}; "kubectl pwru deploy" installs them`);
    return exitCodes.NO_AGENT;
  }
  const answers = reports.flatMap(({ agent: from, check, error }): Array<Answer<unknown>> => {
    if (check !== undefined) return [{ kind: 'answered', from, value: check }];
    return error === undefined ? [] : [{ kind: 'failed', from, error }];
  });
  return tellFailures(answers, output);
}

const troubleColumn = { header: 'TROUBLE', canBeCut: true, text: trouble };

const columns = [
  { header: 'NODE', text: ({ agent }: NodeReport) => agent.node },
  { header: 'AGENT', dropRank: 1, text: ({ agent, check }: NodeReport) => agentText(agent, check) },
  { header: 'VERSION', text: ({ check }: NodeReport) => check?.info.version ?? '' },
  {
    header: 'API',
    dropRank: 2,
    text: ({ check }: NodeReport) => `${check?.info.apiRevision ?? ''}`,
  },
  { header: 'KERNEL', text: ({ check }: NodeReport) => check?.info.kernelRelease ?? '' },
  { header: 'BACKEND', text: backendText },
  { header: 'SESSIONS', text: sessionsText },
  { header: 'PODS', dropRank: 4, text: podsText },
  {
    header: 'CLOCK',
    dropRank: 3,
    text: ({ check }: NodeReport) => (check?.clock === undefined ? '' : clockText(check.clock)),
  },
];

function agentText({ pod, notReady }: AskableAgent, check: NodeReport['check']): string {
  if (pod !== undefined) return pod.name;
  return notReady === undefined && check !== undefined ? check.info.node : '';
}

function backendText({ check }: NodeReport): string {
  return check === undefined ? '' : (bestBackend(check.info)?.status?.name ?? 'none');
}

function sessionsText({ check }: NodeReport): string {
  return check === undefined ? '' : `${check.info.activeSessions}/${check.info.maxSessions}`;
}

/** Of those that are on the node, how many have a network namespace that is known. */
function podsText({ check }: NodeReport): string {
  const cluster = check?.info.cluster;
  return cluster == null ? '' : `${cluster.podsResolved ?? 0}/${cluster.pods ?? 0}`;
}

function jsonOf(report: NodeReport): string {
  const { agent, check } = report;
  const info = check?.info;
  const cluster = info?.cluster;
  return printableJson({
    node: agent.node,
    pod: agent.pod ?? null,
    ready: agent.notReady === undefined && check !== undefined,
    trouble: trouble(report),
    version: info?.version ?? '',
    apiRevision: info?.apiRevision ?? 0,
    kernel: info?.kernelRelease ?? '',
    architecture: info?.architecture ?? '',
    bootId: info?.bootId ?? '',
    backends: (info?.backends ?? []).map(({ status, functions }) => ({
      name: status?.name ?? '',
      available: status?.available ?? false,
      reason: status?.reason ?? '',
      functions: functions ?? 0,
    })),
    features: (info?.features ?? []).map(({ name, available, reason }) => ({
      name: name ?? '',
      available: available ?? false,
      reason: reason ?? '',
    })),
    sessions: info === undefined ? null : { active: info.activeSessions, max: info.maxSessions },
    pods:
      cluster == null
        ? null
        : {
            synced: cluster.podsSynced ?? false,
            reason: cluster.podsReason ?? '',
            resolved: cluster.podsResolved ?? 0,
            total: cluster.pods ?? 0,
          },
    runtime:
      cluster == null
        ? null
        : {
            name: cluster.runtime ?? '',
            socket: cluster.runtimeSocket ?? '',
            reason: cluster.runtimeReason ?? '',
          },
    clock:
      check?.clock === undefined
        ? null
        : { offsetNs: `${check.clock.offsetNs}`, uncertaintyNs: `${check.clock.uncertaintyNs}` },
  });
}

/** What is known of a node and its agent. */
export interface NodeReport {
  readonly agent: AskableAgent;
  /** Undefined when the agent did not answer, or when there is none. */
  readonly check: AgentCheck | undefined;
  /** Why it did not answer; undefined when it did, or when there is none that could. */
  readonly error: AgentError | undefined;
}

/** Asks every agent who it is; a node without a pod of an agent is not asked. */
export async function reportNodes(agents: readonly AskableAgent[]): Promise<NodeReport[]> {
  const askable = agents.filter((agent) => !isAbsent(agent));
  const answers = new Map(
    (await askAgents(askable, checkAgent)).map((answer) => [answer.from, answer]),
  );
  return agents.map((agent) => {
    const answer = answers.get(agent);
    return {
      agent,
      check: answer?.kind === 'answered' ? answer.value : undefined,
      error: answer?.kind === 'failed' ? answer.error : undefined,
    };
  });
}

/** The cluster has no pod of an agent there. */
export function isAbsent({ pod, notReady }: AskableAgent): boolean {
  return pod === undefined && notReady !== undefined;
}

/** What is wrong on the node, in a few words; empty when nothing is. */
export function trouble({ agent, check, error }: NodeReport): string {
  if (agent.notReady !== undefined) return agent.notReady;
  if (error !== undefined) return error.message;
  if (check?.compatibility === 'too-old') return tooOld(check);
  return '';
}

export function tooOld({ info }: AgentCheck): string {
  return `its API revision is ${info.apiRevision}, this program needs ${REQUIRED_API_REVISION}`;
}

/** The best backend that works; undefined when none does. */
export function bestBackend(
  info: pwru.v1.GetInfoResponse,
): pwru.v1.BackendInfo.$Properties | undefined {
  return info.backends.find(({ status }) => status?.available === true);
}
