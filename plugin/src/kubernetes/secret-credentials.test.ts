/* No credential leaves for anyone but an API server that TLS has proved; as client-go, which reads none otherwise. */

import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { holdTimers, passUntil } from '../../../test/support/played-time.ts';
import {
  type ApiServer,
  type ApiServerOptions,
  apiServer,
  sendJson,
} from '../../testing/kubernetes/api-server.ts';
import { makeCertificates } from '../../testing/kubernetes/certificates.ts';
import { connectProxy } from '../../testing/kubernetes/connect-proxy.ts';
import { KubeconfigFolder } from '../../testing/kubernetes/kubeconfig-folder.ts';
import { saidByPlugin } from '../../testing/kubernetes/said-by-plugin.ts';
import type { ConnectionFlags } from './connection-settings.ts';
import { openKubeApi } from './open-kube-api.ts';
import { kinds } from './resources.ts';

const certificates = makeCertificates();
const authorityData = Buffer.from(certificates.authority).toString('base64');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const inAYear = base64(JSON.stringify({ exp: Math.floor(Date.now() / 1_000) + 31_536_000 }));

afterEach(() => {
  vi.unstubAllEnvs();
});

const isWatch = ({ url = '' }: IncomingMessage) => /[?&]watch=/.test(url);
const isList = ({ method, url = '' }: IncomingMessage) =>
  method === 'GET' && /\/pods(\?|$)/.test(url) && !/[?&]watch=/.test(url);

/** Answers what `ask` asks for. */
const answer: NonNullable<ApiServerOptions['onRequest']> = (request, response) => {
  const pod = { metadata: { name: 'foo', uid: '1', resourceVersion: '2' } };
  if (isWatch(request)) response.write(`${JSON.stringify({ type: 'ADDED', object: pod })}\n`);
  else if (isList(request)) {
    sendJson(response, 200, { metadata: { resourceVersion: '1' }, items: [] });
  } else sendJson(response, 200, pod);
};

/** A real server that keeps what it was asked. */
const listener = (options: ApiServerOptions = {}) => apiServer({ onRequest: answer, ...options });

/** How many requests `ask` makes. */
const ASKED = 5;

/** Gets a pod, asks for a right, watches pods and opens a tunnel to one; failures are not looked at. */
async function ask(flags: ConnectionFlags): Promise<void> {
  const api = await openKubeApi(flags);
  try {
    await api.get(kinds.pod, 'foo').catch(() => undefined);
    const review = { method: 'POST', path: '/apis/x/v1/reviews', body: {} } as const;
    await api.request(review).catch(() => undefined);
    await new Promise<void>((resolve) => {
      let changes = 0;
      const onChange = () => {
        // The first one is the listing's.
        if (++changes === 2) resolve();
      };
      api.watch(kinds.pod, {}, { onChange, onTrouble: () => resolve() }).catch(() => resolve());
    });
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

  const trusted = (server: string) => ({ server, 'certificate-authority-data': authorityData });

  /** Whether a listener saw who one is, on each of its connections. */
  const wasToldTo = (server: ApiServer) =>
    way === 'a client certificate'
      ? server.clients.length > 0 && server.clients.every((name) => name === 'alice')
      : server.requests.every(({ headers }) => headers.authorization !== undefined);

  test('is used with TLS, by impersonation, too', async () => {
    for (const flags of [{}, { as: 'alice' }]) {
      await using server = await listener({ certificates });
      using folder = new KubeconfigFolder();
      await ask({ kubeconfig: kubeconfigFor(folder, trusted(server.url)), ...flags });
      expect(server.requests).toHaveLength(ASKED);
      expect(wasToldTo(server)).toBe(true);
      const users = server.requests.map(({ headers }) => headers['impersonate-user']);
      expect(new Set(users)).toEqual(new Set([flags.as]));
    }
  });

  test('never leaves without TLS', async () => {
    await using server = await listener();
    using folder = new KubeconfigFolder();
    const kubeconfig = kubeconfigFor(folder, { server: server.url });
    await ask({ kubeconfig, as: 'alice' });
    expect(server.requests).toHaveLength(ASKED);
    expect(secretsIn(server.requests)).toEqual([]);
    expect(existsSync(join(folder.path, 'plugin.ran'))).toBe(false);
    // Whom one wants to be is no secret.
    for (const { headers } of server.requests) expect(headers['impersonate-user']).toBe('alice');
  });

  test('never leaves for a proxy that makes the requests of a server without TLS', async () => {
    await using server = await listener();
    await using proxy = await connectProxy(server.port);
    using folder = new KubeconfigFolder();
    const kubeconfig = kubeconfigFor(folder, {
      server: 'http://api.example:8080',
      'proxy-url': `http://127.0.0.1:${proxy.port}`,
    });
    await ask({ kubeconfig, as: 'alice' });
    expect(server.requests).toHaveLength(ASKED);
    expect(proxy.requests.map(({ method }) => method)).toContain('CONNECT');
    expect(proxy.requests.map(({ url }) => url)).toContain(
      'http://api.example:8080/api/v1/namespaces/default/pods/foo',
    );
    expect(secretsIn([...proxy.requests, ...server.requests])).toEqual([]);
    expect(existsSync(join(folder.path, 'plugin.ran'))).toBe(false);
  });

  test.each([
    ['a context without its cluster', { clusters: [] }],
    ['a cluster without its server', { clusters: [{ name: 'c', cluster: {} }] }],
  ])('does not go to the default server of %s', async (_what, parts) => {
    await using server = await listener();
    using folder = new KubeconfigFolder();
    const path = kubeconfigFor(folder, { server: 'https://prod.example' });
    const kubeconfig = folder.write(
      'half',
      JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...parts }),
    );
    vi.stubEnv('KUBERNETES_MASTER', server.url);
    await ask({ kubeconfig });
    expect(server.requests).toHaveLength(ASKED);
    expect(secretsIn(server.requests)).toEqual([]);
    expect(existsSync(join(folder.path, 'plugin.ran'))).toBe(false);
  });

  test('goes nowhere when the context is gone', async () => {
    await using server = await listener({ certificates });
    using folder = new KubeconfigFolder();
    const path = kubeconfigFor(folder, trusted(server.url));
    const text = readFileSync(path, 'utf8');
    const kubeconfig = folder.write(
      'stale',
      text.replace('"current-context":"c"', '"current-context":"gone"'),
    );
    vi.stubEnv('KUBERNETES_MASTER', server.url);
    const gone = 'Error in configuration: context was not found for specified context: gone';
    await expect(ask({ kubeconfig })).rejects.toThrow(gone);
    await expect(ask({ kubeconfig, server: server.url })).rejects.toThrow(gone);
    await expect(ask({ kubeconfig: path, context: 'gone' })).rejects.toThrow(gone);
    expect(server.requests).toEqual([]);
    expect(server.clients).toEqual([]);
    expect(existsSync(join(folder.path, 'plugin.ran'))).toBe(false);
  });

  test.each([301, 302, 303, 307, 308])('does not follow a redirect (%d)', async (status) => {
    for (const listening of [listener(), listener({ certificates })]) {
      await using other = await listening;
      const location = `${other.url}/api/v1/namespaces/default/pods/foo`;
      await using server = await apiServer({
        certificates,
        onRequest: (request, response) => {
          // Of a listing there is a watch after it.
          if (isList(request)) answer(request, response);
          else response.writeHead(status, { location }).end();
        },
        onUpgrade: (_request, raw) =>
          raw.end(`HTTP/1.1 ${status} Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`),
      });
      using folder = new KubeconfigFolder();
      await ask({ kubeconfig: kubeconfigFor(folder, trusted(server.url)), as: 'alice' });
      expect(server.requests).toHaveLength(ASKED);
      expect(other.requests).toEqual([]);
      expect(other.connections.size).toBe(0);
    }
  });

  test('is hidden from a proxy, with TLS of its own, too, and named by the environment', async () => {
    await using server = await listener({ certificates });
    using folder = new KubeconfigFolder();
    const proxyCertificates = makeCertificates();
    vi.stubEnv('SSL_CERT_FILE', folder.write('proxy.crt', proxyCertificates.authority));
    for (const [scheme, options] of [
      ['http', { login: 'me:pass' }],
      ['https', { login: 'me:pass', certificate: proxyCertificates.server }],
    ] as const) {
      await using proxy = await connectProxy(server.port, options);
      const url = `${scheme}://me:pass@localhost:${proxy.port}`;
      for (const named of ['kubeconfig', 'environment']) {
        vi.stubEnv('HTTPS_PROXY', named === 'environment' ? url : '');
        const kubeconfig = kubeconfigFor(folder, {
          ...trusted('https://api.example:6443'),
          ...(named === 'kubeconfig' ? { 'proxy-url': url } : {}),
        });
        await ask({ kubeconfig, as: 'alice' });
        const asked = server.requests.splice(0);
        expect(asked).toHaveLength(ASKED);
        const tunnels = proxy.requests.splice(0);
        expect(new Set(tunnels.map(({ method }) => method))).toEqual(new Set(['CONNECT']));
        for (const { headers } of tunnels) {
          expect(Object.keys(headers).sort()).toEqual([
            'connection',
            'host',
            'proxy-authorization',
          ]);
          expect(headers['proxy-authorization']).toBe(`Basic ${base64('me:pass')}`);
        }
        // Nor is the proxy's login told to the server.
        for (const { headers } of asked) expect(headers['proxy-authorization']).toBeUndefined();
        expect(proxy.clients).toEqual([]);
      }
    }
  });

  test('does not go where a proxy says that it should', async () => {
    for (const listening of [listener(), listener({ certificates })]) {
      await using other = await listening;
      await using proxy = await connectProxy(other.port, { movedTo: other.url });
      using folder = new KubeconfigFolder();
      const cluster = {
        ...trusted('https://api.example:6443'),
        'proxy-url': `http://127.0.0.1:${proxy.port}`,
      };
      await ask({ kubeconfig: kubeconfigFor(folder, cluster) });
      expect(proxy.requests.length).toBeGreaterThan(2);
      expect(secretsIn(proxy.requests)).toEqual([]);
      expect(other.connections.size).toBe(0);
    }
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
    expect(server.clients).toEqual([]);
  });

  test('is not told to another who listens where a watch begins again', async () => {
    using _held = holdTimers();
    await using server = await listener({ certificates });
    const { port, connections } = server;
    using folder = new KubeconfigFolder();
    const api = await openKubeApi({ kubeconfig: kubeconfigFor(folder, trusted(server.url)) });
    const troubles: Array<string | undefined> = [];
    const onTrouble = (error?: Error) => troubles.push(error?.message);
    using _watched = await api.watch(kinds.pod, {}, { onChange: () => {}, onTrouble });
    await passUntil(() => server.requests.some(isWatch));
    for (const [impostor, words] of [
      [{}, 'http: server gave HTTP response to HTTPS client'],
      [{ certificates: makeCertificates() }, 'x509: certificate signed by unknown authority'],
    ] as const) {
      await server.stop();
      troubles.length = 0;
      {
        await using other = await listener({ ...impostor, port });
        await passUntil(() => troubles.some((said) => said?.includes(words)));
        expect(other.requests).toEqual([]);
      }
      await server.restart();
      server.requests.length = 0;
      await passUntil(() => server.requests.some(isWatch));
      expect(wasToldTo(server)).toBe(true);
    }
    expect(connections.size).toBeGreaterThan(0);
    await api.close();
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
  expect(server.requests).toHaveLength(2 * ASKED);
  expect(secretsIn(server.requests)).toEqual([]);
});

const EXEC_VERSION = 'client.authentication.k8s.io/v1';
const credential = (status: object) =>
  JSON.stringify({ apiVersion: EXEC_VERSION, kind: 'ExecCredential', status });

describe('of a login plugin that fails', () => {
  const certificateData = {
    'client-certificate-data': base64(certificates.client.certificate),
    'client-key-data': base64(certificates.client.key),
  };

  test.each<[string, string]>([
    ['ends with an error', `echo '${credential({ token: 'SECRET' })}'; exit 1`],
    ['is killed', `echo '${credential({ token: 'SECRET' })}'; kill -9 $$`],
    ['prints something else', 'echo SECRET'],
    ['prints text', `echo '"SECRET"'`],
    ['prints half of it', `echo '{"status":SECRET'`],
    ['prints a list for a token', `echo '${credential({ token: ['SECRET'] })}'`],
    ['prints nothing', 'true'],
    ['gives a key alone', `echo '${credential({ token: 'SECRET', clientKeyData: 'SECRET' })}'`],
    [
      'gives a broken pair',
      `echo '${credential({ clientCertificateData: 'SECRET', clientKeyData: 'SECRET' })}'`,
    ],
    ['gives another version', `echo '${credential({ token: 'SECRET' }).replace('/v1', '/v2')}'`],
    [
      'gives another kind',
      `echo '${credential({ token: 'SECRET' }).replace('ExecCredential', 'Pod')}'`,
    ],
    ['gives a token of two lines', `printf '%s' '${credential({ token: 'SECRET\nSECRET' })}'`],
  ])('which %s, nothing is sent and nothing told', async (_what, script) => {
    await using server = await listener({ certificates });
    using folder = new KubeconfigFolder();
    const command = folder.write('plugin', `#!/bin/sh\n${script}\n`, 0o700);
    const kubeconfig = folder.writeKubeconfig({
      cluster: { server: server.url, 'certificate-authority-data': authorityData },
      user: {
        ...certificateData,
        exec: { apiVersion: EXEC_VERSION, interactiveMode: 'Never', command },
      },
    });
    await ask({ kubeconfig, as: 'alice' });
    expect(server.requests).toEqual([]);
    expect(server.clients).toEqual([]);
    const said = await saidByPlugin(kubeconfig, {});
    expect(said).toMatch(/^Unable to connect to the server: /);
    expect(said).not.toMatch(/SECR/);
  });

  test('when the server has refused what it gave before, nothing more is sent', async () => {
    await using server = await apiServer({
      certificates,
      onRequest: (_request, response) => sendJson(response, 401, {}),
      onUpgrade: (_request, raw) => raw.end('HTTP/1.1 401 Unauthorized\r\n\r\n'),
    });
    using folder = new KubeconfigFolder();
    const script = `test -e "$0.ran" && exit 1; touch "$0.ran"; echo '${credential({ token: 'SECRET' })}'`;
    const command = folder.write('plugin', `#!/bin/sh\n${script}\n`, 0o700);
    const kubeconfig = folder.writeKubeconfig({
      cluster: { server: server.url, 'certificate-authority-data': authorityData },
      user: { exec: { apiVersion: EXEC_VERSION, interactiveMode: 'Never', command } },
    });
    await ask({ kubeconfig });
    expect(server.requests).toHaveLength(1);
  });
});

test.each<[string, object]>([
  ['a server that is none', { server: 'ftp://me:SECRET@127.0.0.1' }],
  ['a server that cannot be read', { server: 'https://me:SECRET@127.0.0.1:x' }],
  ['a server with a broken code', { server: 'https://me:SECRET%zz@127.0.0.1:1' }],
  [
    'a proxy with a broken code',
    { server: 'https://a', 'proxy-url': 'http://me:SECRET%zz@127.0.0.1:1' },
  ],
  ['a server that is not there', { server: 'https://me:SECRET@127.0.0.1:1' }],
  ['a proxy that is none', { server: 'https://a', 'proxy-url': 'ftp://me:SECRET@127.0.0.1' }],
  [
    'a proxy that cannot be read',
    { server: 'https://a', 'proxy-url': 'http://me:SECRET@127.0.0.1:x' },
  ],
  [
    'a proxy that is not there',
    { server: 'https://a', 'proxy-url': 'http://me:SECRET@127.0.0.1:1' },
  ],
])('a password in the address of %s is no part of an error', async (_what, cluster) => {
  using folder = new KubeconfigFolder();
  const kubeconfig = folder.writeKubeconfig({ cluster });
  const said = await saidByPlugin(kubeconfig, {});
  expect(said).not.toBe('nothing');
  expect(said).not.toContain('SECRET');
});

test('a password in the address of a server does not leave without TLS', async () => {
  await using server = await listener();
  await ask({ server: server.url.replace('//', '//me:SECRET@') });
  expect(server.requests).toHaveLength(ASKED);
  expect(secretsIn(server.requests)).toEqual([]);
});
