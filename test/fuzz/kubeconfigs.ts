import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CORE_SCHEMA, dump } from 'js-yaml';
import {
  type ConnectionFlags,
  resolveSettings,
} from '../../plugin/src/kubernetes/connection-settings.ts';
import { KubeError } from '../../plugin/src/kubernetes/kube-api.ts';
import { type Kubeconfig, parseKubeconfig } from '../../plugin/src/kubernetes/kubeconfig.ts';
import { editedJson } from './edited-json.ts';
import { editedText } from './edited-text.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { valueUnless } from './outcome.ts';

const PATH = '/home/user/.kube/config';

const config = {
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'lab',
  contexts: [
    { name: 'lab', context: { cluster: 'lab', user: 'admin', namespace: 'demo' } },
    { name: 'other', context: { cluster: 'other', user: 'login' } },
  ],
  clusters: [
    {
      name: 'lab',
      cluster: { server: 'https://10.0.0.1:6443/base/', 'certificate-authority-data': 'AAAA' },
    },
    {
      name: 'other',
      cluster: {
        ...{ server: 'localhost:8080', 'insecure-skip-tls-verify': true, 'tls-server-name': 'a.b' },
        'proxy-url': 'socks5://127.0.0.1:1080',
        extensions: [
          { name: 'client.authentication.k8s.io/exec', extension: { audience: ['a', 1] } },
        ],
      },
    },
  ],
  users: [
    { name: 'admin', user: { token: 'secret', as: 'a', 'as-groups': ['g'], 'as-uid': '1' } },
    {
      name: 'login',
      user: {
        exec: {
          ...{ apiVersion: 'client.authentication.k8s.io/v1', command: './aws', args: ['eks'] },
          ...{ env: [{ name: 'A', value: 'b' }], interactiveMode: 'Never' },
        },
        'as-user-extra': { scopes: ['x', 'y'] },
      },
    },
    { name: 'oidc', user: { 'auth-provider': { name: 'oidc', config: { 'id-token': 'x.y.z' } } } },
  ],
};

/** What only YAML can say: the same in many places, itself, other kinds of text, many levels. */
const snippets = [
  ...['a: &a [1]\nb: *a\n', 'clusters: &c\n- name: x\n  cluster: {extensions: *c}\n'],
  'users:\n- name: u\n  user: &u {exec: {command: x, env: []}, auth-provider: {config: {a: *u}}}\n',
  'clusters:\n- name: lab\n  cluster:\n    extensions:\n    - name: client.authentication.k8s.io/exec\n      extension: &e\n        self: *e\n',
  manyOfMany(
    'clusters:\n- name: lab\n  cluster:\n    extensions:\n    - name: client.authentication.k8s.io/exec\n      extension: *l9\n',
  ),
  ...[
    '<<: {clusters: []}\n',
    '? [a]\n: b\n',
    '%YAML 1.1\n---\na: b\n',
    '--- a\n--- b\n',
    '!!js/undefined\n',
  ],
  ...[
    'a: !!binary AAAA\n',
    'users: !!set {a, b}\n',
    'clusters: !!omap [a: 1]\n',
    'a: 2026-11-29\n',
  ],
  ...[
    `a: ${'['.repeat(300)}\n`,
    `${'{a: '.repeat(100)}\n`,
    `${'- '.repeat(300)}\n`,
    'a: |\n  x\n b',
  ],
];

/** "Billion laughs": ten levels, each ten times the one before. */
function manyOfMany(rest: string): string {
  const levels = Array.from(
    { length: 10 },
    (_, level) =>
      `l${level}: &l${level} [${Array(10)
        .fill(level === 0 ? 'x' : `*l${level - 1}`)
        .join()}]\n`,
  );
  return levels.join('') + rest;
}

const valid = dump(config, { schema: CORE_SCHEMA });
const texts = fc.oneof(
  ...[fc.constant(valid), fc.constant(valid), fc.constant(JSON.stringify(config))],
  fc
    .tuple(fc.constantFrom(...snippets), fc.boolean())
    .map(([snippet, isFirst]) => (isFirst ? snippet + valid : valid + snippet)),
  fc.constantFrom(...snippets),
);

const isRefusal = (thrown: unknown) =>
  thrown instanceof KubeError && thrown.reason === 'InvalidConfiguration' && thrown.status === 0;

const parse = (text: string) => valueUnless(() => parseKubeconfig(text, PATH), isRefusal);

/** What is handed on to a login plugin is a JSON text, and not much longer than its file; escapes have six characters. */
const longestHandedOn = (text: string) => 8 * (100 * text.length + 2 ** 20);

/** Text where text is expected, paths that are absolute, and nothing that is longer than its file. */
function checkConfig({ clusters, users, contexts, currentContext }: Kubeconfig, text: string) {
  assert(clusters.size + users.size + contexts.size <= text.length);
  assert(currentContext === undefined || typeof currentContext === 'string');
  for (const cluster of clusters.values()) {
    const { execConfig, ...own } = cluster;
    for (const value of Object.values(own))
      assert(['string', 'boolean', 'undefined'].includes(typeof value));
    assert.match(cluster.certificateAuthority ?? '/', /^\//);
    const handedOn = JSON.stringify(execConfig) ?? '';
    assert(handedOn.length <= longestHandedOn(text), `${handedOn.length}`);
  }
  for (const {
    asGroups = [],
    asExtra = new Map(),
    exec,
    authProvider,
    clientKey,
  } of users.values()) {
    assert.match(clientKey ?? '/', /^\//);
    const listed = [...asGroups, ...[...asExtra.values()].flat(), ...(exec?.args ?? [])];
    const named = [...(exec?.env ?? []), ...Object.entries(authProvider?.config ?? {})].flat();
    assert([...listed, ...named].every((each) => typeof each === 'string'));
  }
}

const noFlags = {} as ConnectionFlags;

/** Settings of each context that there is, without a look at any file. */
function resolveAll(kubeconfig: Kubeconfig): void {
  for (const context of [undefined, ...kubeconfig.contexts.keys()]) {
    const flags = context === undefined ? noFlags : { ...noFlags, context };
    const settings = valueUnless(
      () => resolveSettings({ flags, kubeconfig: withoutFiles(kubeconfig), environment: {} }),
      isRefusal,
    );
    if (settings === undefined) continue;
    const { server, user, tls } = settings;
    assert.match(server.protocol, /^https?:$/);
    assert(server.search === '' && server.hash === '');
    if (server.protocol === 'https:') continue;
    const secrets = [user.token, user.password, user.username, user.exec, user.authProvider];
    assert([...secrets, tls.certificate].every((secret) => secret === undefined));
  }
}

function withoutFiles({ clusters, users, ...others }: Kubeconfig): Kubeconfig {
  const none = {
    certificateAuthority: undefined,
    clientCertificate: undefined,
    clientKey: undefined,
  };
  const without = <T extends object>(map: ReadonlyMap<string, T>) =>
    new Map([...map].map(([name, entry]) => [name, { ...entry, ...none, tokenFile: undefined }]));
  return { ...others, clusters: without(clusters), users: without(users) };
}

const values = editedJson([config]);

export const kubeconfigs: FuzzSubject = {
  name: 'kubeconfigs',
  properties: [
    property(
      'damaged texts: entries of text, or "error loading config file"',
      editedText(texts),
      (text) => {
        const kubeconfig = parse(text);
        if (kubeconfig !== undefined) checkConfig(kubeconfig, text);
      },
      { boundedCases: 1_000 },
    ),
    property(
      'odd values: settings that give no secret to a server without TLS, or a refusal',
      values,
      (value) => {
        const text = JSON.stringify(value) ?? '';
        const kubeconfig = parse(text);
        if (kubeconfig === undefined) return;
        checkConfig(kubeconfig, text);
        resolveAll(kubeconfig);
      },
      { boundedCases: 1_000 },
    ),
  ],
};
