import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { test } from './cluster-test.ts';
import type { Cluster } from './lab/cluster.ts';
import { waitUntil } from './lab/wait-until.ts';
import { podTemplate, startPod } from './pods.ts';

const run = promisify(execFile);

/** Answers each connection with the pod's name, and writes a line for the log. */
const server = ['sh', '-c', 'echo listening; nc -ll -p 8080 -e hostname'];

describe('a cluster', () => {
  test.for(['1.20', '1.32'] as const)('talks with kubectl %s', async (version, { cluster }) => {
    const { serverVersion } = JSON.parse(
      await cluster.kubectl(['version', '-o', 'json'], { version }),
    );
    expect(serverVersion.gitVersion).toBe('v1.20.2');
    const nodes = await cluster.kubectl(['get', 'nodes', '--no-headers'], { version });
    expect(nodes).toMatch(/^node-1 +Ready .*\nnode-2 +Ready .*\n$/);
  });

  test('runs a DaemonSet, whose pods reach each other over the nodes, and the API', async ({
    lab: cluster,
    namespace,
  }) => {
    const labels = { app: 'server' };
    await cluster.apply({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { namespace, name: 'server' },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: podTemplate({ command: server }) },
      },
    });
    await cluster.kubectl(['-n', namespace, 'rollout', 'status', 'ds/server', '--timeout=60s']);
    const path = '{range .items[*]}{.metadata.name} {.spec.nodeName} {.status.podIP}{"\\n"}{end}';
    const list = await cluster.kubectl([
      ...['-n', namespace, 'get', 'pods', '-l', 'app=server', '--sort-by=.spec.nodeName'],
      ...['-o', `jsonpath=${path}`],
    ]);
    const pods = list
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    expect(pods.map(([, node]) => node)).toEqual(['node-1', 'node-2']);
    const [first, second] = pods;
    const exec = ['-n', namespace, 'exec', `${first?.[0]}`, '--'];
    const answer = await cluster.kubectl([...exec, 'nc', `${second?.[2]}`, '8080']);
    expect(answer).toBe(`${second?.[0]}\n`);
    const askApi = 'printf "GET / HTTP/1.0\\r\\n\\r\\n" | nc -w 2 10.96.0.1 443';
    expect(await cluster.kubectl([...exec, 'sh', '-c', askApi])).toContain('HTTPS server');
  });

  test('gives logs, exit codes and a forwarded port of a pod', async ({
    lab: cluster,
    namespace,
  }) => {
    await startPod(cluster, { namespace, name: 'logs', command: server });
    expect(await cluster.kubectl(['-n', namespace, 'logs', 'logs'])).toBe('listening\n');
    await expect(
      cluster.kubectl(['-n', namespace, 'exec', 'logs', '--', 'sh', '-c', 'echo oh >&2; exit 7']),
    ).rejects.toMatchObject({ code: 7, stderr: expect.stringContaining('oh\n') });
    await using forward = await forwardPort(cluster, ['-n', namespace, 'logs', ':8080']);
    expect(await text(connect(forward.port, '127.0.0.1'))).toBe('logs\n');
  });

  test('runs host programs in a pod, which loads BPF with no more than its capabilities', async ({
    lab: cluster,
    namespace,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'pwru-bpf-'));
    try {
      await writeFile(join(folder, 'empty.bpf.c'), emptyProgram);
      await run('clang', ['-O2', '-g', '-target', 'bpf', '-c', 'empty.bpf.c'], { cwd: folder });
      const start = (name: string, add: readonly string[]) =>
        startPod(cluster, {
          namespace,
          name,
          hostPaths: ['/usr', '/sys/fs/bpf', folder],
          security: { capabilities: { drop: ['ALL'], add } },
        });
      await start('bpf', ['BPF', 'PERFMON', 'NET_ADMIN']);
      await start('no-bpf', ['NET_ADMIN']);
      const load = (pod: string) =>
        cluster.kubectl([
          ...['-n', namespace, 'exec', pod, '--', 'bpftool', 'prog', 'load'],
          ...[join(folder, 'empty.bpf.o'), `/sys/fs/bpf/${pod}`],
        ]);
      await load('bpf');
      const pinned = ['bpftool', '-j', 'prog', 'show', 'pinned', '/sys/fs/bpf/bpf'];
      const program = JSON.parse(
        await cluster.kubectl(['-n', namespace, 'exec', 'bpf', '--', ...pinned]),
      );
      expect(program).toMatchObject({ type: 'raw_tracepoint', name: 'empty' });
      await expect(load('no-bpf')).rejects.toThrow(/Operation not permitted/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('passes a mount of a pod on to the node, and one of the node on to a pod', async ({
    lab: cluster,
    namespace,
  }) => {
    const [node] = cluster.nodes;
    if (node === undefined) throw new Error('The cluster has no node');
    const shared = join(node.folder, 'shared');
    await node.run('mkdir', ['-p', join(shared, 'from-pod'), join(shared, 'from-node')]);
    const template = podTemplate({
      node: node.name,
      hostPaths: [shared],
      security: { privileged: true },
    }) as { containers: [{ volumeMounts: [object] }] };
    Object.assign(template.containers[0].volumeMounts[0], { mountPropagation: 'Bidirectional' });
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name: 'mounts' },
      spec: template,
    });
    await cluster.kubectl(['-n', namespace, 'wait', '--for=condition=Ready', 'pod/mounts']);
    const exec = ['-n', namespace, 'exec', 'mounts', '--'];
    const mount = ['mount', '-t', 'tmpfs', 'tmpfs'];
    await cluster.kubectl([...exec, ...mount, join(shared, 'from-pod')]);
    await node.run('mountpoint', [join(shared, 'from-pod')]);
    await node.run('mount', ['-t', 'tmpfs', 'tmpfs', join(shared, 'from-node')]);
    await cluster.kubectl([...exec, 'grep', join(shared, 'from-node'), '/proc/mounts']);
    await node.run('umount', [join(shared, 'from-pod'), join(shared, 'from-node')]);
  });

  test('lets a rule be laid down in a pod from outside', async ({ lab: cluster, namespace }) => {
    const address = await startPod(cluster, { namespace, name: 'dropping', command: server });
    await startPod(cluster, { namespace, name: 'client' });
    const ask = ['-n', namespace, 'exec', 'client', '--', 'nc', '-w', '1', address, '8080'];
    expect(await cluster.kubectl(ask)).toBe('dropping\n');
    const enter = `--net=${await cluster.podNetwork({ namespace, pod: 'dropping' })}`;
    const rule = ['-p', 'tcp', '--dport', '8080', '-j', 'DROP'];
    await run('nsenter', [enter, 'iptables', '-A', 'INPUT', ...rule]);
    await expect(cluster.kubectl(ask)).rejects.toThrow(/timed out/);
    await run('nsenter', [enter, 'iptables', '-D', 'INPUT', ...rule]);
    expect(await cluster.kubectl(ask)).toBe('dropping\n');
  });
});

describe('a user of a cluster', () => {
  test('with a client certificate may do what RBAC grants the group', async ({
    lab: cluster,
    namespace,
  }) => {
    const kubeconfig = await cluster.addUser({ name: 'jane', groups: [`readers-${namespace}`] });
    const get = ['-n', namespace, 'get', 'pods'];
    await expect(cluster.kubectl(get, { kubeconfig })).rejects.toThrow(/"jane" cannot list/);
    await cluster.kubectl([
      ...['-n', namespace, 'create', 'rolebinding', 'readers', '--clusterrole=view'],
      `--group=readers-${namespace}`,
    ]);
    await cluster.kubectl(get, { kubeconfig });
  });

  test('with a signed token is a service account until it expires', async ({
    lab: cluster,
    namespace,
  }) => {
    const account = { namespace, serviceAccount: 'default' };
    const ask = async (lifetimeMs: number, audiences?: readonly string[]) => {
      const token = await cluster.signToken({
        ...account,
        lifetimeMs,
        ...(audiences === undefined ? {} : { audiences }),
      });
      const kubeconfig = await cluster.kubeconfigWithToken(token);
      return cluster.kubectl(['-n', namespace, 'get', 'pods'], { kubeconfig });
    };
    const known = `"system:serviceaccount:${namespace}:default" cannot list`;
    await expect(ask(60_000)).rejects.toThrow(known);
    await expect(ask(-60_000)).rejects.toThrow(/logged in|Unauthorized/);
    await expect(ask(60_000, ['somebody-else'])).rejects.toThrow(/logged in|Unauthorized/);
  });
});

describe('parts of a cluster', () => {
  test('the API server can be killed and comes back with what it knew', async ({
    lab: cluster,
    namespace,
  }) => {
    await cluster.kubectl(['-n', namespace, 'create', 'configmap', 'memory']);
    {
      await using _outage = await cluster.apiServer.takeDown();
      await expect(cluster.kubectl(['get', 'nodes'])).rejects.toThrow(/refused/);
    }
    await cluster.kubectl(['-n', namespace, 'get', 'configmap', 'memory']);
    await startPod(cluster, { namespace, name: 'after-outage' });
  });

  test('a kubelet can be killed, and its pods run on', async ({ lab: cluster, namespace }) => {
    const [node] = cluster.nodes;
    if (node === undefined) throw new Error('The cluster has no node');
    const pod = { namespace, name: 'without-kubelet', node: node.name, command: server };
    const address = await startPod(cluster, pod);
    await startPod(cluster, { namespace, name: 'asking', node: 'node-2' });
    const exec = (name: string, ...command: string[]) =>
      cluster.kubectl(['-n', namespace, 'exec', name, '--', ...command]);
    {
      await using _outage = await node.kubelet.takeDown();
      await expect(exec('without-kubelet', 'true')).rejects.toThrow(/refused/);
      expect(await exec('asking', 'nc', address, '8080')).toBe('without-kubelet\n');
    }
    // It listens a moment before it knows its pods.
    await waitUntil(() => exec('without-kubelet', 'pwd').catch(() => undefined), {
      goal: 'executing in a pod again',
      timeoutMs: 20_000,
    });
  });

  test('a node can lose its power and boots again, with its pods restarted', async ({
    lab: cluster,
    namespace,
  }) => {
    const node = cluster.nodes[1];
    if (node === undefined) throw new Error('The cluster has no second node');
    await startPod(cluster, { namespace, name: 'restarted', node: node.name, command: server });
    const restarts = '{.status.containerStatuses[0].restartCount}';
    const get = ['-n', namespace, 'get', 'pod', 'restarted', '-o', `jsonpath=${restarts}`];
    expect(await cluster.kubectl(get)).toBe('0');
    await node.power.restart();
    await waitUntil(async () => (await cluster.kubectl(get)) === '1', {
      goal: 'restarting a pod after the boot of its node',
      intervalMs: 500,
    });
    const ready = ['-n', namespace, 'wait', '--for=condition=Ready', 'pod/restarted'];
    await cluster.kubectl(ready);
  });
});

const emptyProgram = `
__attribute__((section("raw_tp/kfree_skb"), used)) int empty(void *context) { return 0; }
char LICENSE[] __attribute__((section("license"), used)) = "GPL";
`;

/** kubectl port-forward. @param args as for it, with port `:N` so that it chooses one here */
async function forwardPort(
  cluster: Cluster,
  args: readonly string[],
): Promise<AsyncDisposable & { port: number }> {
  const child = spawn(cluster.kubectlPath(), ['port-forward', ...args], {
    env: { ...process.env, ...cluster.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    port: Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1]),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}
