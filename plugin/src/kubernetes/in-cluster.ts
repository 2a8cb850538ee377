import { existsSync, readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import type { ClusterEntry, UserEntry } from './kubeconfig.ts';

/** What a pod finds of its own cluster. https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
export interface InClusterFiles {
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
  readonly namespace: string | undefined;
}

const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** @returns undefined where there is no service account, so not in a pod that may ask */
export function inClusterFiles(environment: NodeJS.ProcessEnv): InClusterFiles | undefined {
  const host = environment['KUBERNETES_SERVICE_HOST'] ?? '';
  const port = environment['KUBERNETES_SERVICE_PORT'] ?? '';
  if (host === '' || port === '' || !existsSync(`${FOLDER}/token`)) return undefined;
  return {
    cluster: {
      server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
      certificateAuthority: `${FOLDER}/ca.crt`,
    },
    user: { tokenFile: `${FOLDER}/token` },
    namespace: namespaceOf(environment),
  };
}

function namespaceOf(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment['POD_NAMESPACE'] ?? '';
  if (named !== '') return named;
  try {
    return readFileSync(`${FOLDER}/namespace`, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
