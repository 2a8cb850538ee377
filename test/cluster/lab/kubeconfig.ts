import { readFile, writeFile } from 'node:fs/promises';
import type { Certificate } from './certificate-authority.ts';

export interface KubeconfigSpec {
  /** `https://ADDRESS` of the API server. */
  readonly server: string;
  /** Path of the certificate of the cluster's authority. */
  readonly authority: string;
  /** Who asks: a client certificate, or a bearer token. */
  readonly user: Certificate | { readonly token: string };
  /** Where commands without `-n` look. */
  readonly namespace?: string;
}

/** Writes a kubeconfig with everything in it to `path` and returns the path. As JSON, which is YAML. */
export async function writeKubeconfig(path: string, spec: KubeconfigSpec): Promise<string> {
  const { server, authority, user, namespace } = spec;
  const credentials =
    'token' in user
      ? { token: user.token }
      : {
          'client-certificate-data': await readFile(user.certificate, 'base64'),
          'client-key-data': await readFile(user.key, 'base64'),
        };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'lab',
        cluster: { server, 'certificate-authority-data': await readFile(authority, 'base64') },
      },
    ],
    users: [{ name: 'lab', user: credentials }],
    contexts: [
      {
        name: 'lab',
        context: { cluster: 'lab', user: 'lab', ...(namespace === undefined ? {} : { namespace }) },
      },
    ],
    'current-context': 'lab',
  };
  await writeFile(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}
