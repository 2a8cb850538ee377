import { pwru } from '../../../proto/gen/pwru.js';
import { AgentError, type QueryableAgent } from '../agents/agent-client.ts';
import { findAgents } from '../agents/find-agents.ts';
import { AGENT_DAEMON_SET, type NodeAgent } from '../agents/node-agents.ts';
import { openAgentOnNode } from '../agents/open-agent-on-node.ts';
import { exitCodes } from '../exit-code.ts';
import { type KubeApi, KubeError, type KubeObject } from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import { CommandError } from './command-error.ts';

/** google.rpc.ErrorInfo.reason of an agent that has no session of an id. */
export const SESSION_NOT_FOUND = 'NOT_FOUND';

/** An agent that a command may ask. */
export interface AskableAgent {
  /** Name of its node, or where it was said to be. */
  readonly node: string;
  /** Undefined when it is in no cluster, or when the node has none. */
  readonly pod: { readonly namespace: string; readonly name: string } | undefined;
  /** Why it cannot be expected to answer; undefined when nothing speaks against it. */
  readonly notReady: string | undefined;
  /** Equal for agents that are ready and the same program; undefined where nothing tells. */
  readonly image: string | undefined;
  /** The caller closes it. @throws AgentError */
  open(): Promise<QueryableAgent>;
}

/** @param address `unix:PATH` or `HOST:PORT` */
export function agentAtAddress(address: string): AskableAgent {
  return {
    ...{ node: address, pod: undefined, notReady: undefined, image: undefined },
    open: async () => {
      const { GrpcAgentClient } = await import('../agents/grpc-client.ts');
      return new GrpcAgentClient(address);
    },
  };
}

/**
 * An agent inside this process, which is opened to be asked and not to trace: it has no sessions.
 * @param note takes what the agent has to say, a line each
 */
export function agentInside(node: string, note: (text: string) => void): AskableAgent {
  return {
    ...{ node, pod: undefined, notReady: undefined, image: undefined },
    open: async () => {
      const { openLocalAgent } = await import('../agents/local.ts');
      return {
        ...(await openLocalAgent(note)),
        listSessions: async () => new pwru.v1.ListSessionsResponse(),
        stopSession: async (id) => {
          const message = `Cannot stop session "${id}": this agent has none`;
          throw new AgentError('refused', message, { reason: SESSION_NOT_FOUND });
        },
      };
    },
  };
}

export function agentOfNode(api: KubeApi, agent: NodeAgent): AskableAgent {
  if (agent.kind === 'none') {
    const { node, reason } = agent;
    const absent = new AgentError('unreachable', `There is no agent on ${node}: ${reason}`);
    const open = () => Promise.reject(absent);
    return { node, pod: undefined, notReady: reason, image: undefined, open };
  }
  const { place } = agent;
  return {
    node: place.node,
    pod: place.pod,
    notReady: agent.kind === 'ready' ? undefined : agent.reason,
    image: agent.kind === 'ready' ? agent.image : undefined,
    open: () => openAgentOnNode(api, place),
  };
}

/**
 * The agents of a cluster, by the names of their nodes.
 * @param nodes only those of these nodes, whether they have one or not; empty: of all that have a pod
 * @throws KubeError; CommandError when there are none
 */
export async function agentsOfCluster(
  api: KubeApi,
  { agentNamespace, nodes }: { readonly agentNamespace: string; readonly nodes: readonly string[] },
): Promise<AskableAgent[]> {
  const found = await findAgents(api, { agentNamespace });
  const members = nodes.length === 0 ? [...found] : nodes.map((node) => found.on(node));
  for (const member of members) if (member.kind === 'none') await mustBeNode(api, member.node);
  if (members.length === 0) throw await noAgents(api, agentNamespace);
  return members
    .map((member) => agentOfNode(api, member))
    .sort((a, b) => (a.node < b.node ? -1 : 1));
}

/** A node that is not there is another mistake than one without an agent. */
async function mustBeNode(api: KubeApi, name: string): Promise<void> {
  try {
    await api.get(kinds.node, name);
  } catch (thrown) {
    // Whoever may not look at nodes is told of the agent only.
    if (!(thrown instanceof KubeError) || thrown.status !== 403) throw thrown;
  }
}

async function noAgents(api: KubeApi, namespace: string): Promise<CommandError> {
  const daemonSet = await api
    .get<KubeObject>(kinds.daemonSet, AGENT_DAEMON_SET, namespace)
    .catch((thrown: unknown) => {
      if (thrown instanceof KubeError && thrown.status === 404) return undefined;
      throw thrown;
    });
  return new CommandError(
    daemonSet === undefined
      ? `There are no agents: there is no DaemonSet ${AGENT_DAEMON_SET} in namespace ${namespace}; "kubectl pwru deploy" installs them`
      : `There are no agents: DaemonSet ${AGENT_DAEMON_SET} in namespace ${namespace} has no pods; its node selector may match no node`,
    exitCodes.NO_AGENT,
  );
}
