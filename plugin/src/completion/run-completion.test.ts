import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdTimers, passUntilSettled } from '../../../test/support/played-time.ts';
import { runCompletion } from './run-completion.ts';

const agent = { functions: async () => [], sessions: async () => [] };

/** An HTTP server, and a kubeconfig that names it. */
async function clusterThat(answers: RequestListener) {
  const server = createServer(answers).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'pwru-completion-'));
  const kubeconfig = join(folder, 'config');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'here' },
      contexts: [
        { name: 'here', context: { cluster: 'c', user: 'u', namespace: 'demo' } },
        { name: 'there', context: { cluster: 'c', user: 'u' } },
      ],
      clusters: [
        {
          name: 'c',
          cluster: { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
        },
      ],
      users: [{ name: 'u', user: {} }],
    }),
  );
  return {
    kubeconfig,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const complete = (...words: string[]) => runCompletion({ words, descriptions: false }, agent);

test('runCompletion asks the cluster that is named on the line, for one page', async () => {
  using _held = holdTimers();
  const asked: string[] = [];
  await using cluster = await clusterThat((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ items: [{ metadata: { name: 'web-1' } }, { metadata: { name: 'x' } }] }),
    );
  });
  const flags = ['--kubeconfig', cluster.kubeconfig];
  expect(await complete(...flags, 'we')).toBe('web-1\n:4\n');
  expect(await complete(...flags, '-n', 'shop', 'svc/w')).toBe('svc/web-1\n:4\n');
  expect(asked).toEqual([
    '/api/v1/namespaces/demo/pods?limit=500',
    '/api/v1/namespaces/shop/services?limit=500',
  ]);
  expect(await complete(...flags, '--context', '')).toBe('here\nthere\n:4\n');
});

test('runCompletion is silent about errors, and gives up after two seconds', async () => {
  using _held = holdTimers();
  await using refusing = await clusterThat((_, response) => {
    response.statusCode = 500;
    response.end('no');
  });
  await using stalling = await clusterThat(() => {});
  expect(await complete('--kubeconfig', refusing.kubeconfig, 'pod/')).toBe(':4\n');
  expect(await complete('--kubeconfig', '/nonexistent', 'pod/')).toBe(':4\n');
  expect(await complete('--request-timeout', 'nonsense', 'pod/')).toBe(':4\n');
  const completing = complete('--kubeconfig', stalling.kubeconfig, 'pod/');
  const lastedMs = await passUntilSettled(completing, 10);
  expect(lastedMs).toBeGreaterThanOrEqual(2_000);
  expect(lastedMs).toBeLessThan(3_000);
  expect(await completing).toBe(':4\n');
});
