import { AgentError, type QueryableAgent } from '../agent-client.ts';
import { type KubeApi, KubeError } from './kube-api.ts';
import { TunnelBridge } from './tunnel-bridge.ts';

/** Where the agent of a node is. */
export interface AgentPlace {
  readonly node: string;
  readonly pod: { readonly namespace: string; readonly name: string };
  /** Of its gRPC server, on the loopback interface of the pod. */
  readonly port: number;
}

/**
 * Opens the agent of a node through the API server. The tunnel is there when this resolves; it is one connection: when it
 * ends, every call fails with an AgentError that says why, and the way back is to open the agent again.
 * @throws AgentError "forbidden" when the user may not forward ports, else "unreachable"
 */
export async function openAgentOnNode(api: KubeApi, place: AgentPlace): Promise<QueryableAgent> {
  const { node, pod, port } = place;
  try {
    const bridge = await TunnelBridge.open(await api.connectToPod({ ...pod }, port));
    const { GrpcAgentClient } = await import('../grpc-client.ts');
    const client = new GrpcAgentClient(bridge.address, {
      name: node,
      whyEnded: (error) => whyEnded(bridge, error),
    });
    return {
      trace: (start) => client.trace(start),
      getInfo: () => client.getInfo(),
      listFunctions: (request) => client.listFunctions(request),
      listSessions: () => client.listSessions(),
      stopSession: (id) => client.stopSession(id),
      close: () => {
        client.close();
        bridge[Symbol.dispose]();
      },
    };
  } catch (thrown) {
    throw agentErrorOf(thrown, node);
  }
}

function whyEnded(bridge: TunnelBridge, error: unknown): string | undefined {
  if (bridge.failure !== undefined)
    return `the tunnel through the API server failed: ${bridge.failure.message}`;
  if (bridge.hasEnded) return 'the tunnel through the API server was closed by the other side';
  // gRPC gives up a connection whose pings are not answered and makes another, for which the bridge has no socket any more.
  return String(error).includes('ENOENT') ? 'it did not answer in time' : undefined;
}

function agentErrorOf(thrown: unknown, node: string): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const isForbidden = thrown instanceof KubeError && [401, 403].includes(thrown.status);
  const kind = isForbidden ? 'forbidden' : 'unreachable';
  return new AgentError(kind, `Cannot reach the agent at ${node}: ${thrown.message}`, {
    cause: thrown,
  });
}
