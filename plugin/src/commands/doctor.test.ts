import { describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { MemoryCluster } from '../../testing/commands/memory-cluster.ts';
import { agentInfo, type QueryAgent, queryAgent } from '../../testing/commands/query-agent.ts';
import { RecordedOutput } from '../../testing/commands/recorded-output.ts';
import { shippedManifests } from '../../testing/commands/shipped-manifests.ts';
import { KubeconfigFolder } from '../../testing/kubernetes/kubeconfig-folder.ts';
import { parseCommand } from '../cli/parse-command.ts';
import { KubeError } from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import { type Finding, printFindings } from './doctor/finding.ts';
import { checkKernel, checkPrivileges } from './doctor/machine-checks.ts';
import { checkCluster, runDoctor } from './doctor.ts';

const { RefusalCause } = pwru.v1;

async function findings(cluster: MemoryCluster): Promise<Finding[]> {
  const command = parseCommand(['doctor', '--context', 'c']);
  if (command.kind !== 'doctor') throw new Error('Not doctor');
  const { options } = command;
  return checkCluster(cluster, shippedManifests(), { options, output: new RecordedOutput() });
}

async function find(cluster: MemoryCluster, check: string): Promise<Finding | undefined> {
  return (await findings(cluster)).find((finding) => finding.check === check);
}

/** With agents on n1 and n2. */
function healthyCluster(...agents: [QueryAgent?, QueryAgent?]) {
  const cluster = new MemoryCluster();
  cluster.create(kinds.namespace, {
    metadata: { name: 'pwru', labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
  });
  cluster.addDaemonSet({
    ...{ desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 },
  });
  cluster.addNode('n1', { agent: agents[0] });
  cluster.addNode('n2', { agent: agents[1] });
  return cluster;
}

describe('doctor', () => {
  test.each(['current-context', '--context'])(
    'a stale %s is a fault of the kubeconfig',
    async (what) => {
      using folder = new KubeconfigFolder();
      const current = what === 'current-context' ? 'gone' : 'here';
      const context = what === '--context' ? ['--context', 'gone'] : [];
      const kubeconfig = folder.write('config', `current-context: ${current}`);
      const command = parseCommand(['doctor', '--kubeconfig', kubeconfig, ...context]);
      if (command.kind !== 'doctor') throw new Error('Not doctor');
      const output = new RecordedOutput();
      expect(await runDoctor(command.options, output)).toBe(1);
      expect(output.stdout.join('\n')).toContain(
        'Error in configuration: context was not found for specified context: gone',
      );
      expect(output.stdout.join('\n')).not.toContain('localhost:8080');
    },
  );

  test('finds nothing to complain of in a cluster that is well', async () => {
    await using one = await queryAgent();
    await using two = await queryAgent();
    const output = new RecordedOutput();
    printFindings(
      await findings(healthyCluster(one, two)),
      { format: 'table', headers: true },
      output,
    );
    expect(output.stdout).toEqual([
      'RESULT   CHECK               DETAIL',
      'ok       API server          v1.20.2',
      'ok       targets             may be looked for in all namespaces',
      'ok       way to the agents   agents in namespace pwru may be found and asked',
      'ok       agent namespace     pwru',
      'ok       DaemonSet           pwru-agent in namespace pwru: 2 of 2 nodes ready',
      'ok       agent               n1 and n2: ready',
      'ok       version             n1 and n2: 0.1.0, API revision 2',
      'ok       backend             n1 and n2: kprobe.multi with 1,607 functions on 6.12.1',
      'ok       BTF                 n1 and n2: the kernel has it',
      'ok       pods of the node    n1 and n2: known and watched',
      'ok       container runtime   n1 and n2: containerd 1.7 at /run/containerd.sock',
      "ok       clock               n1 and n2: agrees with this machine's within a second",
    ]);
  });

  test('says what is wrong on which node, and what helps', async () => {
    await using bad = await queryAgent(
      {
        info: {
          ...{ version: '0.0.1', apiRevision: 1, activeSessions: 8 },
          backends: [
            {
              status: {
                ...{ name: 'kprobe.multi', available: false, reason: 'EPERM' },
                cause: RefusalCause.REFUSAL_CAUSE_CAPABILITY,
              },
            },
          ],
          features: [{ name: 'BTF', available: false, reason: 'no BTF' }],
          cluster: { podsSynced: false, podsReason: 'pods is forbidden', runtimeReason: 'EACCES' },
        },
      },
      -7_200_000_000_000n,
    );
    await using slow = await queryAgent({
      info: {
        ...{ version: '0.0.9' },
        backends: [
          {
            status: {
              ...{ name: 'kprobe.multi', available: false, reason: 'no CONFIG_FPROBE' },
              cause: RefusalCause.REFUSAL_CAUSE_KERNEL,
            },
          },
          { status: { name: 'tracepoint', available: true }, functions: 30 },
        ],
      },
    });
    const all = await findings(healthyCluster(bad, slow));
    expect(all.filter(({ status }) => status !== 'ok')).toEqual([
      {
        ...{ check: 'version', status: 'failure', nodes: ['n1'] },
        detail:
          'the agent is 0.0.1, this program 0.1.0: its API revision is 1, this program needs 2',
        remedy: '"kubectl pwru deploy"',
      },
      {
        ...{ check: 'backend', status: 'failure', nodes: ['n1'] },
        detail: 'no backend works on 6.12.1 (kprobe.multi: EPERM)',
        remedy: expect.stringContaining('capabilities'),
      },
      {
        ...{ check: 'BTF', status: 'failure', nodes: ['n1'], detail: 'no BTF' },
        remedy: 'a kernel with CONFIG_DEBUG_INFO_BTF',
      },
      {
        ...{ check: 'pods of the node', status: 'failure', nodes: ['n1'] },
        detail: 'pods is forbidden',
        remedy: expect.stringContaining('kubectl pwru deploy'),
      },
      {
        ...{ check: 'container runtime', status: 'warning', nodes: ['n1'] },
        detail: 'EACCES: pods are looked for in /proc, which takes longer',
        remedy: expect.stringContaining('--cri-socket'),
      },
      {
        ...{ check: 'sessions', status: 'warning', nodes: ['n1'], detail: 'all 8 are in use' },
        remedy: expect.stringContaining('kubectl pwru stop'),
      },
      {
        ...{ check: 'clock', status: 'warning', nodes: ['n1'] },
        detail: "-7200.0s from this machine's, which is taken into account",
        remedy: expect.stringContaining('NTP'),
      },
      {
        ...{ check: 'version', status: 'warning', nodes: ['n2'] },
        detail: 'the agent is 0.0.9, this program 0.1.0',
        remedy: '"kubectl pwru deploy"',
      },
      {
        ...{ check: 'backend', status: 'warning', nodes: ['n2'] },
        detail:
          'tracepoint with 30 tracepoints on 6.12.1; not used: kprobe.multi: no CONFIG_FPROBE',
        remedy: expect.stringContaining('Linux 5.18'),
      },
    ]);
  });

  test('asks an agent that is not ready why; and names nodes without one', async () => {
    await using agent = await queryAgent({
      info: { ...agentInfo, cluster: { podsSynced: false, podsReason: 'no rights' } },
    });
    const cluster = healthyCluster(undefined, undefined);
    cluster.addNode('n3', { agent, notReady: 'ContainersNotReady' });
    const all = await findings(cluster);
    expect(all.filter(({ check }) => check === 'agent')).toMatchObject([
      {
        ...{ status: 'warning', nodes: ['n1', 'n2'] },
        detail: 'DaemonSet pwru-agent in namespace pwru has no pod there',
      },
      {
        ...{ status: 'failure', nodes: ['n3'] },
        detail: 'pod pwru-agent-n3 is not ready: ContainersNotReady',
        remedy: 'kubectl -n pwru describe pod pwru-agent-n3',
      },
    ]);
    expect(all.find(({ check }) => check === 'pods of the node')).toMatchObject({
      ...{ status: 'failure', nodes: ['n3'], detail: 'no rights' },
    });
  });

  test.each([
    ['ImagePullBackOff', '"kubectl pwru deploy --image IMAGE" with one that the node can pull'],
    ['CrashLoopBackOff', 'kubectl -n pwru describe pod pwru-agent-n3'],
  ])('names what helps an agent that is not ready: %s', async (reason, remedy) => {
    await using agent = await queryAgent();
    const cluster = healthyCluster(undefined, undefined);
    cluster.addNode('n3', { agent, notReady: reason });
    const all = await findings(cluster);
    expect(all.find(({ check, nodes }) => check === 'agent' && nodes[0] === 'n3')).toMatchObject({
      ...{ status: 'failure', remedy },
    });
  });

  test('says what is not installed, once', async () => {
    const cluster = new MemoryCluster();
    cluster.addNode('n1');
    const all = await findings(cluster);
    expect(all.filter(({ status }) => status !== 'ok')).toEqual([
      {
        ...{ check: 'agent namespace', status: 'failure', nodes: [] },
        ...{ detail: 'there is no namespace pwru', remedy: '"kubectl pwru deploy"' },
      },
      {
        ...{ check: 'DaemonSet', status: 'failure', nodes: [] },
        detail: 'there is no pwru-agent in namespace pwru',
        remedy: '"kubectl pwru deploy"',
      },
    ]);
  });

  test('finds a namespace that does not admit the agents', async () => {
    const cluster = new MemoryCluster();
    cluster.create(kinds.namespace, {
      metadata: { name: 'pwru', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
    });
    expect(await find(cluster, 'agent namespace')).toMatchObject({
      status: 'failure',
      detail:
        'pwru does not say that it admits privileged pods (label pod-security.kubernetes.io/enforce=baseline)',
    });
  });

  test('says nothing more where no API server answers', async () => {
    const cluster = new MemoryCluster();
    const message = 'The connection to the server x was refused';
    cluster.refusal = () => new KubeError(message, { reason: '', status: 0 });
    expect(await findings(cluster)).toEqual([
      {
        ...{ check: 'API server', status: 'failure', nodes: [] },
        ...{ detail: message, remedy: 'kubectl version' },
      },
    ]);
  });
});

describe('permissions', () => {
  test('are asked for exactly as the shipped roles have them', async () => {
    const cluster = new MemoryCluster();
    const asked = new Set<string>();
    cluster.allows = ({ verb, resource, subresource, namespace }) => {
      const what = subresource === undefined ? resource : `${resource}/${subresource}`;
      asked.add(`${verb} ${what} in ${namespace ?? 'all'}`);
      return true;
    };
    await findings(cluster);
    expect([...asked]).toEqual(
      expect.arrayContaining([
        'get pods in all',
        'list pods in all',
        'watch pods in all',
        'list endpointslices in all',
        'watch cronjobs in all',
        'list nodes in all',
        'get daemonsets in pwru',
        'get pods/portforward in pwru',
        'create pods/portforward in pwru',
      ]),
    );
    // 13 kinds with 3 verbs each anywhere; 2 kinds with 3 verbs, and 2 verbs on tunnels, where the agents are.
    expect(asked.size).toBe(13 * 3 + 2 * 3 + 2);
  });

  test('that are missing in other namespaces only: a warning', async () => {
    const cluster = new MemoryCluster('shop');
    cluster.allows = ({ namespace, resource }) => namespace !== undefined && resource !== 'nodes';
    expect(await find(cluster, 'targets')).toEqual({
      ...{ check: 'targets', status: 'warning', nodes: [] },
      detail:
        'may be looked for in namespace shop, not in all, and there you may not get/list/watch nodes',
      remedy:
        'an administrator can do it for you: kubectl create clusterrolebinding pwru-trace --clusterrole=pwru-trace --user=NAME',
    });
  });

  test('without which nothing can be traced: a failure with verb and resource', async () => {
    const cluster = new MemoryCluster('shop');
    cluster.allows = ({ resource, verb }) => resource !== 'pods' || verb === 'get';
    expect(await find(cluster, 'targets')).toMatchObject({
      status: 'failure',
      detail: 'you may not list/watch pods in namespace shop',
      remedy:
        'an administrator can do it for you: kubectl create rolebinding pwru-trace -n shop --clusterrole=pwru-trace-namespace --user=NAME',
    });
    expect(await find(cluster, 'way to the agents')).toMatchObject({
      status: 'failure',
      detail: 'you may not list/watch pods and create pods/portforward in namespace pwru',
      remedy:
        'an administrator can do it for you: kubectl create rolebinding pwru-agents -n pwru --role=pwru-agents --user=NAME',
    });
  });

  test.each([
    ['system:serviceaccount:shop:nobody', '--serviceaccount=shop:nobody'],
    ['jane@example.org', '--user=jane@example.org'],
    ["O'Hara; rm", `--user='O'\\''Hara; rm'`],
    ['system:anonymous', '--user=NAME'],
  ])('that %s lacks are given to it by name', async (user, flag) => {
    const cluster = new MemoryCluster('shop');
    cluster.allows = () => false;
    cluster.user = user;
    for (const check of ['targets', 'way to the agents'])
      expect((await find(cluster, check))?.remedy.endsWith(` ${flag}`)).toBe(true);
  });

  test('are given by name also where the server only says whom it refuses', async () => {
    const cluster = new MemoryCluster('shop');
    cluster.allows = () => false;
    cluster.forbid(kinds.pod, 'shop');
    expect((await find(cluster, 'targets'))?.remedy).toMatch(/ --user=alice$/);
  });

  test('to create a tunnel: a warning while the server does not ask for it', async () => {
    const cluster = new MemoryCluster();
    cluster.allows = ({ verb }) => verb !== 'create';
    expect(await find(cluster, 'way to the agents')).toMatchObject({
      status: 'warning',
      detail: 'you may not create pods/portforward in namespace pwru',
    });
  });
});

describe('a backend that is not used', () => {
  const backendsOf = (causes: ReadonlyArray<pwru.v1.RefusalCause | undefined>) =>
    ['kprobe.multi', 'kprobe', 'tracepoint'].map((name, index) => {
      const cause = causes[index];
      return cause === undefined
        ? { status: { name, available: true }, functions: 30 }
        : { status: { name, available: false, reason: `reason ${cause}`, cause } };
    });
  const check = (...causes: Array<pwru.v1.RefusalCause | undefined>) =>
    checkKernel(new pwru.v1.GetInfoResponse({ backends: backendsOf(causes) }), [])[0];
  const {
    REFUSAL_CAUSE_KERNEL: KERNEL,
    REFUSAL_CAUSE_KPTR_RESTRICT: KPTR,
    REFUSAL_CAUSE_PERF_EVENT_PARANOID: PARANOID,
    REFUSAL_CAUSE_SECCOMP: SECCOMP,
  } = RefusalCause;

  // Whatever the words of the reason are.
  test.each([
    [RefusalCause.REFUSAL_CAUSE_SECCOMP, 'seccompProfile'],
    [RefusalCause.REFUSAL_CAUSE_LOCKDOWN, 'lockdown=integrity'],
    [RefusalCause.REFUSAL_CAUSE_PERF_EVENT_PARANOID, 'sysctl -w kernel.perf_event_paranoid=2'],
    [RefusalCause.REFUSAL_CAUSE_KPTR_RESTRICT, 'sysctl -w kernel.kptr_restrict=1'],
    [RefusalCause.REFUSAL_CAUSE_FTRACE_DISABLED, 'sysctl -w kernel.ftrace_enabled=1'],
    [RefusalCause.REFUSAL_CAUSE_KPROBES_DISABLED, '/sys/kernel/debug/kprobes/enabled'],
    [RefusalCause.REFUSAL_CAUSE_CAPABILITY, 'deploy/daemon-set.yaml'],
    [RefusalCause.REFUSAL_CAUSE_LOCKED_MEMORY, 'ulimit -l'],
  ])('for cause %i is told with what helps: %s', (cause, remedy) => {
    expect(check(cause, undefined)).toMatchObject({
      ...{ status: 'warning', remedy: expect.stringContaining(remedy) },
      detail: expect.stringContaining(`not used: kprobe.multi: reason ${cause}`),
    });
  });

  test('shares its reason with others', () => {
    expect(check(KPTR, KPTR, undefined)).toMatchObject({
      detail: expect.stringContaining('not used: kprobe.multi and kprobe: reason'),
      remedy: '"sysctl -w kernel.kptr_restrict=1" on the node (no privilege does)',
    });
  });

  test('for a lack of its kernel leaves what can be changed', () => {
    expect(check(KERNEL, PARANOID, undefined)?.remedy).toBe(
      'a kernel with CONFIG_FPROBE and CONFIG_KPROBES (Linux 5.18); or, for less, "sysctl -w kernel.perf_event_paranoid=2" on the node, or CAP_SYS_ADMIN',
    );
  });

  test('with no other is a failure, mended by what the least of them lacks', () => {
    expect(check(KERNEL, KERNEL, SECCOMP)).toMatchObject({
      ...{ status: 'failure', remedy: expect.stringMatching(/^seccompProfile/) },
    });
  });

  test('for a cause that only a newer agent knows is told without a remedy', () => {
    expect(check(99 as pwru.v1.RefusalCause, undefined)).toMatchObject({
      ...{ status: 'warning', remedy: '' },
    });
  });
});

test('tracefs that is not mounted is told with what mounts it', () => {
  const feature = {
    ...{ name: 'list of traceable functions', available: false, reason: 'not mounted' },
    cause: RefusalCause.REFUSAL_CAUSE_TRACEFS,
  };
  const info = new pwru.v1.GetInfoResponse({ features: [feature] });
  expect(checkKernel(info, []).at(-1)).toMatchObject({
    remedy: '"mount -t tracefs tracefs /sys/kernel/tracing" on the node',
  });
});

describe('privileges', () => {
  const statusWith = (capabilities: string) =>
    `Name:\tnode\nCapEff:\t${capabilities}\nSeccomp:\t0\n`;

  test.each([
    ['root', '000001ffffffffff', 'ok'],
    ['the capabilities of an agent', '000000c400080004', 'ok'],
    ['CAP_SYS_ADMIN instead of the newer ones', '0000000000280004', 'ok'],
    ['none', '0000000000000000', 'failure'],
  ])('%s', (_, capabilities, status) => {
    expect(checkPrivileges(statusWith(capabilities))).toMatchObject({ status });
  });

  test('that are missing are named', () => {
    expect(checkPrivileges(statusWith('0000008000000004'))).toMatchObject({
      detail: 'this process lacks CAP_PERFMON, CAP_SYSLOG, CAP_SYS_PTRACE',
      remedy: 'run it as root (sudo)',
    });
  });
});
