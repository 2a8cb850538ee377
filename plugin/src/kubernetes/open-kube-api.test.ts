import { existsSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { holdTimers, pass, passUntilSettled } from '../../../test/support/played-time.ts';
import {
  type ApiServerOptions,
  apiServer,
  failure,
  sendJson,
} from '../../testing/kubernetes/api-server.ts';
import { makeCertificates } from '../../testing/kubernetes/certificates.ts';
import { connectProxy } from '../../testing/kubernetes/connect-proxy.ts';
import { KubeconfigFolder } from '../../testing/kubernetes/kubeconfig-folder.ts';
import { socksProxy } from '../../testing/kubernetes/socks-proxy.ts';
import type { ConnectionFlags } from './connection-settings.ts';
import type { KubeApi } from './kube-api.ts';
import { openKubeApi } from './open-kube-api.ts';
import { kinds } from './resources.ts';

const certificates = makeCertificates();
const otherCertificates = makeCertificates();
const authorityData = Buffer.from(certificates.authority).toString('base64');

type OnRequest = NonNullable<ApiServerOptions['onRequest']>;
const pod = { metadata: { name: 'foo', namespace: 'default', uid: '1' } };
const answerPod: OnRequest = (_request, response) => sendJson(response, 200, pod);

async function open(flags: ConnectionFlags): Promise<KubeApi & AsyncDisposable> {
  const api = await openKubeApi(flags);
  return Object.assign(api, { [Symbol.asyncDispose]: () => api.close() });
}

/** A cluster of a kubeconfig whose server the tests' authority vouches for. */
function trusted(server: string): object {
  return { server, 'certificate-authority-data': authorityData };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('credentials and headers', () => {
  test('a token, and all of impersonation, on requests and on upgrades', async () => {
    await using server = await apiServer({ certificates, onRequest: answerPod });
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: trusted(server.url),
      user: { token: 'secret', 'as-user-extra': { 'Scopes/x%': ['a', 'b'] } },
    });
    await using api = await open({ kubeconfig, as: 'alice', asGroups: ['g', 'h'], asUid: '7' });
    await api.get(kinds.pod, 'foo');
    (await api.connectToPod({ namespace: 'default', name: 'foo' }, 80)).destroy();
    expect(server.requests).toHaveLength(2);
    for (const request of server.requests) {
      expect(request.headers.authorization).toBe('Bearer secret');
      expect(rawHeaders(request.rawHeaders, 'impersonate-user')).toEqual(['alice']);
      expect(rawHeaders(request.rawHeaders, 'impersonate-group')).toEqual(['g', 'h']);
      expect(rawHeaders(request.rawHeaders, 'impersonate-uid')).toEqual(['7']);
      expect(rawHeaders(request.rawHeaders, 'impersonate-extra-scopes%2Fx%25')).toEqual(['a', 'b']);
    }
  });

  test('name and password', async () => {
    await using server = await apiServer({ certificates, onRequest: answerPod });
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({ cluster: trusted(server.url) });
    await using api = await open({ kubeconfig, username: 'me', password: 'pass' });
    await api.get(kinds.pod, 'foo');
    expect(server.requests[0]?.headers.authorization).toBe('Basic bWU6cGFzcw==');
  });

  test('a client certificate', async () => {
    let subject: unknown;
    await using server = await apiServer({
      certificates,
      onRequest: (request, response) => {
        subject = (request.socket as TLSSocket).getPeerCertificate().subject;
        answerPod(request, response);
      },
    });
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: trusted(server.url),
      user: { 'client-certificate': 'client.crt', 'client-key': 'client.key' },
    });
    folder.write('client.crt', certificates.client.certificate);
    folder.write('client.key', certificates.client.key);
    await using api = await open({ kubeconfig });
    await api.get(kinds.pod, 'foo');
    expect(subject).toMatchObject({ CN: 'alice', O: 'testers' });
  });

  test('a plugin is asked once, and again when the server refuses what it gave', async () => {
    let valid = 'token-1';
    await using server = await apiServer({
      certificates,
      onRequest: (request, response) => {
        if (request.headers.authorization === `Bearer ${valid}`) sendJson(response, 200, pod);
        else sendJson(response, 401, failure(401, 'Unauthorized', 'Unauthorized'));
      },
    });
    using folder = new KubeconfigFolder();
    const plugin = `#!/bin/sh
echo run >> "$0.runs"
echo "$KUBERNETES_EXEC_INFO" > "$0.info"
n=$(wc -l < "$0.runs")
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"token-'$n'"}}'
`;
    const path = folder.write('plugin', plugin, 0o700);
    const kubeconfig = folder.writeKubeconfig({
      cluster: {
        ...trusted(server.url),
        extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { a: 1 } }],
      },
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: './plugin',
          interactiveMode: 'Never',
          provideClusterInfo: true,
        },
      },
    });
    await using api = await open({ kubeconfig });
    await api.get(kinds.pod, 'foo');
    await api.get(kinds.pod, 'foo');
    expect(await read(`${path}.runs`)).toBe('run\n');
    expect(JSON.parse(await read(`${path}.info`))).toMatchObject({
      kind: 'ExecCredential',
      spec: {
        interactive: false,
        cluster: { ...trusted(server.url), config: { a: 1 } },
      },
    });
    valid = 'token-2';
    // Many are refused at once, and the plugin runs once for all of them.
    await Promise.all(Array.from({ length: 10 }, () => api.get(kinds.pod, 'foo')));
    expect(await read(`${path}.runs`)).toBe('run\nrun\n');
    valid = 'never';
    await expect(api.get(kinds.pod, 'foo')).rejects.toMatchObject({
      status: 401,
      reason: 'Unauthorized',
      message: 'error: You must be logged in to the server (Unauthorized)',
    });
  });

  test('a plugin may take longer than a request', async () => {
    await using server = await apiServer({ certificates, onRequest: answerPod });
    using folder = new KubeconfigFolder();
    const plugin = `#!/bin/sh
: > "$0.began"
while [ ! -e "$0.go" ]; do sleep 0.01; done
echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"late"}}'
`;
    const path = folder.write('plugin', plugin, 0o700);
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin' };
    const kubeconfig = folder.writeKubeconfig({
      cluster: trusted(server.url),
      user: { exec: { ...exec, interactiveMode: 'Never' } },
    });
    await using api = await open({ kubeconfig });
    using _held = holdTimers();
    const asking = api.get(kinds.pod, 'foo');
    await expect.poll(() => existsSync(`${path}.began`)).toBe(true);
    // A person in a browser.
    await pass(600_000);
    folder.write('plugin.go', '');
    expect(await asking).toEqual(pod);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer late');
  });

  test.each([
    [
      { command: 'no-such-plugin' },
      /^Unable to connect to the server: getting credentials: exec: executable no-such-plugin not found\n\nIt looks like/,
    ],
    [
      { command: 'false' },
      'Unable to connect to the server: getting credentials: exec: executable false failed with exit code 1',
    ],
    [
      { command: 'sh', args: ['-c', 'kill -KILL $$'] },
      'Unable to connect to the server: getting credentials: exec: executable sh failed with exit code -1 (SIGKILL)',
    ],
    [
      { command: 'echo', args: ['{"apiVersion":"x"}'] },
      'Unable to connect to the server: getting credentials: exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version x',
    ],
    [
      { command: 'echo', args: ['nonsense'] },
      /^Unable to connect to the server: getting credentials: decoding stdout: /,
    ],
  ])('says what is wrong with a plugin: %j', async (exec, message) => {
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: { server: 'https://127.0.0.1:1' },
      user: {
        exec: {
          ...{ apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' },
          args: [],
          ...exec,
        },
      },
    });
    await using api = await open({ kubeconfig });
    await expect(api.get(kinds.pod, 'foo')).rejects.toMatchObject({
      status: 0,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  test.each([
    ['that is not there', 'no-such-file', 'Bearer one'],
    ['that is empty', 'empty', 'Bearer one'],
    ['that is there', 'there', 'Bearer two'],
  ])('a token stands in for a token file %s', async (_what, tokenFile, authorization) => {
    await using server = await apiServer({ certificates, onRequest: answerPod });
    using folder = new KubeconfigFolder();
    folder.write('empty', '\n');
    folder.write('there', 'two\n');
    const kubeconfig = folder.writeKubeconfig({
      cluster: trusted(server.url),
      user: { token: 'one', tokenFile },
    });
    await using api = await open({ kubeconfig });
    await api.get(kinds.pod, 'foo');
    expect(server.requests[0]?.headers.authorization).toBe(authorization);
  });

  test('a token that was replaced in the kubeconfig is found after a 401', async () => {
    await using server = await apiServer({
      certificates,
      onRequest: (request, response) => {
        if (request.headers.authorization === 'Bearer new') sendJson(response, 200, pod);
        else sendJson(response, 401, failure(401, 'Unauthorized', 'Unauthorized'));
      },
    });
    using folder = new KubeconfigFolder();
    const cluster = trusted(server.url);
    const kubeconfig = folder.writeKubeconfig({ cluster, user: { token: 'old' } });
    await using api = await open({ kubeconfig });
    await expect(api.get(kinds.pod, 'foo')).rejects.toMatchObject({ status: 401 });
    // The same again would be refused again, so it was not asked twice.
    expect(server.requests).toHaveLength(1);
    folder.writeKubeconfig({ cluster, user: { token: 'new' } });
    expect(await api.get(kinds.pod, 'foo')).toEqual(pod);
  });
});

describe('the way to the server', () => {
  test.each([undefined, 'me:p%40ss'])(
    'by CONNECT through a proxy of the kubeconfig (login %s)',
    async (login) => {
      await using server = await apiServer({ certificates, onRequest: answerPod });
      await using proxy = await connectProxy(
        server.port,
        login === undefined ? {} : { login: decodeURIComponent(login) },
      );
      using folder = new KubeconfigFolder();
      const at = login === undefined ? '' : `${login}@`;
      const kubeconfig = folder.writeKubeconfig({
        cluster: {
          ...trusted('https://api.example:6443'),
          'proxy-url': `http://${at}127.0.0.1:${proxy.port}`,
        },
      });
      await using api = await open({ kubeconfig });
      await api.get(kinds.pod, 'foo');
      (await api.connectToPod({ namespace: 'default', name: 'foo' }, 80)).destroy();
      // One kept for requests, one for the tunnel.
      expect(proxy.destinations).toEqual(['api.example:6443', 'api.example:6443']);
      expect(server.requests[0]?.headers.host).toBe('api.example:6443');
    },
  );

  test('by an https proxy that this machine trusts', async () => {
    await using server = await apiServer({ certificates, onRequest: answerPod });
    await using proxy = await connectProxy(server.port, { certificate: otherCertificates.server });
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: {
        ...trusted('https://api.example:6443'),
        'proxy-url': `https://localhost:${proxy.port}`,
      },
    });
    await using distrusting = await open({ kubeconfig });
    await expect(distrusting.get(kinds.pod, 'foo')).rejects.toThrow(
      'Unable to connect to the server: proxyconnect tcp: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    );
    vi.stubEnv('SSL_CERT_FILE', folder.write('ca.crt', otherCertificates.authority));
    await using api = await open({ kubeconfig });
    await api.get(kinds.pod, 'foo');
    (await api.connectToPod({ namespace: 'default', name: 'foo' }, 80)).destroy();
    expect(proxy.destinations).toEqual(['api.example:6443', 'api.example:6443']);
  });

  test('plain requests are handed to an http proxy, as Go does; only tunnels are asked for', async () => {
    await using server = await apiServer({ onRequest: answerPod });
    await using proxy = await connectProxy(server.port, { login: 'me:p@ss' });
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: {
        server: 'http://api.example:8080/base',
        'proxy-url': `http://me:p%40ss@127.0.0.1:${proxy.port}`,
      },
      user: { token: 'secret' },
    });
    await using api = await open({ kubeconfig });
    expect(await api.get(kinds.pod, 'foo')).toEqual(pod);
    expect(proxy.destinations).toEqual([]);
    expect(proxy.requests.map(({ url }) => url)).toEqual([
      'http://api.example:8080/base/api/v1/namespaces/default/pods/foo',
    ]);
    expect(server.requests[0]?.headers).toMatchObject({ host: 'api.example:8080' });
    expect(proxy.requests[0]?.headers.authorization).toBeUndefined();
    (await api.connectToPod({ namespace: 'default', name: 'foo' }, 80)).destroy();
    expect(proxy.destinations).toEqual(['api.example:8080']);
  });

  test('by a SOCKS5 proxy, which resolves the name', async () => {
    await using server = await apiServer({ certificates, onRequest: answerPod });
    await using proxy = await socksProxy(server.port);
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: {
        ...trusted('https://api.example:6443'),
        'proxy-url': `socks5://127.0.0.1:${proxy.port}`,
      },
    });
    await using api = await open({ kubeconfig });
    await api.get(kinds.pod, 'foo');
    expect(proxy.hosts).toEqual(['api.example']);
  });

  test('by HTTPS_PROXY, unless NO_PROXY says otherwise', async () => {
    await using server = await apiServer({ certificates, onRequest: answerPod });
    await using proxy = await connectProxy(server.port);
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({ cluster: trusted('https://api.example') });
    vi.stubEnv('HTTPS_PROXY', `127.0.0.1:${proxy.port}`);
    vi.stubEnv('NO_PROXY', '');
    await using proxied = await open({ kubeconfig });
    await proxied.get(kinds.pod, 'foo');
    expect(proxy.destinations).toEqual(['api.example:443']);
    vi.stubEnv('NO_PROXY', '.example');
    await using direct = await open({ kubeconfig });
    await expect(direct.get(kinds.pod, 'foo')).rejects.toMatchObject({
      message: expect.stringMatching(
        /^Unable to connect to the server: dial tcp: lookup api.example/,
      ),
    });
  });

  test('a proxy that wants a login, and one that is not there', async () => {
    await using server = await apiServer({ certificates, onRequest: answerPod });
    await using proxy = await connectProxy(server.port, { login: 'a:b' });
    using folder = new KubeconfigFolder();
    const get = async (proxyUrl: string) => {
      const kubeconfig = folder.writeKubeconfig({
        cluster: { ...trusted('https://api.example'), 'proxy-url': proxyUrl },
      });
      await using api = await open({ kubeconfig });
      await api.get(kinds.pod, 'foo');
    };
    await expect(get(`http://127.0.0.1:${proxy.port}`)).rejects.toThrow(
      'Unable to connect to the server: proxyconnect tcp: Proxy Authentication Required (407)',
    );
    await expect(get('http://127.0.0.1:1')).rejects.toThrow(
      'Unable to connect to the server: proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused',
    );
    await expect(get('gopher://127.0.0.1:1')).rejects.toThrow(
      `error: invalid 'proxy-url' "gopher://127.0.0.1:1" for cluster "c": unsupported scheme "gopher", must be http, https, or socks5`,
    );
  });

  test('a proxy that never answers is given up', async () => {
    using _held = holdTimers();
    await using proxy = await connectProxy(1, { silent: true });
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({
      cluster: {
        ...trusted('https://api.example'),
        'proxy-url': `http://127.0.0.1:${proxy.port}`,
      },
    });
    await using api = await open({ kubeconfig });
    const refused = expect(api.get(kinds.pod, 'foo')).rejects.toThrow(
      `Unable to connect to the server: proxyconnect tcp: dial tcp 127.0.0.1:${proxy.port}: i/o timeout`,
    );
    expect(await passUntilSettled(refused, 10)).toBeLessThan(15_000);
  });

  test('TLS that cannot be trusted', async () => {
    await using server = await apiServer({ certificates, onRequest: answerPod });
    await using httpServer = await apiServer({ onRequest: answerPod });
    using folder = new KubeconfigFolder();
    const ask = async (flags: ConnectionFlags, authority = certificates.authority) => {
      const certificateAuthority = folder.write('ca.crt', authority);
      await using api = await open({
        server: server.url,
        ...(flags.insecureSkipTlsVerify === true ? {} : { certificateAuthority }),
        ...flags,
      });
      return await api.get(kinds.pod, 'foo');
    };
    const failed = 'Unable to connect to the server: tls: failed to verify certificate: x509: ';
    await expect(ask({}, otherCertificates.authority)).rejects.toThrow(
      `${failed}certificate signed by unknown authority`,
    );
    await expect(ask({ tlsServerName: 'other' })).rejects.toThrow(
      `${failed}certificate is valid for localhost, api.example, not other`,
    );
    await expect(ask({ server: httpServer.url.replace('http', 'https') })).rejects.toThrow(
      'Unable to connect to the server: http: server gave HTTP response to HTTPS client',
    );
    expect(await ask({ insecureSkipTlsVerify: true })).toEqual(pod);
    expect(await ask({ tlsServerName: 'api.example' })).toEqual(pod);
  });
});

describe('requests', () => {
  test('a server that is not there', async () => {
    await using api = await open({ server: 'https://127.0.0.1:1' });
    await expect(api.get(kinds.pod, 'foo')).rejects.toMatchObject({
      message:
        'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
      status: 0,
      reason: '',
    });
  });

  test('a body that was cut, and one that is not JSON', async () => {
    await using server = await apiServer({
      onRequest: (request, response) => {
        if (request.url?.endsWith('/foo')) {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
          response.write('{"kind":', () => response.destroy());
        } else {
          response.writeHead(200, { 'content-type': 'text/html' });
          response.end('<html>login</html>');
        }
      },
    });
    await using api = await open({ server: server.url });
    await expect(api.get(kinds.pod, 'foo')).rejects.toThrow(
      'error: unexpected error when reading response body. Please retry. Original error: unexpected EOF',
    );
    await expect(api.get(kinds.pod, 'bar')).rejects.toThrow(
      'Unable to connect to the server: it answers with text/html, not with JSON; is it a Kubernetes API server?',
    );
  });

  test('--request-timeout ends a request that is not answered', async () => {
    using _held = holdTimers();
    await using server = await apiServer({});
    await using api = await open({ server: server.url, requestTimeoutMs: 300 });
    const refused = expect(api.get(kinds.pod, 'foo')).rejects.toThrow(
      'Unable to connect to the server: net/http: request canceled (Client.Timeout exceeded while awaiting headers)',
    );
    const lastedMs = await passUntilSettled(refused);
    expect(lastedMs).toBeGreaterThanOrEqual(300);
    expect(lastedMs).toBeLessThan(1_000);
  });

  test('comes back when the server asks for it', async () => {
    let asked = 0;
    await using server = await apiServer({
      onRequest: (_request, response) => {
        if (++asked < 3) {
          response.setHeader('retry-after', '0');
          sendJson(response, 429, failure(429, 'TooManyRequests', 'slow down'));
        } else sendJson(response, 200, pod);
      },
    });
    await using api = await open({ server: server.url });
    expect(await api.get(kinds.pod, 'foo')).toEqual(pod);
    expect(asked).toBe(3);
  });

  test('survives connections that the server closed while they were kept', async () => {
    await using server = await apiServer({ onRequest: answerPod });
    await using api = await open({ server: server.url });
    await Promise.all([api.get(kinds.pod, 'a'), api.get(kinds.pod, 'b')]);
    for (const connection of server.connections) connection.resetAndDestroy();
    expect(await api.get(kinds.pod, 'foo')).toEqual(pod);
  });

  test('reads what is compressed, writes what is asked for', async () => {
    let body = '';
    await using server = await apiServer({
      onRequest: (request, response) => {
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.once('end', () => {
          response.writeHead(200, {
            'content-type': 'application/json',
            'content-encoding': 'gzip',
          });
          response.end(gzipSync(JSON.stringify({ ok: true })));
        });
      },
    });
    await using api = await open({ server: `${server.url}/k8s/clusters/c-1` });
    const answer = await api.request({
      method: 'PATCH',
      path: '/api/v1/namespaces/n',
      query: { fieldManager: 'kubectl-pwru', force: 'true' },
      body: { kind: 'Namespace' },
      contentType: 'application/apply-patch+yaml',
    });
    expect(answer).toEqual({ ok: true });
    expect(body).toBe('{"kind":"Namespace"}');
    expect(server.requests[0]).toMatchObject({
      method: 'PATCH',
      url: '/k8s/clusters/c-1/api/v1/namespaces/n?fieldManager=kubectl-pwru&force=true',
      headers: { 'content-type': 'application/apply-patch+yaml' },
    });
  });

  test('at most 20 are under way', async () => {
    const waiting: Array<() => void> = [];
    await using server = await apiServer({
      onRequest: (request, response) => {
        if (request.url === '/other') response.end();
        else waiting.push(() => sendJson(response, 200, pod));
      },
    });
    await using api = await open({ server: server.url });
    const all = Promise.all(Array.from({ length: 45 }, () => api.get(kinds.pod, 'foo')));
    await expect.poll(() => waiting.length).toBe(20);
    // A connection that comes later gets its answer.
    await fetch(`${server.url}/other`);
    expect(waiting.length).toBe(20);
    for (let answered = 0; answered < 45; answered++) {
      await expect.poll(() => waiting.length, { interval: 5 }).toBeGreaterThan(answered);
      waiting[answered]?.();
    }
    expect(await all).toHaveLength(45);
  });

  test('close() ends what is under way at once, and everything after it', async () => {
    using _held = holdTimers();
    await using server = await apiServer({});
    const api = await open({ server: server.url });
    const asking = api.get(kinds.pod, 'foo');
    const refused = expect(asking).rejects.toMatchObject({
      name: 'KubeError',
      message: 'Unable to connect to the server: the connection was closed',
    });
    await expect.poll(() => server.requests.length).toBe(1);
    await api.close();
    await api.close();
    await refused;
    await expect(api.get(kinds.pod, 'foo')).rejects.toMatchObject({ name: 'KubeError' });
    await expect.poll(() => server.connections.size).toBe(0);
  });
});

describe('lists and discovery', () => {
  test('asks page after page', async () => {
    await using server = await apiServer({
      onRequest: (request, response) => {
        const query = new URL(request.url ?? '', server.url).searchParams;
        const page = Number(query.get('continue') ?? '0');
        const items = [{ metadata: { uid: `${page}` } }];
        const metadata = page < 2 ? { continue: `${page + 1}` } : { resourceVersion: '9' };
        sendJson(response, 200, { items, metadata });
      },
    });
    await using api = await open({ server: server.url });
    const selected = { namespace: 'n', labelSelector: 'app=x', fieldSelector: 'spec.nodeName=y' };
    const items = await api.list(kinds.pod, selected);
    expect(items.map(({ metadata }) => metadata?.uid)).toEqual(['0', '1', '2']);
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/api/v1/namespaces/n/pods?labelSelector=app%3Dx&fieldSelector=spec.nodeName%3Dy&limit=500',
      '/api/v1/namespaces/n/pods?labelSelector=app%3Dx&fieldSelector=spec.nodeName%3Dy&limit=500&continue=1',
      '/api/v1/namespaces/n/pods?labelSelector=app%3Dx&fieldSelector=spec.nodeName%3Dy&limit=500&continue=2',
    ]);
  });

  test('lists in one piece when its pages were forgotten', async () => {
    await using server = await apiServer({
      onRequest: (request, response) => {
        const query = new URL(request.url ?? '', server.url).searchParams;
        if (query.has('continue')) sendJson(response, 410, failure(410, 'Expired', 'too old'));
        else if (query.has('limit'))
          sendJson(response, 200, { items: [{}], metadata: { continue: 'x' } });
        else sendJson(response, 200, { items: [{}, {}, {}], metadata: {} });
      },
    });
    await using api = await open({ server: server.url });
    expect(await api.list(kinds.pod, {})).toHaveLength(3);
  });

  test('knows which kinds a server has, and asks once', async () => {
    await using server = await apiServer({
      onRequest: (request, response) => {
        if (request.url === '/apis/batch/v1')
          sendJson(response, 200, { resources: [{ name: 'jobs' }] });
        else sendJson(response, 404, failure(404, 'NotFound', 'no'));
      },
    });
    await using api = await open({ server: server.url });
    const all = [kinds.job, kinds.cronJob, kinds.cronJobBeta, kinds.job];
    expect(await Promise.all(all.map((kind) => api.serves(kind)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(server.requests).toHaveLength(2);
  });
});

function rawHeaders(raw: readonly string[], name: string): string[] {
  return raw.filter(
    (_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === name.toLowerCase(),
  );
}

async function read(path: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(path, 'utf8');
}
