import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { describe, expect } from 'vitest';
import { openKubeApi } from '../../plugin/src/kubernetes/open-kube-api.ts';
import { hostMachine } from '../support/host-machine.ts';
import { withAgent } from '../support/machine.ts';
import { Trace } from '../support/trace.ts';
import {
  agentNamespace,
  agentPorts,
  askPod,
  DeployedAgents,
  forwardPort,
  manifests,
  runInAgent,
} from './agents.ts';
import { test as base } from './cluster-test.ts';
import type { Cluster } from './lab/cluster.ts';
import { waitUntil } from './lab/wait-until.ts';

/*
 * What the agent may do, and its users, is the minimum: each right is taken away, and something breaks. On this machine's kernel,
 * by tracepoints; test/vm/rights.test.ts does the same for kprobe.multi.
 */

const test = base.extend<{ agents: DeployedAgents }>({
  agents: [
    async ({ cluster }, use) => {
      await using agents = await DeployedAgents.deploy(cluster);
      await use(agents);
    },
    { scope: 'file' },
  ],
});

const capabilities = ['BPF', 'PERFMON', 'SYSLOG', 'SYS_PTRACE', 'DAC_READ_SEARCH'] as const;

/** What an agent does with its capabilities. */
interface Abilities {
  /** Of /readyz: programs load and run. */
  readonly bpf: boolean;
  /** /proc/kallsyms has addresses. */
  readonly addresses: boolean;
  readonly nodeNamespace: boolean;
  /** /sys/kernel/tracing can be read. */
  readonly tracing: boolean;
  /** The container runtime's socket can be opened. */
  readonly runtime: boolean;
}

const all: Abilities = {
  ...{ bpf: true, addresses: true, nodeNamespace: true, tracing: true, runtime: true },
};

/** What breaks without each. */
const needs: Readonly<Record<(typeof capabilities)[number], keyof Abilities>> = {
  BPF: 'bpf',
  PERFMON: 'bpf',
  SYSLOG: 'addresses',
  SYS_PTRACE: 'nodeNamespace',
  DAC_READ_SEARCH: 'tracing',
};

describe('capabilities', () => {
  test('something breaks without each, and nothing with all', { timeout: 600_000 }, async ({
    cluster,
    agents,
  }) => {
    expect((await agents.pods()).size).toBe(cluster.nodes.length);
    // At the same time: most of it is waiting.
    const tried = await Promise.all(
      [undefined, ...capabilities].map(async (without) => {
        const kept = capabilities.filter((name) => name !== without);
        await using agent = await startVariant(cluster, `without-${without ?? 'none'}`, (pod) => {
          pod.containers[0].securityContext.capabilities.add = kept;
        });
        return [without ?? 'none', await abilitiesOf(cluster, agent.name)] as const;
      }),
    );
    const expected = Object.entries(needs).map(([name, broken]) => [
      name,
      { ...all, [broken]: false },
    ]);
    expect(Object.fromEntries(tried)).toEqual({ none: all, ...Object.fromEntries(expected) });
  });
});

describe('without its role', () => {
  test('an agent is not ready, and says what it may not do', async ({ cluster, agents }) => {
    expect((await agents.pods()).size).toBe(cluster.nodes.length);
    await using agent = await startVariant(cluster, 'without-role', (pod) => {
      pod.serviceAccountName = 'default';
    });
    const text = await untilReports(cluster, agent.name, /^not ready pods: .*forbidden/m);
    expect(text).toContain('cannot list resource "pods"');
  });
});

describe('a user', () => {
  test('with both roles traces, and needs no other right', async ({ lab: cluster, agents }) => {
    const user = await cluster.addUser({ name: 'alice', groups: ['tracers'] });
    await using _bound = await bindRoles(cluster, 'tracers', {});
    const pod = [...(await agents.pods()).values()][0] ?? '';
    await using forward = await forwardPort(cluster, pod, user);
    const machine = withAgent(hostMachine, forward.address);
    await using trace = await Trace.start(
      machine,
      // The kubelet probes readiness every 5 s.
      `--timeout 8s -- tcp dst port ${agentPorts.http}`,
    );
    const { exitCode, events } = await trace.end();
    expect(exitCode).toBe(0);
    expect(events.length).toBeGreaterThan(0);
  });

  test('without "create" cannot forward by SPDY, without "get" not by WebSocket', async ({
    lab: cluster,
    agents,
  }) => {
    const user = await cluster.addUser({ name: 'bob', groups: ['half-tracers'] });
    const pod = [...(await agents.pods()).values()][0] ?? '';
    const forbidden = (verb: string) =>
      `pods "${pod}" is forbidden: User "bob" cannot ${verb} resource "pods/portforward" in API group "" in the namespace "${agentNamespace}"`;
    {
      await using _bound = await bindRoles(cluster, 'half-tracers', { without: 'create' });
      await expect(forwardPort(cluster, pod, user)).rejects.toThrow(forbidden('create'));
    }
    await using _bound = await bindRoles(cluster, 'half-tracers', { without: 'get' });
    const api = await openKubeApi({ kubeconfig: user });
    try {
      const tunnel = api.connectToPod({ namespace: agentNamespace, name: pod }, agentPorts.grpc);
      await expect(tunnel).rejects.toThrow(forbidden('get'));
    } finally {
      await api.close();
    }
  });
});

interface PodSpec {
  serviceAccountName: string;
  readonly containers: [
    { readonly securityContext: { readonly capabilities: { add: readonly string[] } } },
  ];
}

/** A pod as the DaemonSet makes it, but for one thing, beside the DaemonSet's own. */
async function startVariant(cluster: Cluster, name: string, change: (pod: PodSpec) => void) {
  const text = await readFile(join(manifests, 'daemon-set.yaml'), 'utf8');
  const { spec } = (load(text) as { spec: { template: { spec: PodSpec } } }).spec.template;
  change(spec);
  const pod = name.toLowerCase().replaceAll('_', '-');
  await cluster.apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: agentNamespace, name: pod },
    spec: { ...spec, nodeName: cluster.nodes[0]?.name, terminationGracePeriodSeconds: 1 },
  });
  return {
    name: pod,
    [Symbol.asyncDispose]: async () => {
      await cluster.kubectl(['-n', agentNamespace, 'delete', 'pod', pod]);
    },
  };
}

/** What /readyz says, once it matches. */
function untilReports(cluster: Cluster, pod: string, pattern: RegExp): Promise<string> {
  return waitUntil(
    async () => {
      const { text } = await askPod(cluster, pod, '/readyz').catch(() => ({ text: '' }));
      return pattern.test(text) && text;
    },
    { goal: `reporting ${pattern} in ${pod}`, timeoutMs: 180_000, intervalMs: 500 },
  );
}

async function abilitiesOf(cluster: Cluster, pod: string): Promise<Abilities> {
  const text = await untilReports(cluster, pod, /^ok agent\n.*ready bpf|^ok agent\nok bpf/);
  const tried = await runInAgent(cluster, pod, tryOut);
  return { bpf: /^ok bpf$/m.test(text), ...(JSON.parse(tried) as Omit<Abilities, 'bpf'>) };
}

/** Runs in a container: makes effective what is permitted, as the agent does, and tries what it is for. */
const tryOut = `
  const fs = require('fs');
  const koffi = require('/opt/pwru/native/' + process.arch + '/koffi.node');
  const libc = koffi.load('libc.so.6');
  const header = Buffer.alloc(8);
  header.writeUInt32LE(0x20080522, 0);
  const data = Buffer.alloc(24);
  libc.func('int capget(void *, void *)')(header, data);
  for (const at of [0, 12]) data.writeUInt32LE(data.readUInt32LE(at + 4), at);
  libc.func('int capset(void *, void *)')(header, data);
  const can = (what) => { try { what(); return true; } catch { return false; } };
  const addresses = !/^0+ /.test(fs.readFileSync('/proc/kallsyms', 'latin1').slice(0, 64));
  const nodeNamespace = can(() => fs.openSync('/host/proc/1/ns/net', 'r'));
  const tracing = can(() => fs.readdirSync('/sys/kernel/tracing'));
  const socket = require('net').connect('/host/run/containerd/containerd.sock');
  const end = (runtime) => {
    console.log(JSON.stringify({ addresses, nodeNamespace, tracing, runtime }));
    process.exit();
  };
  socket.on('connect', () => end(true)).on('error', () => end(false));`;

interface RoleManifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly rules: Array<{ readonly resources: string[]; verbs: string[] }>;
}

/** Gives a group the roles of deploy/ for users, less one verb on pods/portforward. */
async function bindRoles(
  cluster: Cluster,
  group: string,
  { without }: { readonly without?: 'get' | 'create' },
) {
  const role = loadAll(await readFile(join(manifests, 'role.yaml'), 'utf8'))[0] as RoleManifest;
  const rules = role.rules.map((rule) =>
    rule.resources.includes('pods/portforward')
      ? { ...rule, verbs: rule.verbs.filter((verb) => verb !== without) }
      : rule,
  );
  const name = `${group}-${without ?? 'all'}`;
  const metadata = { namespace: agentNamespace, name };
  await cluster.apply({ ...role, metadata, rules });
  const inNamespace = ['-n', agentNamespace];
  await cluster.kubectl([
    ...[...inNamespace, 'create', 'rolebinding', name, `--role=${name}`, `--group=${group}`],
  ]);
  await cluster.kubectl([
    ...['create', 'clusterrolebinding', name, '--clusterrole=pwru-trace', `--group=${group}`],
  ]);
  return {
    [Symbol.asyncDispose]: async () => {
      await cluster.kubectl([...inNamespace, 'delete', 'rolebinding,role', name]);
      await cluster.kubectl(['delete', 'clusterrolebinding', name]);
    },
  };
}
