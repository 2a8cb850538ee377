import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { makeProgramFolder, type ProgramFolder } from '../../plugin/testing/program-folder.ts';
import { agentImage, agentNamespace, forwardPort, getAgentImage, manifests } from './agents.ts';
import { test as base } from './cluster-test.ts';
import type { Cluster } from './lab/cluster.ts';
import { LabCluster } from './lab/lab-cluster.ts';
import { waitUntil } from './lab/wait-until.ts';

/*
 * The sub-commands of kubectl-pwru against a real cluster, as administrator and as users with less. The tests build on each
 * other: nothing is there, the agents come, and they go.
 */

interface Result {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Run = (args: readonly string[], kubeconfig?: string) => Promise<Result>;

let programs: ProgramFolder;
beforeAll(async () => {
  programs = await makeProgramFolder();
});
afterAll(() => programs[Symbol.asyncDispose]());

function environmentOf(cluster: Cluster, kubeconfig = cluster.kubeconfig): NodeJS.ProcessEnv {
  return { ...process.env, ...cluster.env, HOME: cluster.folder, KUBECONFIG: kubeconfig };
}

function runProgram(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Result> {
  const options = { env, maxBuffer: 32 * 1024 * 1024, timeout: 300_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, [programs.bundle, ...args], options, (error, stdout, stderr) =>
      resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

/** `run` is the program as it is shipped, by the administrator of the lab's cluster unless another kubeconfig is given. */
const test = base.extend<{ removed: undefined; run: Run }>({
  removed: [
    async ({ cluster }, use) => {
      await use(undefined);
      // What a test that failed has left; in a cluster that is no lab none has run.
      if (cluster instanceof LabCluster)
        await cluster.kubectl(['delete', '-k', manifests, '--ignore-not-found']);
    },
    { scope: 'file', auto: true },
  ],
  run: async ({ lab }, use) => {
    await use((args, kubeconfig) => runProgram(args, environmentOf(lab, kubeconfig)));
  },
});

/** Lines of a table as lists of cells. */
function rowsOf(table: string): string[][] {
  return table
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {3,}/));
}

/** The nodes have the image: nobody can pull it. */
const deploy = ['deploy', '--image', agentImage];

const noAgents =
  'error: There are no agents: there is no DaemonSet pwru-agent in namespace pwru; "kubectl pwru deploy" installs them\n';

describe('before agents are there', () => {
  test('every command says so, with the remedy', async ({ run }) => {
    const status = await run(['status', '--no-headers']);
    expect(status).toMatchObject({ exitCode: 5, stderr: noAgents });
    const nodes = rowsOf(status.stdout).map(([node, agent]) => [node, agent]);
    expect(nodes).toEqual([
      ['node-1', '-'],
      ['node-2', '-'],
    ]);
    for (const command of [['functions'], ['sessions'], ['stop', 'abc']])
      expect(await run(command)).toEqual({ exitCode: 5, stdout: '', stderr: noAgents });
    expect(await run(['version'])).toMatchObject({
      exitCode: 5,
      stdout: expect.stringMatching(/^kubectl-pwru \S+\n$/),
    });
    const doctor = await run(['doctor', '-o', 'json']);
    expect(doctor.exitCode).toBe(1);
    const failures = findingsOf(doctor).filter(({ status }) => status === 'failure');
    expect(failures.map(({ check, remedy }) => [check, remedy])).toEqual([
      ['agent namespace', '"kubectl pwru deploy"'],
      ['DaemonSet', '"kubectl pwru deploy"'],
    ]);
    expect(await run(['undeploy'])).toMatchObject({
      exitCode: 0,
      stderr: 'Nothing to remove was found.\n',
    });
  });

  test('a user without rights cannot install them: verb and resource in one line, exit code 4', async ({
    lab: cluster,
    run,
  }) => {
    const jane = await cluster.addUser({ name: 'jane' });
    const cannotGet =
      'Error from server (Forbidden): clusterrolebindings.rbac.authorization.k8s.io "pwru-agent" is forbidden: User "jane" cannot get resource "clusterrolebindings" in API group "rbac.authorization.k8s.io" at the cluster scope\n';
    for (const command of [deploy, ['undeploy']])
      expect(await run(command, jane)).toEqual({ exitCode: 4, stdout: '', stderr: cannotGet });
    // One who may look, and not change.
    await cluster.kubectl(['create', 'clusterrole', 'look', '--verb=get', ...everyKind]);
    await cluster.kubectl([
      'create',
      'clusterrolebinding',
      'look',
      '--clusterrole=look',
      '--user=jane',
    ]);
    try {
      expect(await run(deploy, jane)).toEqual({
        exitCode: 4,
        stdout: '',
        stderr: expect.stringMatching(
          /^Error from server \(Forbidden\): namespaces "pwru" is forbidden: User "jane" cannot patch resource "namespaces" in API group "" .*\n$/,
        ),
      });
    } finally {
      await cluster.kubectl(['delete', 'clusterrolebinding,clusterrole', 'look']);
    }
  });
});

const everyKind = [
  '--resource=namespaces,serviceaccounts,daemonsets.apps',
  '--resource=clusterroles.rbac.authorization.k8s.io,clusterrolebindings.rbac.authorization.k8s.io',
];

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly nodes: readonly string[];
  readonly detail: string;
  readonly remedy: string;
}

function findingsOf({ stdout }: Result): Finding[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
}

describe('deploy', () => {
  test('of an image that is not there ends at once and says why', async ({ lab: cluster, run }) => {
    const image = ['--image', 'localhost/no-such-image:1'];
    const { exitCode, stdout, stderr } = await run(['deploy', ...image, '--timeout', '90s']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('daemonset.apps/pwru-agent serverside-applied\n');
    expect(stderr).toMatch(/^pwru-agent: 0 of 2 nodes ready\n/);
    expect(stderr).toMatch(
      /\nerror: Cannot deploy: localhost\/no-such-image:1 cannot be pulled on node-.* \(ImagePullBackOff: .*\n$/,
    );
    // The other node may be slower.
    const status = await waitUntil(
      async () => {
        const result = await run(['status', '--no-headers']);
        return result.stdout.match(/(ErrImage|ImagePull)/g)?.length === 2 && result;
      },
      { goal: 'seen to want the image on both nodes', timeoutMs: 30_000, intervalMs: 500 },
    );
    expect(status.exitCode).toBe(5);
    const doctor = findingsOf(await run(['doctor', '-o', 'json']));
    expect(
      doctor.filter(({ check, status: result }) => check === 'agent' && result === 'failure')
        .length,
    ).toBeGreaterThan(0);
    expect(await run(['undeploy', '--wait=false'])).toMatchObject({ exitCode: 0, stderr: '' });
    // A kubelet of this age takes 90 s to let go of a pod that waits for its image.
    const pods = ['-n', agentNamespace, 'delete', 'pods', '--all', '--force', '--grace-period=0'];
    await cluster.kubectl(pods);
    await waitUntil(
      () =>
        cluster.kubectl(['get', 'namespace', agentNamespace]).then(
          () => false,
          () => true,
        ),
      { goal: 'without the namespace of the agents', intervalMs: 500 },
    );
  });

  // Where it was not made yet the image takes minutes.
  test('installs the agents, and does so again', { timeout: 600_000 }, async ({
    lab: cluster,
    run,
  }) => {
    await cluster.importImage(await getAgentImage());
    const first = await run(deploy);
    expect(first).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/2 of 2 nodes ready\n$/),
    });
    expect(first.stdout).toMatch(/^namespace\/pwru serverside-applied\n/);
    const again = await run(deploy);
    expect(again).toEqual({
      exitCode: 0,
      stdout: first.stdout,
      stderr: 'pwru-agent: 2 of 2 nodes ready\n',
    });
  });

  test('takes nothing from another manager', async ({ lab: cluster, run }) => {
    const patch = async (value: string) => {
      const body = { spec: { updateStrategy: { rollingUpdate: { maxUnavailable: value } } } };
      await cluster.kubectl([
        ...['-n', agentNamespace, 'patch', 'daemonset', 'pwru-agent', '-p', JSON.stringify(body)],
      ]);
    };
    await patch('50%');
    expect(await run(deploy)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^error: Cannot apply daemonset\.apps\/pwru-agent: .*conflict with "kubectl-patch".*maxUnavailable/,
      ),
    });
    await patch('10%');
    expect(await run(deploy)).toMatchObject({ exitCode: 0 });
  });

  test('refuses a second installation', async ({ run }) => {
    for (const command of [deploy, ['undeploy']])
      expect(await run([...command, '--agent-namespace', 'elsewhere'])).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('the agents are in namespace pwru'),
      });
  });
});

describe('agents', () => {
  test('are all there, and everything is well', async ({ run }) => {
    const { exitCode, stdout, stderr } = await run(['status']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [header, ...rows] = rowsOf(stdout);
    expect(header).toEqual('NODE AGENT VERSION API KERNEL BACKEND SESSIONS PODS CLOCK'.split(' '));
    expect(rows.map(([node]) => node)).toEqual(['node-1', 'node-2']);
    for (const [, agent, version, , , backend, sessions, pods] of rows) {
      expect(agent).toMatch(/^pwru-agent-/);
      expect(version).toMatch(/^\d+\.\d+\.\d+/);
      expect(backend).toMatch(/^(kprobe|kprobe\.multi|tracepoint)$/);
      expect(sessions).toMatch(/^0\/\d+$/);
      expect(pods).toMatch(/^\d+\/\d+$/);
    }
    const doctor = await run(['doctor', '-o', 'json']);
    expect(doctor.exitCode).toBe(0);
    const findings = findingsOf(doctor);
    expect(findings.filter(({ status }) => status === 'failure')).toEqual([]);
    const checks = ['kubeconfig', 'API server', 'targets', 'way to the agents', 'DaemonSet'];
    const ofNodes = ['agent', 'version', 'backend', 'BTF', 'pods of the node', 'container runtime'];
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining([...checks, ...ofNodes, 'clock']),
    );
    expect(findings.find(({ check }) => check === 'container runtime')).toMatchObject({
      ...{ status: 'ok', nodes: ['node-1', 'node-2'] },
      detail: expect.stringContaining('containerd'),
    });
  });

  test('list the functions that they would probe, once for a kernel', async ({ run }) => {
    const { stdout, stderr, exitCode } = await run(['functions', '--no-headers']);
    expect(exitCode).toBe(0);
    const names = rowsOf(stdout).map(([name = '']) => name);
    expect(names).toContain('kfree_skb');
    expect(names).toEqual([...names].sort());
    expect(stderr).toMatch(
      /^\d[\d,]* (function|tracepoint)s on node-[12], .*; node-[12] has the same kernel \(/,
    );
    expect(await run(['functions', '((']).then(({ exitCode: code }) => code)).toBe(2);
    expect(await run(['functions', '--node', 'node-9'])).toMatchObject({
      exitCode: 1,
      stderr: 'Error from server (NotFound): nodes "node-9" not found\n',
    });
  });

  test('have sessions, which are listed and stopped', async ({ lab: cluster, run }) => {
    expect(await run(['sessions'])).toEqual({
      ...{ exitCode: 0, stdout: '', stderr: 'No sessions found.\n' },
    });
    const [pod] = rowsOf((await run(['status', '--no-headers', '--node', 'node-2'])).stdout).map(
      ([, agent = '']) => agent,
    );
    await using forward = await forwardPort(cluster, pod ?? '');
    const traceArgs = ['--agent', forward.address, '--', 'tcp port 4711'];
    const trace = spawn(process.execPath, [programs.bundle, ...traceArgs], {
      env: environmentOf(cluster),
    });
    const traced = Promise.all([once(trace, 'exit'), text(trace.stderr)]);
    trace.stdout.resume();
    const rows = await waitUntil(
      async () => {
        const { stdout } = await run(['sessions', '--no-headers']);
        return stdout.includes('tracing') && rowsOf(stdout);
      },
      { goal: 'tracing', timeoutMs: 20_000, intervalMs: 500 },
    );
    expect(rows).toHaveLength(1);
    const [node, id = '', , state] = rows[0] ?? [];
    expect([node, state]).toEqual(['node-2', 'tracing']);
    // Of a session that another connection has asked for.
    expect(rows[0]?.at(-1)).toBe('(hidden)');
    const status = rowsOf((await run(['status', '--no-headers', '--node', 'node-2'])).stdout);
    expect(status[0]?.[6]).toMatch(/^1\//);
    expect(await run(['stop', id, 'none-such'])).toEqual({
      exitCode: 1,
      stdout: `session ${id} on node-2 stopped\n`,
      stderr: 'error: Cannot stop session "none-such": no agent has it\n',
    });
    const [[exitCode], stderr] = await traced;
    expect(stderr).toMatch(/Traced for .*stop/);
    expect(exitCode).toBe(3);
    expect(await run(['sessions'])).toMatchObject({ stderr: 'No sessions found.\n' });
  });

  test('answer whoever has the shipped roles, and nobody else', async ({
    lab: cluster,
    run,
    namespace,
  }) => {
    const user = `tracer-${namespace}`;
    const kubeconfig = await cluster.addUser({ name: user });
    const cannotGet = `Error from server (Forbidden): daemonsets.apps "pwru-agent" is forbidden: User "${user}" cannot get resource "daemonsets" in API group "apps" in the namespace "pwru"\n`;
    for (const command of [['functions'], ['sessions'], ['stop', 'abc'], ['status']]) {
      const result = await run(command, kubeconfig);
      expect(result.exitCode).toBe(4);
      expect(result.stderr).toContain(cannotGet);
    }
    const before = await run(['doctor', '-o', 'json'], kubeconfig);
    expect(before.exitCode).toBe(1);
    const failures = findingsOf(before).filter(({ status }) => status === 'failure');
    expect(failures.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['targets', 'way to the agents']),
    );
    expect(failures.map(({ detail }) => detail).join('\n')).toContain(
      'get/create pods/portforward in namespace pwru',
    );

    const bind = ['create', 'rolebinding', user, '-n', agentNamespace, `--user=${user}`];
    await cluster.kubectl([...bind, '--role=pwru-agents']);
    await cluster.kubectl([
      ...['create', 'clusterrolebinding', user, '--clusterrole=pwru-trace', `--user=${user}`],
    ]);
    try {
      expect(await run(['status'], kubeconfig)).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await run(['functions', 'kfree_skb'], kubeconfig)).toMatchObject({ exitCode: 0 });
      const after = await run(['doctor', '-o', 'json'], kubeconfig);
      expect(findingsOf(after).filter(({ status }) => status === 'failure')).toEqual([]);
      expect(after.exitCode).toBe(0);
      // Without the way through to them: one line for both nodes.
      await cluster.kubectl(['-n', agentNamespace, 'delete', 'rolebinding', user]);
      await cluster.kubectl([...bind, '--clusterrole=view']);
      const { exitCode, stderr } = await run(['sessions'], kubeconfig);
      expect(exitCode).toBe(4);
      expect(stderr).toMatch(
        /^error: Cannot reach the agent at node-1: Error from server \(Forbidden\): .* cannot get resource "pods\/portforward" in API group "" in the namespace "pwru" \(the same on node-2\)\n$/,
      );
    } finally {
      await cluster.kubectl(['delete', 'clusterrolebinding', user]);
      await cluster.kubectl(['-n', agentNamespace, 'delete', 'rolebinding', user]);
    }
  });

  test('that cannot be reached are named, and the exit code is 3', async ({
    lab: cluster,
    run,
  }) => {
    const [, node] = cluster.nodes;
    if (node === undefined) throw new Error('The cluster has no second node');
    {
      await using _outage = await node.kubelet.takeDown();
      for (const command of [['functions', 'kfree_skb', '--node', 'node-2'], ['status']]) {
        const { exitCode, stdout, stderr } = await run(command);
        expect([command, exitCode]).toEqual([command, command[0] === 'status' ? 3 : 5]);
        expect(stdout === '').toBe(command[0] !== 'status');
        expect(stderr).toMatch(/^error: Cannot reach the agent at node-2: /m);
      }
    }
    await waitUntil(async () => (await run(['status'])).exitCode === 0, {
      ...{ goal: 'answering again', timeoutMs: 30_000, intervalMs: 1_000 },
    });
  });
});

describe('undeploy', () => {
  test('leaves a namespace that holds something else, and then takes it too', async ({
    lab: cluster,
    run,
  }) => {
    const settings = ['configmap', 'settings', '-n', agentNamespace];
    await cluster.kubectl(['create', ...settings]);
    expect(await run(['undeploy'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^daemonset\.apps\/pwru-agent deleted\n/),
      stderr: expect.stringContaining('namespace/pwru stays: it also holds configmaps/settings\n'),
    });
    expect(await labelled(cluster)).toEqual('');
    expect(await cluster.kubectl(['get', ...settings, '-o', 'name'])).not.toBe('');
    await cluster.kubectl(['delete', ...settings]);
    expect(await run(['undeploy'])).toMatchObject({ stdout: 'namespace/pwru deleted\n' });
    await expect(cluster.kubectl(['get', 'namespace', agentNamespace])).rejects.toThrow(/NotFound/);
  });

  test('leaves what kubectl has applied of the printed manifests', async ({
    lab: cluster,
    run,
  }) => {
    const { stdout: printed } = await run([
      ...['deploy', '--print-only', '--agent-namespace', 'by-hand', '--node-selector', 'no=node'],
    ]);
    await cluster.apply(printed);
    try {
      expect(await run(['undeploy', '--agent-namespace', 'by-hand'])).toMatchObject({
        exitCode: 1,
        stdout: '',
        stderr: expect.stringMatching(
          /^error: Cannot remove daemonset\.apps\/pwru-agent, .* "kubectl pwru deploy" has not applied them/,
        ),
      });
      expect(await labelled(cluster)).toContain('clusterrole.rbac.authorization.k8s.io/pwru-agent');
    } finally {
      await cluster.kubectl(['delete', '-f', '-'], { input: printed, timeoutMs: 90_000 });
    }
    expect(await labelled(cluster)).toEqual('');
  });
});

/** Names of all objects of the project in the cluster. */
function labelled(cluster: Cluster): Promise<string> {
  return cluster.kubectl([
    ...['get', '-A', '-o', 'name', '-l', 'app.kubernetes.io/name=pwru'],
    'daemonsets,pods,serviceaccounts,roles,clusterroles,clusterrolebindings,networkpolicies,namespaces',
  ]);
}
