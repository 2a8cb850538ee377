/* No credential leaves for anyone but an API server that TLS has proved; as client-go, which reads none otherwise. */

import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ConnectionFlags } from './connection-flags.ts';
import { kinds } from './kinds.ts';
import { openKubeApi } from './open-kube-api.ts';
import { apiServer, sendJson } from './testing/api-server.ts';
import { makeCertificates } from './testing/certificates.ts';
import { connectProxy } from './testing/connect-proxy.ts';
import { KubeconfigFolder } from './testing/kubeconfig-folder.ts';

const certificates = makeCertificates();
const authorityData = Buffer.from(certificates.authority).toString('base64');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const inAYear = base64(JSON.stringify({ exp: Math.floor(Date.now() / 1_000) + 31_536_000 }));

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A real server that keeps what it was asked. */
const listener = (options: { certificates?: typeof certificates } = {}) =>
  apiServer({
    ...options,
    onRequest: (_request, response) => sendJson(response, 200, { metadata: { name: 'foo' } }),
  });

/** Asks for a pod and opens a tunnel to it; failures are not looked at. */
async function ask(flags: ConnectionFlags): Promise<void> {
  const api = await openKubeApi(flags);
  try {
    await api.get(kinds.pod, 'foo').catch(() => undefined);
    await api.connectToPod({ namespace: 'default', name: 'foo' }, 80).then(
      (tunnel) => tunnel.destroy(),
      () => undefined,
    );
  } finally {
    await api.close();
  }
}

/** What of requests only the API server may see: headers of a login, and all that carries the text SECRET, also as base64. */
function secretsIn(requests: readonly IncomingMessage[]): string[] {
  return requests.flatMap(({ rawHeaders, url = '' }) => {
    const header = rawHeaders.findIndex((text) => /^(proxy-)?authorization$|^cookie$/i.test(text));
    const texts = [url, ...rawHeaders];
    const coded = texts.filter((text) => /SECRET|U0VDUkVU|NFQ1JF|RUNSRV/.test(text));
    return [...(header === -1 ? [] : [rawHeaders[header + 1] ?? '']), ...coded];
  });
}

function writePlugin(folder: KubeconfigFolder): string {
  return folder.write(
    'plugin',
    `#!/bin/sh
touch "$0.ran"
echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"SECRET"}}'
`,
    0o700,
  );
}

/** Each way to say who one is, as a user of a kubeconfig. */
function usersOf(folder: KubeconfigFolder): Record<string, object> {
  folder.write('token', 'SECRET\n');
  return {
    'a token': { token: 'SECRET' },
    'a token file': { tokenFile: 'token' },
    'name and password': { username: 'me', password: 'SECRET' },
    'a client certificate': {
      'client-certificate-data': base64(certificates.client.certificate),
      'client-key-data': base64(certificates.client.key),
    },
    'a login plugin': {
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: writePlugin(folder),
        interactiveMode: 'Never',
      },
    },
    'an oidc login': {
      'auth-provider': {
        name: 'oidc',
        config: {
          'idp-issuer-url': 'https://idp.example',
          'client-id': 'kubernetes',
          'id-token': `${base64('{}')}.${inAYear}.SECRET`,
        },
      },
    },
  };
}

describe.each([
  'a token',
  'a token file',
  'name and password',
  'a client certificate',
  'a login plugin',
  'an oidc login',
])('%s', (way) => {
  const kubeconfigFor = (folder: KubeconfigFolder, cluster: object) =>
    folder.writeKubeconfig({ cluster, user: usersOf(folder)[way] ?? {} });

  test('is used with TLS', async () => {
    await using server = await listener({ certificates });
    using folder = new KubeconfigFolder();
    const cluster = { server: server.url, 'certificate-authority-data': authorityData };
    await ask({ kubeconfig: kubeconfigFor(folder, cluster) });
    expect(server.requests).toHaveLength(2);
    const subjects = server.requests.map(({ socket }) => (socket as TLSSocket).authorized);
    if (way === 'a client certificate') expect(subjects).toEqual([true, true]);
    else expect(secretsIn(server.requests)).not.toEqual([]);
  });

  test('never leaves without TLS', async () => {
    await using server = await listener();
    using folder = new KubeconfigFolder();
    const kubeconfig = kubeconfigFor(folder, { server: server.url });
    await ask({ kubeconfig, as: 'alice' });
    expect(server.requests).toHaveLength(2);
    expect(secretsIn(server.requests)).toEqual([]);
    expect(existsSync(join(folder.path, 'plugin.ran'))).toBe(false);
    // Whom one wants to be is no secret.
    for (const { headers } of server.requests) expect(headers['impersonate-user']).toBe('alice');
  });

  test('does not go to the default server of a context without its cluster', async () => {
    await using server = await listener();
    using folder = new KubeconfigFolder();
    const path = kubeconfigFor(folder, { server: 'https://prod.example' });
    const kubeconfig = folder.write(
      'half',
      JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), clusters: [] }),
    );
    vi.stubEnv('KUBERNETES_MASTER', server.url);
    await ask({ kubeconfig });
    expect(server.requests).toHaveLength(2);
    expect(secretsIn(server.requests)).toEqual([]);
    expect(existsSync(join(folder.path, 'plugin.ran'))).toBe(false);
  });

  test.each([302, 307])('does not follow a redirect (%d)', async (status) => {
    for (const listening of [listener(), listener({ certificates })]) {
      await using other = await listening;
      const location = `${other.url}/api/v1/namespaces/default/pods/foo`;
      await using server = await apiServer({
        certificates,
        onRequest: (_request, response) => response.writeHead(status, { location }).end(),
        onUpgrade: (_request, raw) =>
          raw.end(`HTTP/1.1 ${status} Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`),
      });
      using folder = new KubeconfigFolder();
      const cluster = { server: server.url, 'certificate-authority-data': authorityData };
      await ask({ kubeconfig: kubeconfigFor(folder, cluster) });
      expect(server.requests).toHaveLength(2);
      expect(other.requests).toEqual([]);
    }
  });

  test('is hidden from a proxy', async () => {
    await using server = await listener({ certificates });
    await using proxy = await connectProxy(server.port);
    using folder = new KubeconfigFolder();
    const cluster = {
      server: 'https://api.example:6443',
      'certificate-authority-data': authorityData,
      'proxy-url': `http://127.0.0.1:${proxy.port}`,
    };
    await ask({ kubeconfig: kubeconfigFor(folder, cluster) });
    expect(server.requests).toHaveLength(2);
    expect(proxy.requests).toHaveLength(2);
    expect(secretsIn(proxy.requests)).toEqual([]);
  });

  test('is not told to a server that is not trusted', async () => {
    await using server = await listener({ certificates });
    using folder = new KubeconfigFolder();
    const cluster = {
      server: server.url,
      'certificate-authority-data': base64(makeCertificates().authority),
    };
    await ask({ kubeconfig: kubeconfigFor(folder, cluster) });
    expect(server.requests).toEqual([]);
  });
});

test.each<[string, ConnectionFlags]>([
  ['--token', { token: 'SECRET' }],
  ['--username and --password', { username: 'me', password: 'SECRET' }],
])('%s never leaves without TLS', async (_flag, flags) => {
  await using server = await listener();
  for (const address of [server.url, `127.0.0.1:${server.port}`]) {
    await ask({ server: address, ...flags });
  }
  expect(server.requests).toHaveLength(4);
  expect(secretsIn(server.requests)).toEqual([]);
});

test.each(['SECRET', '"SECRET"', '{"status":SECRET', '{"status":{"token":["SECRET"]}}'])(
  'what a login plugin prints is no part of an error: %s',
  async (printed) => {
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: { server: 'https://127.0.0.1:1' },
      user: {
        exec: {
          ...{ apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' },
          ...{ command: 'echo', args: [printed] },
        },
      },
    });
    const api = await openKubeApi({ kubeconfig });
    const said = await api.get(kinds.pod, 'foo').then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    await api.close();
    expect(said).toMatch(/^Unable to connect to the server: getting credentials: /);
    expect(said).not.toContain('SECR');
  },
);
