import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TracePlace } from '../cli/trace-options.ts';
import type { AgentClient, QueryableAgent } from './agent-client.ts';

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Opens the one agent that was chosen. Only what it needs is loaded: gRPC for one elsewhere, the agent for this machine.
 * @param note takes what a local agent has to say, a line each
 * @throws AgentError
 */
export async function openAgent(
  place: Exclude<TracePlace, { kind: 'cluster' }>,
  note: (text: string) => void,
): Promise<AgentClient & Pick<QueryableAgent, 'getInfo' | 'listFunctions'>> {
  if (place.kind === 'address') {
    const { GrpcAgentClient } = await import('./grpc-client.ts');
    return new GrpcAgentClient(place.address);
  }
  const { openLocalAgent } = await import('./local.ts');
  return openLocalAgent(note);
}

/** Where kubectl would find a cluster: the file or files that KUBECONFIG names, ~/.kube/config, the pod it runs in. */
export function findCluster(
  environment: NodeJS.ProcessEnv,
  homeDirectory: string,
): string | undefined {
  const named = environment['KUBECONFIG'] ?? '';
  if (named !== '') return named;
  const standard = join(homeDirectory, '.kube', 'config');
  if (existsSync(standard)) return standard;
  const inCluster =
    (environment['KUBERNETES_SERVICE_HOST'] ?? '') !== '' && existsSync(SERVICE_ACCOUNT_TOKEN);
  return inCluster ? 'this pod' : undefined;
}
