/*
 * What a listener learns of who one is, and what is said, by the plugin and by the real kubectl, side by side. No cluster is
 * asked: the servers are the test's own, and they refuse whoever comes.
 */

import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ConnectionFlags } from '../../plugin/src/kubernetes/connection-settings.ts';
import { apiServer, failure, sendJson } from '../../plugin/testing/kubernetes/api-server.ts';
import { makeCertificates } from '../../plugin/testing/kubernetes/certificates.ts';
import { connectProxy } from '../../plugin/testing/kubernetes/connect-proxy.ts';
import { KubeconfigFolder } from '../../plugin/testing/kubernetes/kubeconfig-folder.ts';
import { saidByPlugin } from '../../plugin/testing/kubernetes/said-by-plugin.ts';
import { saidByKubectl } from './beside-kubectl.ts';

const certificates = makeCertificates();
const base64 = (text: string) => Buffer.from(text).toString('base64');
const trusted = (server: string) => ({
  server,
  'certificate-authority-data': base64(certificates.authority),
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** kubectl's own for a 401. */
const REFUSAL = 'the server has asked for the client to provide credentials';

const listener = (options: { certificates?: typeof certificates } = {}) =>
  apiServer({
    ...options,
    onRequest: (_request, response) =>
      sendJson(response, 401, failure(401, 'Unauthorized', REFUSAL)),
  });

const EXEC_VERSION = 'client.authentication.k8s.io/v1';
const credential = (status: object, kind = 'ExecCredential') =>
  JSON.stringify({ apiVersion: EXEC_VERSION, kind, status });

function execUser(folder: KubeconfigFolder, script: string, more: object = {}): object {
  const command = folder.write('plugin', `#!/bin/sh\n${script}\n`, 0o700);
  return { exec: { apiVersion: EXEC_VERSION, command, interactiveMode: 'Never', ...more } };
}

function usersOf(folder: KubeconfigFolder): Record<string, object> {
  const inAYear = JSON.stringify({ exp: Math.floor(Date.now() / 1_000) + 31_536_000 });
  return {
    'a token': { token: 'SECRET' },
    'a token file': { tokenFile: folder.write('token', 'SECRET\n') },
    'name and password': { username: 'me', password: 'SECRET' },
    'a client certificate': {
      'client-certificate-data': base64(certificates.client.certificate),
      'client-key-data': base64(certificates.client.key),
    },
    'a login plugin': execUser(folder, `echo '${credential({ token: 'SECRET' })}'`),
    'an oidc login': {
      'auth-provider': {
        name: 'oidc',
        config: {
          ...{ 'idp-issuer-url': 'https://idp.example', 'client-id': 'kubernetes' },
          'id-token': `${base64('{}')}.${base64(inAYear)}.SECRET`,
        },
      },
    },
  };
}

/** Each way in which requests told who asks, once. */
function identitiesIn(requests: IncomingMessage[]): string[] {
  const said = requests.splice(0).map(({ headers }) => {
    const { authorization = '-' } = headers;
    const proxied = headers['proxy-authorization'] ?? '-';
    return `${authorization} ${proxied} as ${String(headers['impersonate-user'] ?? '-')}`;
  });
  return [...new Set(said)];
}

interface Seen {
  readonly said: string;
  readonly identities: string[];
  readonly clients: string[];
}

interface Situation {
  readonly kubeconfig: string;
  readonly flags?: ConnectionFlags;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What both said, and what came to the listeners. */
async function both(
  { kubeconfig, flags = {}, environment = {} }: Situation,
  listeners: ReadonlyArray<{ readonly requests: IncomingMessage[]; readonly clients: string[] }>,
): Promise<{ kubectl: Seen; plugin: Seen }> {
  const seen = (said: string): Seen => ({
    said,
    identities: listeners.flatMap(({ requests }) => identitiesIn(requests)),
    clients: [...new Set(listeners.flatMap(({ clients }) => clients.splice(0)))],
  });
  const kubectl = seen(await saidByKubectl(kubeconfig, flags, '1.32', environment));
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return { kubectl, plugin: seen(await saidByPlugin(kubeconfig, flags)) };
}

describe.each([
  'a token',
  'a token file',
  'name and password',
  'a client certificate',
  'a login plugin',
  'an oidc login',
])('%s', (way) => {
  const write = (folder: KubeconfigFolder, cluster: object, more: object = {}) =>
    folder.writeKubeconfig({ cluster, user: { ...usersOf(folder)[way], ...more } });

  test.each<[string, object, ConnectionFlags]>([
    ['', {}, {}],
    ['and an impersonation by flag', {}, { as: 'alice' }],
    ['and an impersonation of the kubeconfig', { as: 'bob' }, {}],
  ])('%s: over TLS and without it as with kubectl', async (_what, more, flags) => {
    for (const secured of [true, false]) {
      await using server = await listener(secured ? { certificates } : {});
      using folder = new KubeconfigFolder();
      const cluster = secured ? trusted(server.url) : { server: server.url };
      const { kubectl, plugin } = await both({ kubeconfig: write(folder, cluster, more), flags }, [
        server,
      ]);
      expect(plugin).toEqual(kubectl);
      expect(plugin.identities).toHaveLength(1);
      if (!secured) expect(plugin.identities[0]).toMatch(/^- - as /);
    }
  });

  test('by a proxy as with kubectl', async () => {
    await using server = await listener({ certificates });
    await using plain = await listener();
    await using proxy = await connectProxy(server.port);
    await using plainProxy = await connectProxy(plain.port);
    using folder = new KubeconfigFolder();
    for (const [address, { port }] of [
      ['https://api.example:6443', proxy],
      ['http://api.example:8080', plainProxy],
    ] as const) {
      const cluster = { ...trusted(address), 'proxy-url': `http://127.0.0.1:${port}` };
      const kubeconfig = write(folder, cluster);
      const { kubectl, plugin } = await both({ kubeconfig }, [proxy, plainProxy, server, plain]);
      expect(plugin).toEqual(kubectl);
      expect(plugin.identities[0]).toBe('- - as -');
    }
  });

  test.each<[string, object]>([
    ['a stale context', { 'current-context': 'gone' }],
    ['a context without its cluster', { clusters: [] }],
    ['a cluster without its server', { clusters: [{ name: 'c', cluster: {} }] }],
  ])('%s: nothing is told, as with kubectl', async (_what, parts) => {
    await using server = await listener();
    using folder = new KubeconfigFolder();
    const path = write(folder, { server: 'https://prod.example' });
    const kubeconfig = folder.write(
      'half',
      JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...parts }),
    );
    const environment = { KUBERNETES_MASTER: server.url };
    const { kubectl, plugin } = await both({ kubeconfig, environment }, [server]);
    expect(plugin).toEqual(kubectl);
    expect(plugin.identities).toEqual('clusters' in parts ? ['- - as -'] : []);
  });

  test('a redirect: kubectl follows it, and tells all but a certificate there; the plugin does not', async () => {
    await using other = await listener();
    await using server = await apiServer({
      certificates,
      onRequest: (_request, response) =>
        response.writeHead(302, { location: `${other.url}/api` }).end(),
    });
    using folder = new KubeconfigFolder();
    const { kubectl, plugin } = await both({ kubeconfig: write(folder, trusted(server.url)) }, [
      other,
    ]);
    expect(kubectl.identities).toHaveLength(1);
    expect(plugin.identities).toEqual([]);
  });
});

test.each<[string, (folder: KubeconfigFolder) => object]>([
  ['ends with an error', (folder) => execUser(folder, 'echo SECRET; exit 3')],
  ['is not there', () => ({ exec: { command: 'no-such-plugin' } })],
  ['is not there, with a hint', () => ({ exec: { command: 'no-such-plugin', installHint: 'x' } })],
  ['is not where it should be', () => ({ exec: { command: '/nonexistent/plugin' } })],
  ['may not be run', (folder) => ({ exec: { command: folder.write('plugin', '') } })],
  [
    'gives no status',
    (folder) => execUser(folder, `echo '{"kind":"ExecCredential","apiVersion":"${EXEC_VERSION}"}'`),
  ],
  ['gives nothing in it', (folder) => execUser(folder, `echo '${credential({})}'`)],
  [
    'gives a certificate alone',
    (folder) => execUser(folder, `echo '${credential({ clientCertificateData: 'SECRET' })}'`),
  ],
  [
    'gives no PEM',
    (folder) =>
      execUser(
        folder,
        `echo '${credential({ clientCertificateData: 'SECRET', clientKeyData: 'SECRET' })}'`,
      ),
  ],
  [
    'gives another version',
    (folder) =>
      execUser(folder, `echo '${credential({ token: 'SECRET' }).replace('/v1', '/v1beta1')}'`),
  ],
  [
    'gives a token of two lines',
    (folder) => execUser(folder, `printf %s '${credential({ token: 'SECRET\nSECRET' })}'`),
  ],
  ['needs a terminal', (folder) => execUser(folder, 'true', { interactiveMode: 'Always' })],
  ['has no mode', (folder) => execUser(folder, 'true', { interactiveMode: undefined })],
  ['has a mode of its own', (folder) => execUser(folder, 'true', { interactiveMode: 'Perhaps' })],
  ['is of a version of its own', (folder) => execUser(folder, 'true', { apiVersion: 'x/v1' })],
  ['is of no version', (folder) => execUser(folder, 'true', { apiVersion: undefined })],
  ['has no command', () => ({ exec: {} })],
])("of a login plugin that %s nothing comes, and kubectl's words", async (_what, userOf) => {
  await using server = await listener({ certificates });
  using folder = new KubeconfigFolder();
  const { exec } = userOf(folder) as { exec: object };
  const defaults = { apiVersion: EXEC_VERSION, interactiveMode: 'Never' };
  const kubeconfig = folder.writeKubeconfig({
    cluster: trusted(server.url),
    user: { exec: { ...defaults, ...exec } },
  });
  const { kubectl, plugin } = await both({ kubeconfig }, [server]);
  expect(plugin).toEqual(kubectl);
  expect(plugin.identities).toEqual([]);
});

/* What is no JSON, and who killed it, the plugin says in its own words. */
test.each<[string, string]>([
  ['is killed', 'kill -9 $$'],
  ['gives something else', 'echo SECRET'],
  ['gives another kind', `echo '${credential({ token: 'SECRET' }, 'Pod')}'`],
])(
  "of a login plugin that %s nothing comes, and words as kubectl's begin",
  async (_what, script) => {
    await using server = await listener({ certificates });
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: trusted(server.url),
      user: execUser(folder, script),
    });
    const { kubectl, plugin } = await both({ kubeconfig }, [server]);
    const begin = /^Unable to connect to the server: getting credentials: [a-z]+/;
    expect(begin.exec(plugin.said)?.[0]).toBe(begin.exec(kubectl.said)?.[0]);
    expect([kubectl.identities, plugin.identities]).toEqual([[], []]);
  },
);

describe('a login in the address', () => {
  const withLogin = (url: string) => url.replace('//', '//me:SECRET@');

  test.each<[string, object]>([
    // Without any other login kubectl asks the user for one.
    ['beside a token file', { tokenFile: '/dev/null', token: 'TOKEN' }],
    ['beside a token', { token: 'TOKEN' }],
    ['beside a name', { username: 'you', password: 'OTHER' }],
  ])('of a server is used over TLS as by kubectl, %s', async (_what, user) => {
    await using server = await listener({ certificates });
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: trusted(withLogin(server.url)),
      user: { ...user },
    });
    const { kubectl, plugin } = await both({ kubeconfig, flags: { as: 'alice' } }, [server]);
    expect(plugin).toEqual(kubectl);
    expect(plugin.identities).toEqual([`Basic ${base64('me:SECRET')} - as alice`]);
  });

  test('of a server does not go without TLS, as it does by kubectl', async () => {
    await using server = await listener();
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({ cluster: { server: withLogin(server.url) } });
    const { kubectl, plugin } = await both({ kubeconfig }, [server]);
    expect(kubectl.identities).toEqual([`Basic ${base64('me:SECRET')} - as -`]);
    expect(plugin.identities).toEqual(['- - as -']);
  });

  test('of a proxy goes to the proxy alone', async () => {
    await using server = await listener({ certificates });
    await using proxy = await connectProxy(server.port, { login: 'me:SECRET' });
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: {
        ...trusted('https://api.example:6443'),
        'proxy-url': `http://me:SECRET@127.0.0.1:${proxy.port}`,
      },
      user: { token: 'TOKEN' },
    });
    const { kubectl, plugin } = await both({ kubeconfig }, [proxy, server]);
    expect(plugin).toEqual(kubectl);
    expect(plugin.identities).toEqual([
      `- Basic ${base64('me:SECRET')} as -`,
      'Bearer TOKEN - as -',
    ]);
  });

  test.each([
    'ftp://me:SECRET@127.0.0.1:1',
    'http://me:SECRET@127.0.0.1:x',
    'http://me:SECRET%zz@127.0.0.1:1',
  ])('of a proxy that cannot be used is not told: %s', async (proxy) => {
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: { ...trusted('https://api.example'), 'proxy-url': proxy },
    });
    const { kubectl, plugin } = await both({ kubeconfig }, []);
    expect(plugin.said).toBe(kubectl.said.replace(/SECRET(%zz)?/g, 'xxxxx'));
  });
});
