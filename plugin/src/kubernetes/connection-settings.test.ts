import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type ConnectionFlags, resolveSettings } from './connection-settings.ts';
import { parseKubeconfig } from './kubeconfig.ts';

const folder = mkdtempSync(join(tmpdir(), 'pwru-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const pem = join(folder, 'ca.crt');
writeFileSync(pem, '-----BEGIN CERTIFICATE-----\n');
const noPem = join(folder, 'no.crt');
writeFileSync(noPem, 'hello');

/** As the one that kubectl was asked with, whose messages stand below. */
const text = `
current-context: c
clusters:
- {name: c, cluster: {server: "https://127.0.0.1:1/", tls-server-name: api.example}}
- {name: nocert, cluster: {server: "https://127.0.0.1:1", certificate-authority: /nope/ca.crt}}
- {name: both, cluster: {server: "https://127.0.0.1:1", certificate-authority: ${pem}, insecure-skip-tls-verify: true}}
contexts:
- {name: c, context: {cluster: c, user: u, namespace: demo}}
- {name: badcluster, context: {cluster: zzz, user: u}}
- {name: baduser, context: {cluster: c, user: zzz}}
- {name: badcert, context: {cluster: nocert, user: u}}
- {name: nokey, context: {cluster: c, user: nokey}}
- {name: nokeyfile, context: {cluster: c, user: nokeyfile}}
- {name: both, context: {cluster: both, user: u}}
- {name: execwithout, context: {cluster: c, user: execwithout}}
users:
- {name: u, user: {token: abc}}
- {name: nokey, user: {client-certificate-data: YWJj}}
- {name: nokeyfile, user: {client-certificate: /nope/c.crt, client-key: /nope/c.key}}
- {name: execwithout, user: {exec: {command: x}}}
`;

function settings(flags: ConnectionFlags, environment: NodeJS.ProcessEnv = {}) {
  return resolveSettings({ flags, kubeconfig: parseKubeconfig(text, 'F'), environment });
}

describe('resolveSettings', () => {
  test('follows the context', () => {
    const { server, namespace, user, tlsServerName } = settings({});
    expect(server.href).toBe('https://127.0.0.1:1/');
    expect(namespace).toBe('demo');
    expect(user.token).toBe('abc');
    expect(tlsServerName).toBe('api.example');
  });

  test('lays the flags over it', () => {
    const laid = settings({
      server: 'other:7/base/',
      namespace: 'n',
      token: 't',
      as: 'alice',
      asGroups: ['g', 'h'],
      asUid: '5',
      certificateAuthority: pem,
      requestTimeoutMs: 0,
    });
    expect(laid.server.href).toBe('https://other:7/base');
    expect(laid).toMatchObject({
      namespace: 'n',
      // Another server has another name.
      tlsServerName: undefined,
      requestTimeoutMs: undefined,
      user: { token: 't', as: 'alice', asGroups: ['g', 'h'], asUid: '5' },
    });
  });

  test('--insecure-skip-tls-verify takes away the authority of the kubeconfig', () => {
    const { insecureSkipTlsVerify, cluster } = settings({
      context: 'badcert',
      insecureSkipTlsVerify: true,
    });
    expect(insecureSkipTlsVerify).toBe(true);
    expect(cluster.certificateAuthority).toBeUndefined();
  });

  test('leaves to the kubeconfig what was not given', () => {
    const kubeconfig = parseKubeconfig(
      `
current-context: c
clusters: [{name: c, cluster: {server: "https://x", insecure-skip-tls-verify: true}}]
contexts: [{name: c, context: {cluster: c, user: u}}]
users: [{name: u, user: {as: alice, as-groups: [g]}}]`,
      'F',
    );
    const flags = { asGroups: [], insecureSkipTlsVerify: false, token: undefined };
    expect(resolveSettings({ flags, kubeconfig, environment: {} })).toMatchObject({
      insecureSkipTlsVerify: true,
      user: { as: 'alice', asGroups: ['g'] },
    });
  });

  test('asks localhost:8080 when nothing is configured', () => {
    const kubeconfig = parseKubeconfig('', 'F');
    const { server, namespace } = resolveSettings({ flags: {}, kubeconfig, environment: {} });
    expect(server.href).toBe('http://localhost:8080/');
    expect(namespace).toBe('default');
    const { server: ofBadCluster, user } = settings({ context: 'badcluster' });
    expect(ofBadCluster.href).toBe('http://localhost:8080/');
    expect(user.token).toBeUndefined();
  });

  test.each<ConnectionFlags>([
    {},
    { server: 'https://127.0.0.1:1' },
    { cluster: 'c', user: 'u' },
    { token: 'x' },
  ])('a current-context that is not there is refused, also with %j', (flags) => {
    const stale = text.replace('current-context: c', 'current-context: gone');
    const kubeconfig = parseKubeconfig(stale, 'F');
    expect(() => resolveSettings({ flags, kubeconfig, environment: {} })).toThrow(
      'Error in configuration: context was not found for specified context: gone',
    );
    const another = resolveSettings({
      flags: { ...flags, context: 'c' },
      kubeconfig,
      environment: {},
    });
    expect(another.namespace).toBe('demo');
  });

  test('a current-context alone is refused as well', () => {
    const kubeconfig = parseKubeconfig('current-context: gone', 'F');
    expect(() => resolveSettings({ flags: {}, kubeconfig, environment: {} })).toThrow(
      'Error in configuration: context was not found for specified context: gone',
    );
  });

  test.each<ConnectionFlags>([
    { token: 'x' },
    { username: 'x', password: 'x' },
    { server: 'http://127.0.0.1:1' },
  ])('the user that a context misses does not matter with %j', (flags) => {
    expect(settings({ context: 'baduser', ...flags }).namespace).toBe('default');
  });

  test('a bare HOST:PORT is http without TLS settings', () => {
    expect(settings({ server: '127.0.0.1:8001' }).server.href).toBe('http://127.0.0.1:8001/');
    expect(settings({ server: '[::1]:6443', insecureSkipTlsVerify: true }).server.href).toBe(
      'https://[::1]:6443/',
    );
  });

  // What kubectl 1.20 and 1.32 print, letter by letter, unless a line says otherwise.
  test.each<[ConnectionFlags, string]>([
    [
      { context: 'nope' },
      'Error in configuration: context was not found for specified context: nope',
    ],
    [{ cluster: 'nope' }, 'error: no server found for cluster "nope"'],
    [
      { cluster: 'nope', server: 'https://127.0.0.1:1' },
      'error: no server found for cluster "nope"',
    ],
    [{ user: 'nope' }, 'error: auth info "nope" does not exist'],
    // kubectl asks for a name and a password.
    [{ context: 'baduser' }, 'error: auth info "zzz" does not exist'],
    [
      { context: 'badcert' },
      'error: unable to read certificate-authority /nope/ca.crt for nocert due to open /nope/ca.crt: no such file or directory',
    ],
    [
      { context: 'nokey' },
      'error: client-key-data or client-key must be specified for nokey to use the clientCert authentication method.',
    ],
    [
      { context: 'nokeyfile' },
      'Error in configuration: \n* unable to read client-cert /nope/c.crt for nokeyfile due to open /nope/c.crt: no such file or directory\n* unable to read client-key /nope/c.key for nokeyfile due to open /nope/c.key: no such file or directory',
    ],
    [
      { asGroups: ['g'] },
      'error: requesting uid, groups or user-extra for u without impersonating a user',
    ],
    [
      { certificateAuthority: pem, insecureSkipTlsVerify: true },
      'error: specifying a root certificates file with the insecure flag is not allowed',
    ],
    [
      { context: 'both' },
      'error: specifying a root certificates file with the insecure flag is not allowed',
    ],
    [
      { certificateAuthority: noPem },
      'error: unable to load root certificates: unable to parse bytes as PEM block',
    ],
    [
      { token: 'a', username: 'b', password: 'c' },
      'error: more than one authentication method found for u; found [token basicAuth], only one is allowed',
    ],
    [
      { context: 'execwithout' },
      'error: apiVersion must be specified for execwithout to use exec authentication plugin',
    ],
    [{ server: 'ftp://x' }, 'error: host must be a URL or a host:port pair: "ftp://x"'],
  ])('refuses %j as kubectl does', (flags, message) => {
    let thrown: unknown;
    try {
      settings(flags);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ message, reason: 'InvalidConfiguration', status: 0 });
  });
});
