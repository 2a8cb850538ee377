import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { load } from 'js-yaml';
import { describe, expect } from 'vitest';
import { checkAgent } from '../../plugin/src/agents/agent-check.ts';
import type { AgentError } from '../../plugin/src/agents/agent-client.ts';
import { findAgents, watchAgents } from '../../plugin/src/agents/find-agents.ts';
import { openAgentOnNode } from '../../plugin/src/agents/open-agent-on-node.ts';
import type { ConnectionFlags } from '../../plugin/src/kubernetes/connection-settings.ts';
import type { KubeApi, KubeError, WatchListener } from '../../plugin/src/kubernetes/kube-api.ts';
import { openKubeApi } from '../../plugin/src/kubernetes/open-kube-api.ts';
import { kinds } from '../../plugin/src/kubernetes/resources.ts';
import { connectProxy } from '../../plugin/testing/kubernetes/connect-proxy.ts';
import { test } from './cluster-test.ts';
import type { Cluster } from './lab/cluster.ts';
import type { KubectlVersion } from './lab/software.ts';
import { podTemplate, startPod } from './pods.ts';

/*
 * The plugin's connection to a cluster, against the real API server, kubelet and container runtime; its words beside those of
 * the real kubectl.
 */

const MIB = 1024 * 1024;
/** Each way. By hand it was a GiB. */
const TRANSFER_BYTES = 256 * MIB;

/** Sends on 9000, echoes on 9001, counts what it gets on 9002. */
const server = [
  'sh',
  '-c',
  `nc -ll -p 9000 -e sh -c 'head -c ${TRANSFER_BYTES} /dev/zero' &
  nc -ll -p 9001 -e cat &
  nc -ll -p 9002 -e sh -c 'wc -c > /tmp/count' &
  sleep 100000`,
];

async function open(flags: ConnectionFlags): Promise<KubeApi & AsyncDisposable> {
  const api = await openKubeApi(flags);
  return Object.assign(api, { [Symbol.asyncDispose]: () => api.close() });
}

/** What kubectl writes to stderr as its last line when it fails. */
async function saidByKubectl(
  cluster: Cluster,
  kubeconfig: string,
  args: readonly string[],
  version: KubectlVersion = '1.20',
): Promise<string> {
  const failure = await cluster.kubectl(args, { kubeconfig, version }).then(
    () => undefined,
    (error: { stderr: string }) => error.stderr,
  );
  return failure?.trim().split('\n').at(-1) ?? 'nothing';
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing',
    (error: Error) => error.message,
  );
}

class Listener implements WatchListener {
  changes = 0;
  readonly troubles: Array<KubeError | undefined> = [];
  onChange(): void {
    this.changes++;
  }
  onTrouble(error: KubeError | undefined): void {
    this.troubles.push(error);
  }
}

describe('agents', () => {
  const labels = { app: 'pwru-agent' };
  const daemonSet = (namespace: string, template: object) => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { namespace, name: 'pwru-agent' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: template },
    },
  });

  test('are the pods of the DaemonSet, whatever others call themselves', async ({
    lab: cluster,
    namespace,
  }) => {
    await using api = await open({ kubeconfig: cluster.kubeconfig });
    const search = { agentNamespace: namespace };
    expect((await findAgents(api, search)).on('node-1')).toMatchObject({
      kind: 'none',
      reason: `there is no DaemonSet pwru-agent in namespace ${namespace}`,
    });
    const listener = new Listener();
    using watched = await watchAgents(api, search, listener);
    await Promise.all(['node-1', 'node-2'].map((node) => watched.follow(node)));
    // Pods that the DaemonSet's selector finds, and that belong to another.
    const impostor = { ...labels, role: 'impostor' };
    await cluster.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace, name: 'impostor' },
      spec: {
        selector: { matchLabels: { role: 'impostor' } },
        template: { metadata: { labels: impostor }, spec: podTemplate({ node: 'node-2' }) },
      },
    });
    await cluster.kubectl(['-n', namespace, 'rollout', 'status', 'deploy/impostor']);
    expect(watched.agents.on('node-2').kind).toBe('none');
    await cluster.apply(daemonSet(namespace, podTemplate({ command: server })));
    const readyOn = (node: string) => watched.agents.on(node).kind === 'ready';
    await expect.poll(() => readyOn('node-1') && readyOn('node-2'), { timeout: 60_000 }).toBe(true);
    const found = (await findAgents(api, search)).on('node-2');
    expect(found).toEqual(watched.agents.on('node-2'));
    if (found.kind !== 'ready') throw new Error('No agent on node-2');
    expect(found.place.pod.name).toMatch(/^pwru-agent-/);
    await cluster.kubectl(['-n', namespace, 'delete', 'pod', found.place.pod.name, '--wait=false']);
    // The cluster takes its time when its API server was away a moment ago; the watch does not.
    const replacement = async () => {
      const agent = (await findAgents(api, search)).on('node-2');
      return agent.kind === 'ready' && agent.place.pod.name !== found.place.pod.name
        ? agent
        : undefined;
    };
    await expect.poll(replacement, { timeout: 60_000 }).toBeDefined();
    const replaced = await replacement();
    await expect.poll(() => watched.agents.on('node-2')).toEqual(replaced);
    await cluster.apply(daemonSet(namespace, podTemplate({ image: 'localhost/no-such:image' })));
    const isBroken = () => {
      const agents = ['node-1', 'node-2'].map((node) => watched.agents.on(node));
      return agents.some(
        (agent) => agent.kind === 'not-ready' && /ErrImageNeverPull/.test(agent.reason),
      );
    };
    await expect.poll(isBroken, { timeout: 60_000 }).toBe(true);
    await cluster.kubectl(['-n', namespace, 'delete', 'daemonset', 'pwru-agent']);
    await expect.poll(() => watched.agents.on('node-1').kind, { timeout: 60_000 }).toBe('none');
  });

  test('that nothing serves are named with their reason', async ({ lab: cluster, namespace }) => {
    await startPod(cluster, { namespace, name: 'echo', command: server });
    await using api = await open({ kubeconfig: cluster.kubeconfig });
    const place = { node: 'node-1', pod: { namespace, name: 'echo' } };
    const ask = async (port: number) => {
      const agent = await openAgentOnNode(api, { ...place, port });
      try {
        await checkAgent(agent);
      } finally {
        await agent.close();
      }
    };
    await expect(ask(7777)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/^Cannot reach the agent at node-1: .*connection refused/),
    } satisfies Partial<AgentError>);
    await expect(ask(9001)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/does not speak gRPC/),
    } satisfies Partial<AgentError>);
    const jane = await open({ kubeconfig: await cluster.addUser({ name: 'jane' }) });
    await expect(openAgentOnNode(jane, { ...place, port: 1 })).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringMatching(/cannot get resource "pods\/portforward"/),
    } satisfies Partial<AgentError>);
    await jane.close();
  });
});

describe('a tunnel', () => {
  test('carries much in bounded memory, not slower than kubectl', async ({
    cluster,
    namespace,
  }) => {
    await startPod(cluster, { namespace, name: 'server', command: server });
    await using api = await open({ kubeconfig: cluster.kubeconfig });
    const pod = { namespace, name: 'server' };
    const before = process.memoryUsage().rss;
    let peak = before;
    const watching = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const downMs = await timeOf(async () => {
      let readBytes = 0;
      for await (const chunk of await api.connectToPod(pod, 9000)) readBytes += chunk.length;
      expect(readBytes).toBe(TRANSFER_BYTES);
    });
    const upMs = await timeOf(async () => {
      const tunnel = await api.connectToPod(pod, 9002);
      await sendAll(tunnel, TRANSFER_BYTES);
      tunnel.resume().end();
      await once(tunnel, 'close');
    });
    clearInterval(watching);
    const count = ['-n', namespace, 'exec', 'server', '--', 'cat', '/tmp/count'];
    await expect
      .poll(() => cluster.kubectl(count), { timeout: 60_000 })
      .toBe(`${TRANSFER_BYTES}\n`);
    const kubectlMs = await timeOf(() => receiveByKubectl(cluster, namespace));
    const grownMib = Math.round((peak - before) / MIB);
    const rates = [downMs, upMs, kubectlMs].map((ms) =>
      Math.round((TRANSFER_BYTES / MIB / ms) * 1_000),
    );
    process.stdout.write(
      `down ${rates[0]} MiB/s, up ${rates[1]} MiB/s, kubectl down ${rates[2]} MiB/s, memory +${grownMib} MiB\n`,
    );
    expect(grownMib).toBeLessThan(128);
    expect(downMs).toBeLessThan(3 * kubectlMs);
  });

  test('answers at once, also through a proxy', async ({ lab: cluster, namespace }) => {
    await startPod(cluster, { namespace, name: 'echo', command: server });
    const address = new URL(cluster.server);
    await using proxy = await connectProxy(443, { host: address.hostname });
    const kubeconfig = join(cluster.folder, `${namespace}.proxied`);
    const config = load(await readFile(cluster.kubeconfig, 'utf8')) as {
      clusters: [{ cluster: object }];
    };
    Object.assign(config.clusters[0].cluster, { 'proxy-url': `http://127.0.0.1:${proxy.port}` });
    await writeFile(kubeconfig, JSON.stringify(config));
    for (const path of [cluster.kubeconfig, kubeconfig]) {
      await using api = await open({ kubeconfig: path });
      const tunnel = await api.connectToPod({ namespace, name: 'echo' }, 9001);
      const times = [];
      for (let trip = 0; trip < 5; trip++) {
        times.push(
          await timeOf(async () => {
            tunnel.write('ping');
            expect(String((await once(tunnel, 'data'))[0])).toBe('ping');
          }),
        );
      }
      tunnel.destroy();
      expect(Math.min(...times)).toBeLessThan(100);
    }
    expect(proxy.destinations.length).toBe(1);
  });

  test('says what the node says of a port where nothing listens', async ({
    cluster,
    namespace,
  }) => {
    await startPod(cluster, { namespace, name: 'idle' });
    await using api = await open({ kubeconfig: cluster.kubeconfig });
    const message = await api.connectToPod({ namespace, name: 'idle' }, 7777).then(
      async (tunnel) => String((await once(tunnel, 'error'))[0]),
      (error: Error) => error.message,
    );
    expect(message).toMatch(/error forwarding port 7777 .* connect: connection refused/);
    expect(await messageOf(api.connectToPod({ namespace, name: 'nobody' }, 1))).toBe(
      'Error from server (NotFound): pods "nobody" not found',
    );
  });

  test('fails at once when its pod or its API server dies', async ({ lab: cluster, namespace }) => {
    await startPod(cluster, { namespace, name: 'mortal', command: server });
    await using api = await open({ kubeconfig: cluster.kubeconfig });
    const pod = { namespace, name: 'mortal' };
    const tunnel = await api.connectToPod(pod, 9001);
    tunnel.resume();
    const ended = once(tunnel, 'error');
    {
      await using _outage = await cluster.apiServer.takeDown();
      const beganMs = performance.now();
      const [error] = (await ended) as [Error];
      expect(error).toMatchObject({ name: 'TunnelError', kind: 'cut' });
      expect(performance.now() - beganMs).toBeLessThan(2_000);
      expect(await messageOf(api.connectToPod(pod, 9001))).toBe(
        `The connection to the server ${new URL(cluster.server).host} was refused - did you specify the right host or port?`,
      );
    }
    const second = await api.connectToPod(pod, 9001);
    second.resume();
    const over = once(second, 'close');
    await cluster.kubectl(['-n', namespace, 'delete', 'pod', 'mortal', '--force', '--wait=false']);
    await Promise.race([over, delay(15_000).then(() => expect.unreachable('The tunnel lives on'))]);
  });
});

describe('the words', () => {
  test('are those of kubectl', async ({ lab: cluster, namespace }) => {
    const kubeconfig = await cluster.addUser({ name: 'jane' });
    const admin = cluster.kubeconfig;
    const expired = await cluster.kubeconfigWithToken(
      await cluster.signToken({ namespace, serviceAccount: 'default', lifetimeMs: -60_000 }),
    );
    const inNamespace = ['-n', namespace];
    const cases: Array<[string, string[], (api: KubeApi) => Promise<unknown>]> = [
      [
        admin,
        [...inNamespace, 'get', 'pod', 'nobody'],
        (api) => api.get(kinds.pod, 'nobody', namespace),
      ],
      [
        admin,
        [...inNamespace, 'get', 'deploy', 'x'],
        (api) => api.get(kinds.deployment, 'x', namespace),
      ],
      [kubeconfig, [...inNamespace, 'get', 'pods'], (api) => api.list(kinds.pod, { namespace })],
      [kubeconfig, ['get', 'pods', '-A'], (api) => api.list(kinds.pod, {})],
      [
        kubeconfig,
        [...inNamespace, 'get', 'pod', 'x'],
        (api) => api.get(kinds.pod, 'x', namespace),
      ],
      [kubeconfig, ['get', 'nodes'], (api) => api.list(kinds.node, {})],
      [
        kubeconfig,
        [...inNamespace, 'get', 'ds', 'pwru-agent'],
        (api) => findAgents(api, { agentNamespace: namespace }),
      ],
      [expired, [...inNamespace, 'get', 'pods'], (api) => api.list(kinds.pod, { namespace })],
    ];
    for (const [path, args, ask] of cases) {
      await using api = await open({ kubeconfig: path });
      const message = await messageOf(ask(api));
      expect(message).not.toBe('nothing');
      expect(message).toBe(await saidByKubectl(cluster, path, args));
    }
  });

  test('of an object that is invalid', async ({ cluster, namespace }) => {
    await using api = await open({ kubeconfig: cluster.kubeconfig });
    for (const containers of [[], [{ name: 'x_y' }]]) {
      const pod = {
        ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bad', namespace } },
        spec: { containers },
      };
      const path = `/api/v1/namespaces/${namespace}/pods`;
      const message = await messageOf(api.request({ method: 'POST', path, body: pod }));
      const said = await cluster
        .kubectl(['create', '--validate=false', '-f', '-'], { input: JSON.stringify(pod) })
        .catch((error: { stderr: string }) => error.stderr);
      expect(message).toBe(said.trim());
    }
  });

  test('with --as and --as-group, too', async ({ lab: cluster, namespace }) => {
    const { kubeconfig } = cluster;
    await using alice = await open({ kubeconfig, as: 'alice' });
    const asAlice = ['--as=alice', '-n', namespace, 'get', 'pods'];
    expect(await messageOf(alice.list(kinds.pod, { namespace }))).toBe(
      await saidByKubectl(cluster, kubeconfig, asAlice),
    );
    expect(await messageOf(alice.connectToPod({ namespace, name: 'x' }, 1))).toBe(
      `Error from server (Forbidden): pods "x" is forbidden: User "alice" cannot get resource "pods/portforward" in API group "" in the namespace "${namespace}"`,
    );
    await using master = await open({ kubeconfig, as: 'alice', asGroups: ['x', 'system:masters'] });
    await master.list(kinds.pod, { namespace });
    // Who may do nothing may not be somebody else, either.
    const jane = await cluster.addUser({ name: 'jane' });
    await using asAdmin = await open({ kubeconfig: jane, as: 'admin', namespace });
    expect(await messageOf(asAdmin.list(kinds.pod, { namespace }))).toBe(
      await saidByKubectl(cluster, jane, ['--as=admin', '-n', namespace, 'get', 'pods']),
    );
  });

  test('of a server that cannot be trusted or reached', async ({ lab: cluster }) => {
    const { kubeconfig, server: url } = cluster;
    const flags: Array<[ConnectionFlags, string[]]> = [
      [{ server: 'https://127.0.0.1:1' }, ['--server=https://127.0.0.1:1']],
      [{ tlsServerName: 'other' }, ['--tls-server-name=other']],
      [{ context: 'nope' }, ['--context=nope']],
      [{ cluster: 'nope' }, ['--cluster=nope']],
      [{ user: 'nope' }, ['--user=nope']],
      [{ server: url.replace('https:', 'http:') }, [`--server=${url.replace('https:', 'http:')}`]],
    ];
    for (const [flag, args] of flags) {
      const message = await messageOf(listNodes({ kubeconfig, ...flag }));
      const said = await saidByKubectl(cluster, kubeconfig, [...args, 'get', 'nodes'], '1.32');
      expect(lastLine(message)).toBe(said);
    }
  });
});

describe('a watch', () => {
  test('survives the API server, and tells of it', async ({ lab: cluster, namespace }) => {
    await using api = await open({ kubeconfig: cluster.kubeconfig });
    const listener = new Listener();
    const watched = await api.watch(kinds.pod, { namespace }, listener);
    const hasPod = (name: string) =>
      [...watched.objects.values()].some(({ metadata }) => metadata?.name === name);
    await startPod(cluster, { namespace, name: 'first' });
    await expect.poll(() => hasPod('first')).toBe(true);
    {
      await using _outage = await cluster.apiServer.takeDown();
      const beganMs = performance.now();
      await expect.poll(() => listener.troubles.length, { timeout: 60_000 }).toBeGreaterThan(0);
      expect(performance.now() - beganMs).toBeLessThan(10_000);
      const last = () => listener.troubles.at(-1)?.message;
      await expect
        .poll(last, { timeout: 60_000 })
        .toMatch(/^The connection to the server .* was refused/);
      expect(hasPod('first')).toBe(true);
    }
    await expect.poll(() => listener.troubles.length, { timeout: 60_000 }).toBeGreaterThan(1);
    await expect.poll(() => listener.troubles.at(-1), { timeout: 60_000 }).toBeUndefined();
    await startPod(cluster, { namespace, name: 'second' });
    await expect.poll(() => hasPod('second'), { timeout: 60_000 }).toBe(true);
    await cluster.kubectl(['-n', namespace, 'delete', 'pod', 'first', '--force']);
    await expect.poll(() => hasPod('first'), { timeout: 60_000 }).toBe(false);
  });

  test('tells within 10 s that its token has expired, and uses a new one', async ({
    lab: cluster,
    namespace,
  }) => {
    const account = { namespace, serviceAccount: 'default' };
    await cluster.kubectl([
      ...['-n', namespace, 'create', 'rolebinding', 'viewers', '--clusterrole=view'],
      `--serviceaccount=${namespace}:default`,
    ]);
    // The API server takes a token for a minute longer, in case of clocks that differ.
    const expiresAtMs = Date.now() + 8_000;
    const lifetimeMs = expiresAtMs - 60_000 - Date.now();
    const token = await cluster.signToken({ ...account, lifetimeMs });
    const kubeconfig = await cluster.kubeconfigWithToken(token);
    await using api = await open({ kubeconfig });
    const listener = new Listener();
    await api.watch(kinds.pod, { namespace }, listener);
    await delay(expiresAtMs + 1_500 - Date.now());
    // What is open stays open: an API server looks at a token when a request begins.
    expect(listener.troubles).toEqual([]);
    // And remembers for 10 s whom it has let in.
    await expect
      .poll(() => messageOf(api.list(kinds.pod, { namespace })), { timeout: 60_000 })
      .toBe('error: You must be logged in to the server (Unauthorized)');
    await cluster.apiServer.restart();
    const isRefused = () => listener.troubles.some((trouble) => trouble?.reason === 'Unauthorized');
    await expect.poll(isRefused, { timeout: 60_000 }).toBe(true);
    const fresh = await cluster.kubeconfigWithToken(
      await cluster.signToken({ ...account, lifetimeMs: 600_000 }),
    );
    await writeFile(kubeconfig, await readFile(fresh, 'utf8'));
    await expect.poll(() => listener.troubles.at(-1), { timeout: 60_000 }).toBeUndefined();
    await api.list(kinds.pod, { namespace });
  });

  test('knows what this API server has', async ({ lab: cluster }) => {
    await using api = await open({ kubeconfig: cluster.kubeconfig });
    const all = [kinds.pod, kinds.cronJob, kinds.cronJobBeta, kinds.endpointSlice];
    expect(await Promise.all(all.map((kind) => api.serves(kind)))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(await api.serves(kinds.endpointSliceBeta)).toBe(true);
  });

  test('lists more than a page', async ({ cluster, namespace }) => {
    const items = Array.from({ length: 1_100 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: `many-${index}`, namespace },
    }));
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    await cluster.kubectl(['create', '-f', '-'], { input });
    await using api = await open({ kubeconfig: cluster.kubeconfig });
    const names = (await api.list(kinds.endpoints, { namespace })).map(
      ({ metadata }) => metadata?.name,
    );
    expect(new Set(names).size).toBe(1_100);
  });
});

async function timeOf(work: () => Promise<void>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return performance.now() - beganMs;
}

async function listNodes(flags: ConnectionFlags): Promise<void> {
  await using api = await open(flags);
  await api.list(kinds.node, {});
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

async function sendAll(stream: Writable, totalBytes: number): Promise<void> {
  const chunk = Buffer.alloc(MIB);
  for (let sent = 0; sent < totalBytes; sent += chunk.length) {
    if (!stream.write(chunk)) await once(stream, 'drain');
  }
}

async function receiveByKubectl(cluster: Cluster, namespace: string): Promise<void> {
  const child = spawn(cluster.kubectlPath(), ['-n', namespace, 'port-forward', 'server', ':9000'], {
    env: { ...process.env, ...cluster.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    let readBytes = 0;
    for await (const chunk of connect(Number(/:(\d+) ->/.exec(line)?.[1]), '127.0.0.1'))
      readBytes += (chunk as Buffer).length;
    expect(readBytes).toBe(TRANSFER_BYTES);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}
