import { readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type ApiServer,
  apiServer,
  failure,
  sendJson,
} from '../../testing/kubernetes/api-server.ts';
import { makeCertificates } from '../../testing/kubernetes/certificates.ts';
import { connectProxy } from '../../testing/kubernetes/connect-proxy.ts';
import {
  type IdentityProvider,
  identityProvider,
  idToken,
} from '../../testing/kubernetes/identity-provider.ts';
import { KubeconfigFolder } from '../../testing/kubernetes/kubeconfig-folder.ts';
import { openKubeApi } from './open-kube-api.ts';
import { kinds } from './resources.ts';

const certificates = makeCertificates();
const base64 = (text: string) => Buffer.from(text).toString('base64');

afterEach(() => {
  vi.unstubAllEnvs();
});

const answering = () =>
  apiServer({ certificates, onRequest: (_request, response) => sendJson(response, 200, {}) });

/** A kubeconfig with an expired id-token and a refresh token. */
function kubeconfigText(
  server: ApiServer,
  provider: Pick<IdentityProvider, 'url'>,
  config: Record<string, string> = {},
): string {
  return JSON.stringify({
    'current-context': 'c',
    clusters: [
      {
        name: 'c',
        cluster: {
          server: server.url,
          'certificate-authority-data': base64(certificates.authority),
        },
      },
    ],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    users: [
      { name: 'before', user: { token: 'untouched' } },
      {
        name: 'u',
        user: {
          'auth-provider': {
            name: 'oidc',
            config: {
              'idp-issuer-url': provider.url,
              'idp-certificate-authority-data': base64(certificates.authority),
              'client-id': 'kubernetes',
              'client-secret': 'client:secret',
              'refresh-token': 'refresh-1',
              'id-token': idToken({ issuer: provider.url, expiresInS: -60 }),
              ...config,
            },
          },
        },
      },
    ],
  });
}

interface Written {
  readonly users: ReadonlyArray<{
    readonly name: string;
    readonly user: { 'auth-provider': { config: Record<string, string> } };
  }>;
}

function configOf(path: string): Record<string, string> {
  const { users } = load(readFileSync(path, 'utf8')) as Written;
  const user = users.find(({ name }) => name === 'u')?.user;
  return user?.['auth-provider'].config ?? {};
}

async function ask(kubeconfig?: string): Promise<void> {
  const api = await openKubeApi({ kubeconfig });
  try {
    await api.get(kinds.pod, 'foo');
  } finally {
    await api.close();
  }
}

const failed = async (kubeconfig: string) =>
  ask(kubeconfig).then(
    () => 'nothing',
    (error: Error) => error.message,
  );

const withSecret = `Basic ${base64('kubernetes:client%3Asecret')}`;

describe('an oidc login whose id-token has expired', () => {
  test.each([
    ['by its authority as data, with a secret', {}, withSecret],
    ['by its authority as a file', { 'idp-certificate-authority-data': '' }, withSecret],
    ['without a secret', { 'client-secret': '' }, undefined],
    ['without an id-token', { 'id-token': '' }, withSecret],
  ])('is refreshed %s', async (_what, config, authorization) => {
    await using server = await answering();
    await using provider = await identityProvider({ certificates });
    using folder = new KubeconfigFolder();
    const authority = folder.write('idp.crt', certificates.authority);
    const path = folder.write(
      'config',
      kubeconfigText(server, provider, { 'idp-certificate-authority': authority, ...config }),
    );
    await ask(path);
    expect(provider.tokenRequests).toEqual([
      {
        authorization,
        parameters: expect.objectContaining({
          grant_type: 'refresh_token',
          refresh_token: 'refresh-1',
        }),
      },
    ]);
    if (authorization === undefined) {
      expect(provider.tokenRequests[0]?.parameters['client_id']).toBe('kubernetes');
    }
    const { 'id-token': renewed, 'refresh-token': refreshToken } = configOf(path);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${renewed}`);
    expect(refreshToken).toBe('refresh-1');
    // The next process needs no refresh.
    await ask(path);
    expect(provider.tokenRequests).toHaveLength(1);
  });

  test('is refreshed by a proxy of the environment', async () => {
    await using server = await answering();
    await using provider = await identityProvider({ certificates });
    await using proxy = await connectProxy(Number(new URL(provider.url).port));
    using folder = new KubeconfigFolder();
    const path = folder.write('config', kubeconfigText(server, { url: 'https://api.example' }));
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    // Its document names another issuer, so it is refused; by then it was reached.
    expect(await failed(path)).toMatch(
      /^Unable to connect to the server: failed to refresh token: /,
    );
    expect(proxy.destinations).toEqual(['api.example:443']);
    expect(provider.requests.map(({ url }) => url)).toEqual(['/.well-known/openid-configuration']);
  });

  test('leaves a rotated refresh token in the file that has the user, and the rest as it was', async () => {
    await using server = await answering();
    await using provider = await identityProvider({ certificates, rotates: true });
    using folder = new KubeconfigFolder();
    const first = folder.write('first', 'current-context: c');
    const path = folder.write('config', kubeconfigText(server, provider), 0o640);
    const link = join(folder.path, 'link');
    symlinkSync(path, link);
    const before = load(readFileSync(path, 'utf8')) as Written;
    vi.stubEnv('KUBECONFIG', `${first}:${link}`);
    await ask();
    expect(configOf(path)['refresh-token']).toBe('refresh-1+');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readFileSync(first, 'utf8')).toBe('current-context: c');
    const after = load(readFileSync(path, 'utf8')) as Written;
    const config = { 'id-token': expect.any(String), 'refresh-token': 'refresh-1+' };
    const expected = structuredClone(before);
    Object.assign(expected.users[1]?.user['auth-provider'].config ?? {}, config);
    expect(after).toEqual(expected);
  });

  test('is written to the first of several documents, and the others stay', async () => {
    await using server = await answering();
    await using provider = await identityProvider({ certificates, rotates: true });
    using folder = new KubeconfigFolder();
    const others = 'users:\n- name: u\n  user: {token: another}\n---\njust: text\n';
    const path = folder.write('config', `${kubeconfigText(server, provider)}\n---\n${others}`);
    await ask(path);
    const [first, ...rest] = loadAll(readFileSync(path, 'utf8')) as Written[];
    const config = first?.users[1]?.user['auth-provider'].config;
    expect(config?.['refresh-token']).toBe('refresh-1+');
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${config?.['id-token']}`);
    expect(rest).toEqual([
      { users: [{ name: 'u', user: { token: 'another' } }] },
      { just: 'text' },
    ]);
    await ask(path);
    expect(provider.tokenRequests).toHaveLength(1);
  });

  test('is refreshed again, with the rotated token, when the server refuses', async () => {
    const asked: Array<string | undefined> = [];
    await using server = await apiServer({
      certificates,
      onRequest: (request, response) => {
        asked.push(request.headers.authorization);
        if (asked.length === 1) sendJson(response, 401, failure(401, 'Unauthorized', 'no'));
        else sendJson(response, 200, {});
      },
    });
    await using provider = await identityProvider({ certificates, rotates: true });
    using folder = new KubeconfigFolder();
    const path = folder.write('config', kubeconfigText(server, provider));
    // Good by its time, but not for the server: as client-go, it is not refreshed.
    expect(await failed(path)).toBe('error: You must be logged in to the server (no)');
    expect(provider.tokenRequests).toHaveLength(1);
    await ask(path);
    expect(provider.tokenRequests).toHaveLength(1);
  });

  test('says what the provider says', async () => {
    await using server = await answering();
    await using provider = await identityProvider({ certificates });
    using folder = new KubeconfigFolder();
    const path = folder.write('config', kubeconfigText(server, provider));
    provider.refreshToken = 'another';
    expect(await failed(path)).toBe(
      'Unable to connect to the server: failed to refresh token: oauth2: "invalid_grant" "unknown"',
    );
    provider.refusal = { status: 500, body: {} };
    expect(await failed(path)).toMatch(
      /^Unable to connect to the server: failed to refresh token: ./,
    );
    expect(server.requests).toEqual([]);
    expect(configOf(path)['refresh-token']).toBe('refresh-1');
  });

  test.each([
    [
      { 'refresh-token': '' },
      'Unable to connect to the server: No valid id-token, and cannot refresh without refresh-token',
    ],
    [{ 'idp-issuer-url': '' }, 'error: Must provide idp-issuer-url'],
    [{ 'client-id': '' }, 'error: Must provide client-id'],
  ])('says what is missing: %j', async (config, message) => {
    await using server = await answering();
    using folder = new KubeconfigFolder();
    const provider = { url: 'https://127.0.0.1:1' };
    expect(await failed(folder.write('config', kubeconfigText(server, provider, config)))).toBe(
      message,
    );
  });

  test('never goes to a provider without TLS, or one that is not trusted', async () => {
    await using server = await answering();
    await using plain = await apiServer({
      onRequest: (_request, response) => sendJson(response, 200, {}),
    });
    await using provider = await identityProvider({ certificates });
    using folder = new KubeconfigFolder();
    expect(await failed(folder.write('plain', kubeconfigText(server, plain)))).toMatch(
      /^Unable to connect to the server: failed to refresh token: .*http/i,
    );
    expect(plain.requests).toEqual([]);
    const stranger = { 'idp-certificate-authority-data': base64(makeCertificates().authority) };
    expect(await failed(folder.write('stranger', kubeconfigText(server, provider, stranger)))).toBe(
      'Unable to connect to the server: failed to refresh token: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    );
    expect(provider.requests).toEqual([]);
  });

  test.each([302, 307])('goes nowhere else when the provider redirects (%d)', async (status) => {
    await using server = await answering();
    for (const moved of ['/.well-known/openid-configuration', '/token']) {
      for (const options of [{}, { certificates }]) {
        await using other = await apiServer({
          ...options,
          onRequest: (_request, response) => sendJson(response, 200, {}),
        });
        await using provider = await identityProvider({
          certificates,
          redirect: { path: moved, status, location: `${other.url}${moved}` },
        });
        using folder = new KubeconfigFolder();
        const path = folder.write('config', kubeconfigText(server, provider));
        expect(await failed(path)).toMatch(
          /^Unable to connect to the server: failed to refresh token: ./,
        );
        expect(provider.requests.at(-1)?.url).toBe(moved);
        expect(other.connections.size).toBe(0);
        expect(other.requests).toEqual([]);
      }
    }
    expect(server.requests).toEqual([]);
  });

  test('does not go to a token endpoint without TLS', async () => {
    await using server = await answering();
    await using plain = await apiServer({
      onRequest: (_request, response) => sendJson(response, 200, {}),
    });
    await using provider = await identityProvider({ certificates, tokenUrl: `${plain.url}/token` });
    using folder = new KubeconfigFolder();
    expect(await failed(folder.write('config', kubeconfigText(server, provider)))).toMatch(
      /^Unable to connect to the server: failed to refresh token: ./,
    );
    expect(provider.requests).toHaveLength(1);
    expect(plain.requests).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  test('is not used when its new tokens cannot be kept', async () => {
    await using server = await answering();
    await using provider = await identityProvider({ certificates, rotates: true });
    using folder = new KubeconfigFolder();
    const path = folder.write('config', kubeconfigText(server, provider));
    folder.write('config.lock', '');
    expect(await failed(path)).toBe(
      `Unable to connect to the server: could not persist new tokens: open ${path}.lock: file exists`,
    );
    expect(server.requests).toEqual([]);
  });
});

test.each([
  ['gcp', 'gke-gcloud-auth-plugin'],
  ['azure', 'https://github.com/Azure/kubelogin'],
])('the %s login names the plugin that took its place', async (name, plugin) => {
  await using server = await answering();
  using folder = new KubeconfigFolder();
  const cluster = {
    server: server.url,
    'certificate-authority-data': base64(certificates.authority),
  };
  const user = { 'auth-provider': { name, config: {} } };
  expect(await failed(folder.writeKubeconfig({ cluster, user }))).toMatch(
    new RegExp(`^error: The ${name} auth plugin has been removed\\.\n.*${plugin}`),
  );
});
