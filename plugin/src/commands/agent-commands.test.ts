import Long from 'long';
import { describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { type ClusterNodes, MemoryCluster } from '../../testing/commands/memory-cluster.ts';
import { agentInfo, type QueryAgent, queryAgent } from '../../testing/commands/query-agent.ts';
import { RecordedOutput } from '../../testing/commands/recorded-output.ts';
import { parseCommand } from '../cli/parse-command.ts';
import { kinds } from '../kubernetes/resources.ts';
import { version } from '../version.ts';
import { type AskableAgent, agentsOfCluster } from './askable-agent.ts';
import { commandFailure } from './command-error.ts';
import { printFunctions } from './functions.ts';
import { kernelsOf } from './node-kernels.ts';
import { printSessions } from './sessions.ts';
import { agentsOfNodes, printStatus } from './status.ts';
import { stopSessions as stop } from './stop.ts';
import { printVersions } from './version.ts';

/** The options of a command line. */
function optionsOf<Kind extends 'functions' | 'sessions' | 'status' | 'version'>(
  kind: Kind,
  ...args: string[]
) {
  const command = parseCommand([kind, ...args]);
  if (command.kind !== kind) throw new Error(`Not ${kind}`);
  return command.options as Extract<ReturnType<typeof parseCommand>, { kind: Kind }>['options'];
}

/** As `kubectl pwru stop` with these words. */
function stopSessions(
  agents: readonly AskableAgent[],
  words: readonly string[],
  output: RecordedOutput,
) {
  const command = parseCommand(['stop', ...words]);
  if (command.kind !== 'stop') throw new Error('Not stop');
  return stop(agents, command.options.sessions, output);
}

const everywhere = { agentNamespace: 'pwru', nodes: [] };

/** The agents of a cluster of these nodes, and where a command that asks them may print. */
async function askable(nodes: ClusterNodes) {
  const cluster = MemoryCluster.of(nodes);
  const agents = await agentsOfCluster(cluster, everywhere);
  /** Names of the pods to which there was a tunnel, since the last time. */
  const opened = () => cluster.dialled.splice(0);
  return { cluster, agents, output: new RecordedOutput(), opened };
}

/** One whose socket takes no connection any more. */
async function goneAgent(): Promise<QueryAgent> {
  await using agent = await queryAgent();
  return agent;
}

const { SKB_ARGUMENT_KIND_CONST_POINTER } = pwru.v1.SkbArgumentKind;
const functions = {
  functions: [
    { name: 'tcp_v4_rcv', argument: 1, kind: 1 },
    { name: 'ip_rcv', argument: 1, kind: SKB_ARGUMENT_KIND_CONST_POINTER },
    { name: 'nf_hook', module: 'nf_tables', argument: 2, kind: 3 },
  ],
  refused: [{ name: 'x.constprop.0', reason: 'compiler clone' }],
};

async function refusalOf(work: Promise<unknown>) {
  return work.then(
    () => undefined,
    (thrown: unknown) => commandFailure(thrown),
  );
}

describe('functions', () => {
  test('are told once for nodes that are alike', async () => {
    await using one = await queryAgent({ functions });
    const reordered = { ...functions, functions: [...functions.functions].reverse() };
    await using alike = await queryAgent({ functions: reordered });
    await using other = await queryAgent({ functions: { functions: [{ name: 'ip_rcv' }] } });
    const { agents, output } = await askable({
      n2: { agent: other },
      n3: { agent: alike },
      n1: { agent: one },
    });
    const options = optionsOf('functions', '--kmods', 'nf_tables', 'ip_.*|tcp_.*');
    expect(await printFunctions(agents, options, output)).toBe(0);
    expect(output.stdout).toEqual([
      'FUNCTION     MODULE      ARG   TYPE',
      'ip_rcv       -           1     const struct sk_buff *',
      'nf_hook      nf_tables   2     struct sk_buff **',
      'tcp_v4_rcv   -           1     struct sk_buff *',
      '',
      'FUNCTION   MODULE   ARG   TYPE',
      'ip_rcv     -        0     -',
    ]);
    expect(output.stderr).toEqual([
      '3 functions on n1 and n3, 1 refused',
      '  x.constprop.0: compiler clone',
      '1 function on n2, 0 refused',
    ]);
    expect(one.asked).toMatchObject({
      functionRegex: 'ip_.*|tcp_.*',
      modules: ['nf_tables'],
      allModules: false,
    });
  });

  test('are asked of one node for each kernel, and of the next one where that does not answer', async () => {
    await using one = await queryAgent({ functions });
    await using other = await queryAgent({ functions: { functions: [{ name: 'ip_rcv' }] } });
    const gone = { agent: await goneAgent(), kernel: 'Linux 6.1 amd64' };
    const { cluster, agents, output, opened } = await askable({
      n1: gone,
      n2: { agent: one, kernel: 'Linux 6.1 amd64' },
      n3: { agent: one, kernel: 'Linux 6.1 amd64' },
      n4: { agent: other, kernel: 'Linux 6.12 amd64' },
      n5: { agent: other, kernel: 'Linux 6.12 arm64' },
      n6: { agent: other, kernel: 'Linux 6.12 arm64', notReady: 'Evicted' },
    });
    const kernels = await kernelsOf(cluster, agents);
    expect(await printFunctions(agents, optionsOf('functions'), output, kernels)).toBe(0);
    expect(opened().sort()).toEqual(['n1', 'n2', 'n4', 'n5'].map((node) => `pwru-agent-${node}`));
    expect(output.stderr).toEqual([
      '3 functions on n2, 1 refused; n1 and n3 have the same kernel (6.1)',
      '  x.constprop.0: compiler clone',
      '1 function on n4 and n5, 0 refused; n6 has the same kernel (6.12)',
    ]);
    const asJson = new RecordedOutput();
    await printFunctions(agents, optionsOf('functions', '-o', 'json'), asJson, kernels);
    expect(asJson.json).toMatchObject([
      { nodes: ['n2'], sameKernel: ['n1', 'n3'] },
      { nodes: ['n4', 'n5'], sameKernel: ['n6'] },
    ]);
  });

  test('of modules are asked of each node, since each has loaded others', async () => {
    await using agent = await queryAgent({ functions });
    const node = { agent, kernel: 'Linux 6.1 amd64' };
    const { cluster, agents, output, opened } = await askable({ n1: node, n2: node });
    const kernels = await kernelsOf(cluster, agents);
    await printFunctions(agents, optionsOf('functions', '--all-kmods'), output, kernels);
    expect(opened()).toHaveLength(2);
  });

  test('are asked of each node by who may not list nodes', async () => {
    await using agent = await queryAgent({ functions });
    const node = { agent, kernel: 'Linux 6.1 amd64' };
    const { cluster, agents, output, opened } = await askable({ n1: node, n2: node });
    cluster.forbidAll(kinds.node);
    const kernels = await kernelsOf(cluster, agents);
    expect(await printFunctions(agents, optionsOf('functions'), output, kernels)).toBe(0);
    expect(opened()).toHaveLength(2);
    expect(output.stderr[0]).toBe('3 functions on n1 and n2, 1 refused');
  });

  test('of a kernel of which no node answers are told as such, and three are tried', async () => {
    const gone = { agent: await goneAgent(), kernel: 'Linux 6.1 amd64' };
    const { cluster, agents, output, opened } = await askable({
      n1: gone,
      n2: gone,
      n3: gone,
      n4: gone,
    });
    const kernels = await kernelsOf(cluster, agents);
    expect(await printFunctions(agents, optionsOf('functions'), output, kernels)).toBe(5);
    expect(opened()).toHaveLength(3);
    expect(output.stderr).toEqual([expect.stringMatching(/ n1.* \(the same on n2 and n3\)$/)]);
  });

  test('as JSON: a line for nodes that are alike, refused ones with their reasons', async () => {
    await using agent = await queryAgent({ functions });
    const { agents, output } = await askable({ n1: { agent } });
    await printFunctions(agents, optionsOf('functions', '-o', 'json'), output);
    expect(output.json).toMatchObject([
      {
        nodes: ['n1'],
        functions: [{ name: 'ip_rcv', tracepoint: false }, { module: 'nf_tables' }, {}],
        refused: [{ name: 'x.constprop.0', module: '', reason: 'compiler clone' }],
      },
    ]);
  });

  test('say which modules are not among all modules', async () => {
    const modulesWithoutTypes = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'];
    await using agent = await queryAgent({ functions: { ...functions, modulesWithoutTypes } });
    const cluster = MemoryCluster.of({ n1: { agent } });
    const agents = await agentsOfCluster(cluster, everywhere);
    const [table, json] = [new RecordedOutput(), new RecordedOutput()];
    await printFunctions(agents, optionsOf('functions', '--all-kmods'), table);
    expect(table.stderr.at(-1)).toBe(
      '  without modules that have no BTF that can be read: m1, m2, m3, m4, m5 and 2 more',
    );
    await printFunctions(agents, optionsOf('functions', '--all-kmods', '-o', 'json'), json);
    expect(json.json).toMatchObject([{ modulesWithoutTypes }]);
  });

  test('a bad expression is told once, and is an error of usage', async () => {
    await using one = await queryAgent();
    await using two = await queryAgent();
    const { agents, output } = await askable({ n1: { agent: one }, n2: { agent: two } });
    expect(await printFunctions(agents, optionsOf('functions', '(('), output)).toBe(2);
    expect(output.stderr).toEqual(['error: refused: REGEX_SYNTAX (the same on n2)']);
  });
});

describe('the agents of a cluster', () => {
  test('that do not answer are named once for a cause, and the exit code is 3', async () => {
    await using good = await queryAgent();
    const crashed = { agent: await goneAgent(), notReady: 'CrashLoopBackOff' };
    const nodes = { n1: { agent: good }, n2: crashed, n3: crashed, n4: crashed };
    const { agents, output } = await askable(nodes);
    expect(await printSessions(agents, optionsOf('sessions'), output)).toBe(3);
    expect(output.stderr).toEqual([
      'No sessions found.',
      'error: The agent on n2 (pod pwru-agent-n2) is not ready: CrashLoopBackOff (the same on n3 and n4)',
    ]);
  });

  test('that are not ready are asked all the same', async () => {
    await using agent = await queryAgent();
    const { agents, output } = await askable({ n1: { agent, notReady: 'ContainersNotReady' } });
    expect(await printSessions(agents, optionsOf('sessions'), output)).toBe(0);
  });

  test('that may not be reached: one line with verb and resource, exit code 4', async () => {
    await using agent = await queryAgent();
    const cluster = MemoryCluster.of({ n1: { agent }, n2: { agent } });
    cluster.allows = ({ subresource }) => subresource !== 'portforward';
    const output = new RecordedOutput();
    const agents = await agentsOfCluster(cluster, everywhere);
    expect(await printSessions(agents, optionsOf('sessions'), output)).toBe(4);
    expect(output.stderr).toEqual([
      'error: Cannot reach the agent at n1: Error from server (Forbidden): pods "pwru-agent-n1" is forbidden: User "alice" cannot get resource "pods/portforward" in API group "" in the namespace "pwru" (the same on n2)',
    ]);
  });

  test('that are not there: the remedy, exit code 5', async () => {
    const cluster = new MemoryCluster();
    expect(await refusalOf(agentsOfCluster(cluster, everywhere))).toEqual({
      exitCode: 5,
      lines: [
        'error: There are no agents: there is no DaemonSet pwru-agent in namespace pwru; "kubectl pwru deploy" installs them',
      ],
    });
    cluster.addDaemonSet();
    expect(await refusalOf(agentsOfCluster(cluster, everywhere))).toMatchObject({
      exitCode: 5,
      lines: [expect.stringContaining('has no pods')],
    });
  });

  test('that may not be listed: as kubectl says it, exit code 4', async () => {
    const cluster = new MemoryCluster();
    cluster.forbid(kinds.daemonSet, 'pwru');
    expect(await refusalOf(agentsOfCluster(cluster, everywhere))).toEqual({
      exitCode: 4,
      lines: [
        'Error from server (Forbidden): daemonsets is forbidden: User "alice" cannot get resource "daemonsets" in API group "apps" in the namespace "pwru"',
      ],
    });
  });

  test('--node names a node that is not there, or has none', async () => {
    const cluster = MemoryCluster.of({ n1: {} });
    expect(
      await refusalOf(agentsOfCluster(cluster, { agentNamespace: 'pwru', nodes: ['n9'] })),
    ).toEqual({ exitCode: 1, lines: ['Error from server (NotFound): nodes "n9" not found'] });
    const agents = await agentsOfCluster(cluster, { agentNamespace: 'pwru', nodes: ['n1'] });
    const output = new RecordedOutput();
    expect(await printSessions(agents, optionsOf('sessions'), output)).toBe(5);
    expect(output.stderr).toEqual([
      'error: There is no agent on n1: DaemonSet pwru-agent in namespace pwru has no pod there',
    ]);
  });
});

const session = {
  id: 'abc',
  state: pwru.v1.SessionState.SESSION_STATE_TRACING,
  ageMs: Long.fromNumber(65_000, true),
  backend: 'kprobe.multi',
  functionsAttached: 1_607,
  request: {
    clientName: 'kubectl-pwru 0.1.0 alice@laptop\x1b[2J',
    filter: 'tcp port 80',
    targets: [{ pod: { namespace: 'shop', name: 'web' } }, { netnsName: 'blue' }, { pid: 7 }],
  },
  accounting: {
    deliveredEvents: Long.fromNumber(12_345, true),
    losses: [{ stage: 1, cpu: 0, events: Long.fromNumber(5, true) }],
  },
};

describe('sessions', () => {
  test('of all agents, with what is known of them', async () => {
    await using busy = await queryAgent({ sessions: [session, { id: 'def' }] });
    await using idle = await queryAgent();
    const { agents, output } = await askable({ n1: { agent: idle }, n2: { agent: busy } });
    expect(await printSessions(agents, optionsOf('sessions'), output)).toBe(0);
    expect(output.stdout).toEqual([
      'NODE   ID    AGE   STATE     BACKEND        FUNCTIONS   EVENTS   LOST   CLIENT                                   TARGETS                     FILTER',
      'n2     abc   65s   tracing   kprobe.multi   1,607       12,345   5      kubectl-pwru 0.1.0 alice@laptop\\x1b[2J   shop/web,netns/blue,pid/7   tcp port 80',
      'n2     def   0s    unknown   -              0           0        0      -                                        host                        -',
    ]);
    const asJson = new RecordedOutput();
    await printSessions(agents, optionsOf('sessions', '-o', 'json'), asJson);
    expect(asJson.json[0]).toMatchObject({
      ...{ node: 'n2', id: 'abc', ageMs: 65_000, eventsDelivered: '12345', eventsLost: '5' },
      ...{ targets: ['shop/web', 'netns/blue', 'pid/7'], filter: 'tcp port 80' },
    });
  });

  test('of many pods name the first ones and count the others; JSON has them all', async () => {
    const targets = Array.from({ length: 5 }, (_, index) => ({
      pod: { namespace: 'shop', name: `web-${index}` },
    }));
    await using agent = await queryAgent({ sessions: [{ id: 'abc', request: { targets } }] });
    const { agents, output } = await askable({ n1: { agent } });
    await printSessions(agents, optionsOf('sessions'), output);
    expect(output.stdout[1]).toMatch(/ shop\/web-0,shop\/web-1 \+3 more +-$/);
    const asJson = new RecordedOutput();
    await printSessions(agents, optionsOf('sessions', '-o', 'json'), asJson);
    expect(asJson.json[0]).toMatchObject({
      targets: ['shop/web-0', 'shop/web-1', 'shop/web-2', 'shop/web-3', 'shop/web-4'],
    });
  });

  test('are stopped wherever they are; one that is nowhere is an error', async () => {
    await using one = await queryAgent({ sessions: [{ id: 'abc' }] });
    await using two = await queryAgent({ sessions: [{ id: 'def' }] });
    const { agents, output } = await askable({ n1: { agent: one }, n2: { agent: two } });
    expect(await stopSessions(agents, ['abc', 'def'], output)).toBe(0);
    expect([...output.stdout].sort()).toEqual([
      'session abc on n1 stopped',
      'session def on n2 stopped',
    ]);
    expect([one.stopped, two.stopped]).toEqual([['abc'], ['def']]);
    expect(await stopSessions(agents, ['abc', 'xyz'], output)).toBe(1);
    expect(output.stderr).toEqual(['error: Cannot stop session "xyz": no agent has it']);
  });

  test('are stopped by the beginning of an id that only one has', async () => {
    await using one = await queryAgent({ sessions: [{ id: '3f2a9c01' }, { id: '77' }] });
    await using two = await queryAgent({ sessions: [{ id: '3f2b0000' }, { id: '7700' }] });
    const { agents, output } = await askable({ n1: { agent: one }, n2: { agent: two } });
    // The whole id of one is the beginning of another's.
    expect(await stopSessions(agents, ['3f2a9c', '77'], output)).toBe(0);
    expect([...output.stdout].sort()).toEqual([
      'session 3f2a9c01 on n1 stopped',
      'session 77 on n1 stopped',
    ]);
    expect([[...one.stopped].sort(), two.stopped]).toEqual([['3f2a9c01', '77'], []]);
  });

  test('are not stopped by the beginning of several ids, which are named', async () => {
    await using one = await queryAgent({ sessions: [{ id: '3f2a9c01' }] });
    await using two = await queryAgent({ sessions: [{ id: '3f2b0000' }] });
    const { agents, output } = await askable({ n1: { agent: one }, n2: { agent: two } });
    expect(await stopSessions(agents, ['3f2', '4'], output)).toBe(1);
    expect(output.stderr).toEqual([
      'error: Cannot stop session "3f2": it may be n1/3f2a9c01 or n2/3f2b0000',
      'error: Cannot stop session "4": no agent has it',
    ]);
    expect([one.stopped, two.stopped]).toEqual([[], []]);
  });

  test('are stopped by their whole ids alone while an agent does not answer', async () => {
    await using good = await queryAgent({ sessions: [{ id: '3f2a9c01' }] });
    const evicted = { agent: await goneAgent(), notReady: 'Evicted' };
    const { agents, output } = await askable({ n1: { agent: good }, n2: evicted });
    expect(await stopSessions(agents, ['3f2a'], output)).toBe(3);
    expect(output.stderr.at(-1)).toBe(
      'error: Cannot stop session "3f2a": no agent that answers has it, and n1/3f2a9c01 may not be the only one that begins so',
    );
    expect(good.stopped).toEqual([]);
    expect(await stopSessions(agents, ['3f2a9c01'], output)).toBe(0);
  });

  test('are stopped on the node that is named, and no other is asked', async () => {
    await using one = await queryAgent({ sessions: [{ id: '3f2a9c01' }] });
    await using two = await queryAgent({ sessions: [{ id: '3f2b0000' }] });
    const gone = await goneAgent();
    const { agents, output, opened } = await askable({
      ...{ n1: { agent: one }, n2: { agent: two }, n3: { agent: gone } },
    });
    // The beginning of two ids, of which each node has one.
    expect(await stopSessions(agents, ['n1/3f2', 'n2/3f2b0000'], output)).toBe(0);
    expect([one.stopped, two.stopped]).toEqual([['3f2a9c01'], ['3f2b0000']]);
    expect(new Set(opened())).toEqual(new Set(['pwru-agent-n1', 'pwru-agent-n2']));
    expect(await stopSessions(agents, ['n1/xyz', 'n9/3f2'], output)).toBe(1);
    expect(output.stderr).toEqual([
      'error: Cannot stop session "n1/xyz": the agent on n1 has none that begins so',
      'error: Cannot stop session "n9/3f2": n9 is not among the nodes that are asked',
    ]);
  });

  test('that are not found while an agent does not answer may be there', async () => {
    await using good = await queryAgent();
    const evicted = { agent: await goneAgent(), notReady: 'Evicted' };
    const { agents, output } = await askable({ n1: { agent: good }, n2: evicted });
    expect(await stopSessions(agents, ['xyz'], output)).toBe(3);
    expect(output.stderr).toEqual([
      'error: The agent on n2 (pod pwru-agent-n2) is not ready: Evicted',
      'error: Cannot stop session "xyz": no agent that answers has it',
    ]);
  });
});

describe('status', () => {
  test('has a row for every node, and why something is wrong with it', async () => {
    await using good = await queryAgent({}, 5_000_000_000n);
    await using old = await queryAgent(
      { info: { apiRevision: 1, cluster: null } },
      -3_000_000_000n,
    );
    const cluster = MemoryCluster.of({ n1: { agent: good }, n2: { agent: old }, n3: {} });
    const output = new RecordedOutput();
    const agents = await agentsOfNodes(cluster, everywhere, output);
    expect(await printStatus(agents, optionsOf('status'), output)).toBe(0);
    expect(output.stdout).toEqual([
      'NODE   AGENT           VERSION   API   KERNEL   BACKEND        SESSIONS   PODS   CLOCK   TROUBLE',
      'n1     pwru-agent-n1   0.1.0     2     6.12.1   kprobe.multi   1/8        3/4    +5.0s   -',
      'n2     pwru-agent-n2   0.1.0     1     6.12.1   kprobe.multi   1/8        -      -3.0s   its API revision is 1, this program needs 2',
      'n3     -               -         -     -        -              -          -      -       DaemonSet pwru-agent in namespace pwru has no pod there',
    ]);
    expect(output.stderr).toEqual([]);
  });

  test('as JSON, each node a line with the same fields', async () => {
    await using agent = await queryAgent();
    const cluster = MemoryCluster.of({ n1: { agent }, n2: {} });
    const output = new RecordedOutput();
    const agents = await agentsOfNodes(cluster, everywhere, output);
    await printStatus(agents, optionsOf('status', '-o', 'json'), output);
    const [first, second] = output.json as [object, object];
    expect(Object.keys(first)).toEqual(Object.keys(second));
    expect(first).toMatchObject({
      ...{ node: 'n1', pod: { namespace: 'pwru', name: 'pwru-agent-n1' }, ready: true },
      ...{ sessions: { active: 1, max: 8 }, pods: { synced: true, resolved: 3, total: 4 } },
      backends: [{ name: 'fentry.multi', available: false }, { functions: 1_607 }],
    });
    expect(second).toMatchObject({ node: 'n2', pod: null, ready: false, version: '' });
  });

  test('without any agent says what helps, exit code 5', async () => {
    const cluster = new MemoryCluster();
    cluster.addNode('n1');
    const output = new RecordedOutput();
    const agents = await agentsOfNodes(cluster, everywhere, output);
    expect(await printStatus(agents, optionsOf('status'), output)).toBe(5);
    expect(output.stderr).toEqual([
      'error: There are no agents: there is no DaemonSet pwru-agent in namespace pwru; "kubectl pwru deploy" installs them',
    ]);
  });

  test('shows the nodes with agents to those who may not list nodes', async () => {
    await using agent = await queryAgent();
    const cluster = MemoryCluster.of({ n1: { agent }, n2: {} });
    cluster.forbidAll(kinds.node);
    const output = new RecordedOutput();
    const agents = await agentsOfNodes(cluster, everywhere, output);
    expect(agents.map(({ node }) => node)).toEqual(['n1']);
    expect(output.stderr).toEqual([
      'Nodes without an agent are not shown: Error from server (Forbidden): nodes is forbidden: User "alice" cannot list resource "nodes" in API group "" at the cluster scope',
    ]);
  });
});

test('version asks one agent for each image that runs', async () => {
  await using agent = await queryAgent();
  await using other = await queryAgent({ info: { ...agentInfo, version: '0.0.9' } });
  const { agents, output, opened } = await askable({
    n1: { agent: await goneAgent(), image: 'sha256:a' },
    n2: { agent, image: 'sha256:a' },
    n3: { agent, image: 'sha256:a' },
    n4: { agent: other, image: 'sha256:b' },
    n5: { agent: other },
    n6: { agent: other },
  });
  expect(await printVersions(agents, { output: 'table' }, output)).toBe(0);
  expect(output.stdout).toEqual([
    'pwru-agent 0.1.0 (API revision 2) on 3 nodes: n1, n2 and n3',
    'pwru-agent 0.0.9 (API revision 2) on 3 nodes: n4, n5 and n6',
  ]);
  expect(opened().sort()).toEqual(
    ['n1', 'n2', 'n4', 'n5', 'n6'].map((node) => `pwru-agent-${node}`),
  );
});

test('version tells each version of the agents once', async () => {
  await using one = await queryAgent();
  await using two = await queryAgent();
  await using old = await queryAgent({ info: { ...agentInfo, version: '0.0.9' } });
  const { agents, output } = await askable({
    n1: { agent: one },
    n2: { agent: old },
    n3: { agent: two },
  });
  expect(await printVersions(agents, { output: 'table' }, output)).toBe(0);
  expect(output.stdout).toEqual([
    'pwru-agent 0.1.0 (API revision 2) on 2 nodes: n1 and n3',
    'pwru-agent 0.0.9 (API revision 2) on n2',
  ]);
  const asJson = new RecordedOutput();
  await printVersions(agents, { output: 'json' }, asJson);
  expect(asJson.json).toEqual([
    {
      client: { version },
      agents: [
        { version: '0.1.0', apiRevision: 2, nodes: ['n1', 'n3'] },
        { version: '0.0.9', apiRevision: 2, nodes: ['n2'] },
      ],
    },
  ]);
});
