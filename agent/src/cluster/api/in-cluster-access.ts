import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { messageOf, PwruError } from '../../core/errors.ts';
import { type ApiAccess, ApiFailure } from './request.ts';

const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Whether this process runs in a pod that was told where the API server is. */
export function isInCluster(environment: NodeJS.ProcessEnv): boolean {
  return Boolean(environment['KUBERNETES_SERVICE_HOST']);
}

/**
 * The API server as every pod finds it: address in the environment, token and CA in files. Not by way of
 * @kubernetes/client-node, which costs 0.3 s and 75 MB of memory where an agent has 90 (17 MB even if it is only in the
 * bundle and never runs): these few lines are all that it takes.
 *
 * The kubelet replaces the token long before it expires (an hour, renewed at 80 %), and the CA when it is rotated; both are
 * read for each request. A watch that is under way goes on with its old token.
 * @throws PwruError NOT_FOUND when this process runs in no pod
 */
export function inClusterAccess(
  environment: NodeJS.ProcessEnv = process.env,
  folder = serviceAccountFolder,
): ApiAccess {
  const host = environment['KUBERNETES_SERVICE_HOST'];
  if (!host) {
    throw new PwruError(
      'NOT_FOUND',
      'Cannot find the API server: KUBERNETES_SERVICE_HOST is not set (this process does not run in a pod)',
    );
  }
  const port = environment['KUBERNETES_SERVICE_PORT'] || '443';
  const server = new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`);
  return {
    endpoint: async () => {
      const [token, ca] = await Promise.all(
        ['token', 'ca.crt'].map((name) => read(join(folder, name))),
      );
      return { server, options: { ca }, headers: { authorization: `Bearer ${token?.trim()}` } };
    },
  };
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw new ApiFailure('credentials', `Cannot read ${path}: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
}
