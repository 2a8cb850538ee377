import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type AgentClient, AgentError } from './agent-client.ts';
import type { AgentChoice } from './args/trace-options.ts';

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Opens the agent that was chosen. Only what it needs is loaded: gRPC for one elsewhere, the agent for this machine.
 * @param note takes what a local agent has to say, a line each
 * @throws AgentError
 */
export async function openAgent(
  choice: AgentChoice,
  note: (text: string) => void,
): Promise<AgentClient> {
  if (choice.kind === 'address') {
    const { GrpcAgentClient } = await import('./grpc-client.ts');
    return new GrpcAgentClient(choice.address);
  }
  if (choice.kind === 'default') {
    const cluster = findCluster(process.env, homedir());
    if (cluster !== undefined) {
      throw new AgentError(
        'unreachable',
        `Cannot trace the cluster of ${cluster}: this version traces single machines; ` +
          'use --local for this one, or --agent ADDRESS for an agent elsewhere',
      );
    }
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
