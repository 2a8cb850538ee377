/*
 * Configurations as the plugin and the real kubectl understand them, side by side. No cluster is asked: the servers are the
 * test's own.
 */

import { expect, test } from 'vitest';
import type { ConnectionFlags } from '../../plugin/src/kubernetes/connection-settings.ts';
import { apiServer, sendJson } from '../../plugin/testing/kubernetes/api-server.ts';
import { makeCertificates } from '../../plugin/testing/kubernetes/certificates.ts';
import { KubeconfigFolder } from '../../plugin/testing/kubernetes/kubeconfig-folder.ts';
import { saidByPlugin } from '../../plugin/testing/kubernetes/said-by-plugin.ts';
import { saidByKubectl } from './beside-kubectl.ts';

const certificates = makeCertificates();
const authorityData = Buffer.from(certificates.authority).toString('base64');

const text = `
current-context: c
clusters:
- {name: c, cluster: {server: "https://127.0.0.1:1"}}
- {name: plain, cluster: {server: "http://127.0.0.1:1"}}
users:
- {name: u, user: {token: abc}}
- {name: gcp, user: {auth-provider: {name: gcp, config: {}}}}
- {name: azure, user: {auth-provider: {name: azure, config: {}}}}
- {name: other, user: {auth-provider: {name: other, config: {}}}}
- {name: oidc-1, user: {auth-provider: {name: oidc, config: {client-id: x}}}}
- {name: oidc-2, user: {auth-provider: {name: oidc, config: {idp-issuer-url: "https://127.0.0.1:1"}}}}
- {name: oidc-3, user: {auth-provider: {name: oidc, config: {client-id: x, idp-issuer-url: "https://127.0.0.1:1"}}}}
contexts:
- {name: oidc-1, context: {cluster: c, user: oidc-1}}
- {name: oidc-2, context: {cluster: c, user: oidc-2}}
- {name: oidc-3, context: {cluster: c, user: oidc-3}}
- {name: c, context: {cluster: c, user: u}}
- {name: plain, context: {cluster: plain, user: gcp}}
- {name: gcp, context: {cluster: c, user: gcp}}
- {name: azure, context: {cluster: c, user: azure}}
- {name: other, context: {cluster: c, user: other}}
- {name: nocluster, context: {cluster: zzz, user: u}}
- {name: nothing, context: {}}
- {name: nouser, context: {cluster: c, user: zzz}}
`;

test.each<[string, ConnectionFlags]>([
  ['', {}],
  ['gone', {}],
  ['gone', { server: 'https://127.0.0.1:1' }],
  ['gone', { cluster: 'c', user: 'u' }],
  ['gone', { context: 'c' }],
  ['c', { context: 'gone' }],
  ['c', { cluster: 'gone' }],
  ['c', { cluster: 'gone', server: 'https://127.0.0.1:1' }],
  ['c', { user: 'gone' }],
  ['c', { user: 'gone', token: 'x' }],
  ['nocluster', {}],
  ['nocluster', { user: 'gone' }],
  ['nothing', {}],
  ['nouser', { token: 'x' }],
  ['nouser', { server: 'http://127.0.0.1:1' }],
  ['plain', {}],
  ['gcp', {}],
  ['azure', {}],
  ['other', {}],
  ['oidc-1', {}],
  ['oidc-2', {}],
  ['oidc-3', {}],
])('current-context "%s" with %j is what kubectl says it is', async (current, flags) => {
  using folder = new KubeconfigFolder();
  const stated = text.replace('current-context: c', `current-context: "${current}"`);
  const path = folder.write('config', stated);
  expect(await saidByPlugin(path, flags)).toBe(await saidByKubectl(path, flags, '1.32'));
});

test.each([
  ['http', undefined, undefined],
  ['https', certificates, 'Bearer secret'],
] as const)('a token goes to a server of %s as kubectl sends it', async (_, secured, expected) => {
  await using server = await apiServer({
    ...(secured === undefined ? {} : { certificates: secured }),
    onRequest: (_request, response) => sendJson(response, 404, {}),
  });
  using folder = new KubeconfigFolder();
  const authority = secured === undefined ? {} : { 'certificate-authority-data': authorityData };
  const path = folder.writeKubeconfig({
    cluster: { server: server.url, ...authority },
    user: { token: 'secret' },
  });
  const sent = () => server.requests.splice(0).map(({ headers }) => headers.authorization);
  for (const version of ['1.20', '1.32'] as const) {
    await saidByKubectl(path, {}, version);
    expect(new Set(sent())).toEqual(new Set([expected]));
  }
  await saidByPlugin(path, {});
  expect(sent()).toEqual([expected]);
});

/* Users and clusters whose files are not as one would write them. */
test.each<[string, string, string]>([
  ['a token file that is not there', '', 'token: one, tokenFile: /nonexistent/token'],
  ['an empty token file', '', 'token: one, tokenFile: /dev/null'],
  ['a token file alone that is not there', '', 'tokenFile: /nonexistent/token'],
  ['a key that comes twice', '', 'token: one, token: two'],
  ['yes', 'insecure-skip-tls-verify: yes, ', 'token: one'],
  ['Off', 'insecure-skip-tls-verify: Off, ', 'token: one'],
  ['a flag that is text', 'insecure-skip-tls-verify: maybe, ', 'token: one'],
])('%s is taken as kubectl takes it', async (_what, cluster, user) => {
  await using server = await apiServer({
    certificates,
    onRequest: (_request, response) => sendJson(response, 404, {}),
  });
  using folder = new KubeconfigFolder();
  const authority = cluster.includes('yes') ? '' : `, certificate-authority-data: ${authorityData}`;
  const path = folder.write(
    'config',
    `
current-context: c
clusters: [{name: c, cluster: {${cluster}server: "${server.url}"${authority}}}]
users: [{name: u, user: {${user}}}]
contexts: [{name: c, context: {cluster: c, user: u}}]
`,
  );
  const sent = () => new Set(server.requests.splice(0).map(({ headers }) => headers.authorization));
  const said = await saidByKubectl(path, {}, '1.32');
  const sentByKubectl = sent();
  const saidByUs = await saidByPlugin(path, {});
  expect(sent()).toEqual(sentByKubectl);
  // An answer of a server that is none is not worded alike.
  if (sentByKubectl.size === 0) expect(saidByUs.slice(0, 32)).toBe(said.slice(0, 32));
});
