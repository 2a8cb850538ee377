import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { getBaseImage } from './lab/base-image.ts';
import { buildImage } from './lab/build-image.ts';
import type { Cluster } from './lab/cluster.ts';
import { LabCluster } from './lab/lab-cluster.ts';
import { namedClusterSettings } from './lab/named-cluster.ts';
import { getSoftware } from './lab/software.ts';

const root = join(import.meta.dirname, '../..');

export const manifests = join(root, 'deploy');
export const agentNamespace = 'pwru';
/** As deploy/daemon-set.yaml has it. */
export const agentImage = 'localhost/pwru-agent:0.1.0';
export const agentPorts = { grpc: 7979, http: 9090 } as const;

/** The agent's image, built from the project's Dockerfile. @returns path of its OCI archive */
export async function getAgentImage(): Promise<string> {
  const { cache } = await getSoftware();
  return buildImage({
    dockerfile: join(root, 'Dockerfile'),
    context: root,
    tag: agentImage,
    buildArgs: { NODE_IMAGE: await getBaseImage() },
    cache,
  });
}

/** The agents of a cluster, from deploy/ as it is, on every node. Disposing them removes every object. */
export class DeployedAgents implements AsyncDisposable {
  /** How long it took until all were ready, once the nodes had the image. */
  readonly readyMs: number;
  readonly #cluster: Cluster;

  private constructor(cluster: Cluster, readyMs: number) {
    this.#cluster = cluster;
    this.readyMs = readyMs;
  }

  /** @throws Error when a cluster that is no lab has agents already: they are somebody's */
  static async deploy(cluster: Cluster, readyWithinS = 60): Promise<DeployedAgents> {
    const settings = cluster instanceof LabCluster ? undefined : namedClusterSettings();
    if (cluster instanceof LabCluster) await cluster.importImage(await getAgentImage());
    else await mustBeFree(cluster);
    const startMs = performance.now();
    const objects = await cluster.kubectl(['kustomize', manifests]);
    await cluster.apply(objects.replaceAll(agentImage, settings?.agentImage ?? agentImage));
    const rollout = ['rollout', 'status', 'daemonset/pwru-agent', `--timeout=${readyWithinS}s`];
    await cluster.kubectl(['-n', agentNamespace, ...rollout], {
      timeoutMs: (readyWithinS + 10) * 1_000,
    });
    return new DeployedAgents(cluster, performance.now() - startMs);
  }

  /** Names of the agents' pods, by node. */
  async pods(): Promise<ReadonlyMap<string, string>> {
    const path = '{range .items[*]}{.spec.nodeName} {.metadata.name}{"\\n"}{end}';
    const labels = 'app.kubernetes.io/name=pwru,app.kubernetes.io/component=agent';
    const list = await this.#cluster.kubectl([
      ...['-n', agentNamespace, 'get', 'pods', '-l', labels, '-o', `jsonpath=${path}`],
    ]);
    const lines = list.trim().split('\n');
    return new Map(lines.map((line) => line.split(' ') as [string, string]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cluster.kubectl(['delete', '-k', manifests, '--ignore-not-found'], {
      timeoutMs: 120_000,
    });
  }
}

async function mustBeFree(cluster: Cluster): Promise<void> {
  const found = ['get', 'namespace', agentNamespace, '--ignore-not-found', '-o', 'name'];
  if ((await cluster.kubectl(found)) !== '')
    throw new Error(
      `The cluster of PWRU_TEST_KUBECONFIG has a namespace ${agentNamespace} already: tests would remove it, so do that first`,
    );
}

/** Runs a script in an agent's container, which has no other program than Node. @returns what it wrote to stdout */
export function runInAgent(cluster: Cluster, pod: string, script: string): Promise<string> {
  const node = ['/usr/local/bin/node', '-e', script];
  return cluster.kubectl(['-n', agentNamespace, 'exec', pod, '--', ...node]);
}

/** What an agent's process is, and where it may write. */
export async function processOf(cluster: Cluster, pod: string): Promise<object> {
  return JSON.parse(await runInAgent(cluster, pod, describeProcess)) as object;
}

/** What is expected of it: a user other than root with five capabilities and a read-only root. */
export const shippedProcess = {
  uid: 65532,
  gid: 0,
  // CAP_DAC_READ_SEARCH 2, CAP_SYS_PTRACE 19, CAP_SYSLOG 34, CAP_PERFMON 38, CAP_BPF 39: linux/capability.h
  bounding: '000000c400080004',
  noNewPrivileges: '1',
  seccomp: '2',
  writable: [],
} as const;

const describeProcess = `
  const fs = require('fs');
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  const field = (name) => new RegExp('^' + name + ':\\\\s+(\\\\S+)$', 'm').exec(status)[1];
  const writable = ['/', '/tmp', '/host/run', '/host/proc', '/sys/kernel/tracing', '/host/sys/class'].filter((folder) => {
    try { fs.writeFileSync(folder + '/pwru-test', ''); return true; } catch { return false; }
  });
  console.log(JSON.stringify({
    uid: process.getuid(), gid: process.getgid(), bounding: field('CapBnd'),
    noNewPrivileges: field('NoNewPrivs'), seccomp: field('Seccomp'), writable,
  }));`;

/** What an agent answers over HTTP. */
export async function askPod(
  cluster: Cluster,
  pod: string,
  path: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const url = `http://127.0.0.1:${agentPorts.http}${path}`;
  const script = `fetch('${url}').then(async (response) => console.log(JSON.stringify({
    status: response.status, text: await response.text() })))`;
  return JSON.parse(await runInAgent(cluster, pod, script));
}

/** A running `kubectl port-forward` to a pod's gRPC port. */
export interface PortForward extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly address: string;
}

/** @throws Error with what kubectl said when it ends before it forwards */
export async function forwardPort(
  cluster: Cluster,
  pod: string,
  kubeconfig = cluster.kubeconfig,
): Promise<PortForward> {
  const child = spawn(
    cluster.kubectlPath(),
    ['-n', agentNamespace, 'port-forward', `pod/${pod}`, ':grpc', '--address=127.0.0.1'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...cluster.env, HOME: cluster.folder, KUBECONFIG: kubeconfig },
    },
  );
  const ended = once(child, 'close');
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^Forwarding from 127\.0\.0\.1:(\d+) -> /.exec(line)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    return {
      address: `127.0.0.1:${port}`,
      [Symbol.asyncDispose]: async () => {
        child.kill();
        await ended;
      },
    };
  }
  await ended;
  throw new Error(said.trim());
}
