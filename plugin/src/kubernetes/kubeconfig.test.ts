import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type KubeconfigPlaces, loadKubeconfig, parseKubeconfig } from './kubeconfig.ts';

const folder = mkdtempSync(join(tmpdir(), 'pwru-kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function load(places: Partial<KubeconfigPlaces>) {
  return loadKubeconfig({
    explicitPath: undefined,
    environment: {},
    homeDirectory: join(folder, 'nobody'),
    ...places,
  });
}

const first = write(
  'first.yaml',
  `
current-context: one
clusters: [{name: c, cluster: {server: "https://first"}}]
contexts: [{name: one, context: {cluster: c, user: u, namespace: demo}}]
users: [{name: u, user: {token: abc}}]
`,
);
const second = write(
  'sub/second.yaml',
  `
current-context: two
clusters:
- {name: c, cluster: {server: "https://second"}}
- {name: d, cluster: {server: "https://d", certificate-authority: ca.crt, proxy-url: "http://p:1"}}
contexts: [{name: two, context: {cluster: d, user: v}}]
users:
- name: v
  user:
    client-certificate: certs/v.crt
    client-key: /abs/v.key
    tokenFile: ../token
    as: alice
    as-uid: "7"
    as-groups: [dev, ops]
    as-user-extra: {scopes: [a, b]}
- name: w
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: ./login
      args: [--for, me]
      env: [{name: A, value: b}]
      interactiveMode: Never
      provideClusterInfo: true
- name: x
  user: {exec: {apiVersion: v, command: login}}
- name: y
  user: {auth-provider: {name: oidc, config: {id-token: t, expiry: 2021-03-04T05:06:07Z}}}
`,
);

describe('loadKubeconfig', () => {
  test('takes what several files say from the first that says it', () => {
    const merged = load({ environment: { KUBECONFIG: `${first}:/nowhere:${second}` } });
    expect(merged.currentContext).toBe('one');
    expect(merged.clusters.get('c')?.server).toBe('https://first');
    expect(merged.clusters.get('d')?.server).toBe('https://d');
    expect([...merged.contexts.keys()].sort()).toEqual(['one', 'two']);
    expect(load({ environment: { KUBECONFIG: `${second}:${first}` } }).currentContext).toBe('two');
  });

  test('resolves paths where they stand, and a plugin only when it is a path', () => {
    const { clusters, users } = load({ explicitPath: second });
    expect(clusters.get('d')?.certificateAuthority).toBe(join(folder, 'sub/ca.crt'));
    expect(users.get('v')).toMatchObject({
      clientCertificate: join(folder, 'sub/certs/v.crt'),
      clientKey: '/abs/v.key',
      tokenFile: join(folder, 'token'),
    });
    expect(users.get('w')?.exec?.command).toBe(join(folder, 'sub/login'));
    expect(users.get('x')?.exec?.command).toBe('login');
  });

  test('reads impersonation, plugins and logins whole', () => {
    const { users } = load({ explicitPath: second });
    expect(users.get('v')).toMatchObject({
      as: 'alice',
      asUid: '7',
      asGroups: ['dev', 'ops'],
      asExtra: new Map([['scopes', ['a', 'b']]]),
    });
    expect(users.get('w')?.exec).toEqual({
      apiVersion: 'client.authentication.k8s.io/v1',
      command: join(folder, 'sub/login'),
      args: ['--for', 'me'],
      env: new Map([['A', 'b']]),
      interactiveMode: 'Never',
      provideClusterInfo: true,
      installHint: undefined,
    });
    expect(users.get('y')?.authProvider).toEqual({
      name: 'oidc',
      config: { 'id-token': 't', expiry: '2021-03-04T05:06:07Z' },
      origin: { path: second, user: 'y' },
    });
  });

  test('--kubeconfig alone counts when it is given, and has to be there', () => {
    const environment = { KUBECONFIG: second };
    expect(load({ explicitPath: first, environment }).contexts.has('two')).toBe(false);
    expect(() => load({ explicitPath: '/nope' })).toThrow(
      'error: stat /nope: no such file or directory',
    );
  });

  test('falls back to ~/.kube/config, and to nothing', () => {
    write('home/.kube/config', 'current-context: home');
    expect(load({ homeDirectory: join(folder, 'home') }).currentContext).toBe('home');
    expect(load({}).clusters.size).toBe(0);
  });

  test.each([
    ['a: [b\n c: d', /^error: error loading config file "F": yaml: line \d: /],
    ['- a', 'error: error loading config file "F": the file is not a mapping'],
    ['clusters: 7', 'error: error loading config file "F": clusters is not a list'],
    [
      'users: [{name: u, user: {token: 7}}]',
      'error: error loading config file "F": users[0].user.token is not text',
    ],
    [
      'users: [{name: u, user: {}}, {name: u, user: {}}]',
      'error: error loading config file "F": duplicate name "u" in users',
    ],
  ])('names what is wrong with %j', (text, message) => {
    expect(() => parseKubeconfig(text, 'F')).toThrow(message);
  });

  test('of several documents in a file the first one counts', () => {
    const { currentContext } = parseKubeconfig(
      'current-context: a\n---\ncurrent-context: b\n',
      'F',
    );
    expect(currentContext).toBe('a');
  });

  const extension = (value: string) =>
    `clusters: [{name: c, cluster: {extensions: [{name: client.authentication.k8s.io/exec, extension: ${value}}]}}]\n`;

  test('what stands for something else in many places may do so', () => {
    const { clusters } = parseKubeconfig(`a: &a [x, y]\n${extension('[*a, *a, {b: *a}]')}`, 'F');
    const list = ['x', 'y'];
    expect(clusters.get('c')?.execConfig).toEqual([list, list, { b: list }]);
  });

  test('is refused when it grows beyond all measure by that', () => {
    const levels = Array.from({ length: 10 }, (_, level) => {
      const before = level === 0 ? 'x' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array(10).fill(before).join()}]\n`;
    });
    expect(() => parseKubeconfig(levels.join('') + extension('*l9'), 'F')).toThrow(
      'error: error loading config file "F": yaml: document contains excessive aliasing',
    );
  });

  test('is refused when it contains itself', () => {
    for (const value of [
      '&e [*e]',
      '&e {a: [&f {}, *f, *e]}',
      '&e [&f [*e], *f]',
      '&f [&e [*e]]',
    ]) {
      expect(() => parseKubeconfig(extension(value), 'F')).toThrow(
        `error: error loading config file "F": yaml: anchor 'e' value contains itself`,
      );
    }
    const block = 'contexts: &loop\n- name: c\n  context:\n    extensions: *loop\n';
    expect(() => parseKubeconfig(block, 'F')).toThrow("yaml: anchor 'loop' value contains itself");
  });

  test('takes an empty file for an empty configuration', () => {
    expect(parseKubeconfig('', 'F').users.size).toBe(0);
  });
});
