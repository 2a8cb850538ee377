import { describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { pass, playTime, settle } from '../../../test/support/played-time.ts';
import { MemoryCluster } from '../../testing/memory-cluster.ts';
import { live, lost, stopped } from '../../testing/played-cluster.ts';
import { started } from '../../testing/recorded-session.ts';
import { AgentError } from '../agents/agent-client.ts';

const { SessionState, HostNetwork } = pwru.v1;

playTime();

describe('what agents are asked for', () => {
  const asked = (line: string, targets: readonly string[] = ['web-1@n1']) => {
    const cluster = new MemoryCluster(targets, { line });
    return settle().then(() => cluster.agents.latest('n1').start);
  };

  test('pods alone, tracked, with watermarks', async () => {
    const start = await asked('--host-network=node -o json -- tcp', ['web-1@n1', 'db=@n1', 'x@n2']);
    expect(start).toMatchObject({
      ...{ podsOnly: true, track: true, watermarkIntervalMs: 100, filter: 'tcp' },
      targets: [
        {
          pod: {
            ...{ namespace: 'demo', name: 'web-1', uid: 'uid-web-1-n1' },
            hostNetwork: HostNetwork.HOST_NETWORK_NODE,
          },
        },
        { pod: { name: 'db', uid: '' } },
      ],
    });
  });

  test('not tracked, no watermarks, when the command line says so', async () => {
    expect(await asked('--no-track --sort=none')).toMatchObject({
      ...{ track: false, watermarkIntervalMs: 0 },
    });
    expect(await asked('--max-nodes=1')).toMatchObject({ watermarkIntervalMs: 0 });
  });

  test('every packet of a whole node', async () => {
    expect(await asked('--', ['n1'])).toMatchObject({ podsOnly: false, targets: [] });
  });

  test('what --from and --to are when the session begins, also of one that begins later', async () => {
    const cluster = new MemoryCluster(['web-1@n1']);
    cluster.follower.filterTerms = ['dst host 10.0.0.1'];
    await settle();
    cluster.start('n1');
    await settle();
    cluster.follower.filterTerms = ['dst host 10.0.0.2'];
    cluster.agents.stream('n1').fail(lost());
    await pass(1_000);
    expect(cluster.agents.of('n1').map(({ start }) => start?.filter)).toEqual([
      'dst host 10.0.0.1',
      'dst host 10.0.0.2',
    ]);
  });
});

describe('the beginning', () => {
  test('is told when all nodes are on their way or ready, and once', async () => {
    const cluster = new MemoryCluster(['web-1@n1', 'web-2@n2'], { isTerminal: true });
    await settle();
    cluster.start('n1');
    const attaching = { functionsDone: 800, functionsTotal: 1_607 };
    cluster.send('n2', { status: { state: SessionState.SESSION_STATE_ATTACHING, ...attaching } });
    await settle();
    expect(cluster.stderr.text.split('\r\x1b[K')).toEqual([
      ...['', 'Connecting: agents on n1', 'Connecting: agents on n1 and n2'],
      'Attaching: 1 of 2 nodes ready, n2 is connecting',
      'Attaching: 1 of 2 nodes ready, n2 800/1,607',
    ]);
    cluster.start('n2');
    await settle();
    expect(cluster.stderr.text.split('\r\x1b[K').at(-1)).toBe(
      `${[
        'Tracing pod/web-1 and pod/web-2 on n1 and n2 (6.12.0-test): 1,690 functions by kprobe.multi, 1 refused; Ctrl-C ends it',
        'fentry.multi is not used: kernel 6.12 has no fentry.multi (7.2 has)',
        'Note: Module nf_tables has no BTF: its functions are not probed',
      ].join('\n')}\n`,
    );
  });

  test('tells apart nodes that are traced otherwise', async () => {
    const cluster = new MemoryCluster(['web-1@n1', 'web-2@n2', 'web-3@n3', 'web-4@n3']);
    await settle();
    cluster.start('n1', 'n2');
    const other = { backend: 'tracepoint', functionsAttached: 28, notices: ['x'] };
    cluster.send('n3', { started: { ...started, ...other, rejectedBackends: [] } });
    await settle();
    expect(cluster.stderr.text).toContain(
      `${[
        'Tracing 4 pods on 3 nodes',
        '  n1 and n2 (6.12.0-test): 1,690 functions by kprobe.multi, 1 refused',
        '  n3 (6.12.0-test): 28 functions by tracepoint, 1 refused',
        'n1 and n2: fentry.multi is not used: kernel 6.12 has no fentry.multi (7.2 has)',
        'n1 and n2: Note: Module nf_tables has no BTF: its functions are not probed',
        'n3: Note: x',
      ].join('\n')}\n`,
    );
  });

  test('tells of clocks that are apart, of those that are not well known, and of other versions', async () => {
    const cluster = new MemoryCluster(['a@n1', 'b@n2', 'c@n3'], {
      prepare: (agents) => {
        agents.version = '9.9.9';
        agents.clocks.set('n1', { offsetNs: 100_000_000n, uncertaintyNs: 400_000n });
        agents.clocks.set('n2', { offsetNs: 137_200_000n, uncertaintyNs: 300_000n });
        agents.clocks.set('n3', { offsetNs: 103_000_000n, uncertaintyNs: 7_000_000n });
      },
    });
    await settle();
    cluster.start('n1', 'n2', 'n3');
    await settle();
    expect(cluster.stderr.text).toMatch(
      /^The agent on n1, n2 and n3 is of version 9\.9\.9, this program of \d+\.\d+\.\d+$/m,
    );
    expect(cluster.stderr.text).toContain(
      'The clock of n2 is 37.2 ms ahead (to within 0.3 ms): its events are put in their place\n' +
        "Clocks could be compared to within 7.0 ms (n3): closer events of different nodes are in the order of the nodes' own clocks\n",
    );
  });

  test('believes most clocks, whichever node is reached first, in one line', async () => {
    const nodes = Array.from({ length: 9 }, (_, index) => `n${index + 1}`);
    const off = new Map([
      ['n1', -5_000_000_000n],
      ['n4', 40_000_000n],
    ]);
    const cluster = new MemoryCluster(
      nodes.map((node) => `pod-${node}@${node}`),
      {
        prepare: (agents) => {
          for (const node of nodes) {
            const offsetNs = off.get(node) ?? 0n;
            agents.clocks.set(node, { offsetNs, uncertaintyNs: 300_000n });
          }
        },
      },
    );
    await settle();
    cluster.start(...nodes);
    await settle();
    expect(cluster.stderr.text.split('\n').filter((line) => /clock/i.test(line))).toEqual([
      "The clocks of n1 and n4 differ from the others' by 40.0 to 5000.0 ms (to within 0.3 ms): their events are put in their place",
    ]);
  });

  test('of a node that comes later tells its clock, too, once', async () => {
    const cluster = new MemoryCluster(['a@n1'], {
      prepare: (agents) => {
        agents.clocks.set('n1', { offsetNs: 0n, uncertaintyNs: 300_000n });
        agents.clocks.set('n2', { offsetNs: -3_700_000_000n, uncertaintyNs: 400_000n });
      },
    });
    await settle();
    cluster.start('n1');
    await settle();
    cluster.move(['a@n1', 'b@n2']);
    await settle();
    cluster.start('n2');
    await settle();
    const told = 'The clock of n2 is 3700.0 ms behind (to within 0.4 ms): its events are put in';
    expect(cluster.stderr.text).toMatch(/^Tracing on n2 too .*\n(.*\n)*The clock of n2 /m);
    expect(cluster.stderr.text.split(told)).toHaveLength(2);
    cluster.agents.stream('n2').fail(lost());
    await pass(1_000);
    cluster.start('n2');
    await settle();
    expect(cluster.stderr.text).toMatch(/^n2: traced again/m);
    expect(cluster.stderr.text.split(told)).toHaveLength(2);
  });

  test.each([
    ['cronjob/nightly', 'pods of cronjob/nightly'],
    ['-l app=x', 'pods of -l app=x in namespace demo'],
    ['--all', 'pods in namespace demo'],
    ['-A -l app=x', 'pods of -l app=x in all namespaces'],
    ['-A', 'pods in all namespaces'],
    ['deploy/web shop/job/once', 'pods of deploy/web and shop/job/once'],
  ])('waits for pods that are to come: %s', async (words, waitedFor) => {
    const line = `-o json --timeout=90s ${words}`;
    const cluster = new MemoryCluster([], { line, targets: '' });
    await pass(60_000);
    expect(cluster.stderr.text).toBe(`Waiting for ${waitedFor}\n`);
    cluster.move(['web-1@n1']);
    await settle();
    cluster.start('n1');
    await settle();
    expect(cluster.stderr.text).toContain('Tracing on n1 too (6.12.0-test): 1,690 functions');
    expect(await stopped(cluster, 'n1')).toBe(0);
  });

  test('waits for pods that are not scheduled', async () => {
    const cluster = new MemoryCluster(['web-1@'], { line: '-o json --timeout=90s' });
    await pass(60_000);
    expect(cluster.stderr.text).toBe('Waiting for pod/web-1\n');
    cluster.move(['web-1@n1']);
    await settle();
    cluster.start('n1');
    await settle();
    expect(cluster.stderr.text).toContain('Tracing on n1 too (6.12.0-test): 1,690 functions');
    expect(await stopped(cluster, 'n1')).toBe(0);
  });

  test('and the end without any pod is partial', async () => {
    const cluster = new MemoryCluster(['web-1@'], { line: '-o json --timeout=90s' });
    await pass(90_000);
    expect(await cluster.exit).toBe(3);
    const interrupted = new MemoryCluster(['web-1@']);
    await settle();
    interrupted.run.stop('interrupt');
    expect(await interrupted.exit).toBe(130);
  });
});

describe('a trace of which some or all nodes cannot be reached', () => {
  test('names a node without an agent at once, and is partial', async () => {
    const cluster = new MemoryCluster(['a@n1', 'b@n2', 'c@n3'], {
      prepare: (agents) => {
        agents.remove('n2', 'DaemonSet pwru-agent in namespace pwru has no pod there');
        agents.remove('n3', 'DaemonSet pwru-agent in namespace pwru has no pod there');
      },
    });
    await settle();
    expect(cluster.stderr.text).toContain(
      'n2 and n3: not traced: DaemonSet pwru-agent in namespace pwru has no pod there\n',
    );
    cluster.start('n1');
    await settle();
    expect(cluster.stderr.text).toContain('Tracing pod/a, pod/b and pod/c on n1 (');
    await live(cluster, 5_000, 'n1');
    expect(await stopped(cluster, 'n1')).toBe(3);
    expect(cluster.stderr.text).toMatch(/^ {2}n2: not traced: DaemonSet pwru-agent in namespace/m);
  });

  test('traces it when it gets an agent, and tells what was missed', async () => {
    const cluster = new MemoryCluster(['a@n1', 'b@n2'], {
      prepare: (agents) => agents.remove('n2', 'there is none'),
    });
    await settle();
    cluster.start('n1');
    await live(cluster, 30_000, 'n1');
    cluster.agents.restore('n2');
    await settle();
    cluster.start('n2');
    await settle();
    expect(cluster.stderr.text).toMatch(
      /^n2: traced again, after it was not for 30\.0 s from 17:29:00\.000Z \(there is none\)$/m,
    );
    expect(await stopped(cluster, 'n1', 'n2')).toBe(3);
  });

  test('ends with exit code 5 and the remedy when no node has an agent', async () => {
    const cluster = new MemoryCluster(['a@n1', 'b@n2'], {
      prepare: (agents) => {
        agents.remove('n1', 'x');
        agents.remove('n2', 'y');
      },
    });
    await settle();
    expect(await cluster.exit).toBe(5);
    expect(cluster.stderr.text).toBe(
      'error: There is no agent on n1 and n2\n  n1: x\n  n2: y\n' +
        'kubectl pwru deploy installs agents and brings them up to date; --agent-namespace says where they are\n',
    );
  });

  test.each([
    [
      'ImagePullBackOff: Back-off pulling image "x:1"',
      'The nodes cannot pull the image of the agents: kubectl pwru deploy --image names another one',
    ],
    ['CrashLoopBackOff: x', 'The agents are there: kubectl pwru doctor says what helps'],
  ])('says what helps agents that are there and not ready: %s', async (reason, remedy) => {
    const cluster = new MemoryCluster(['a@n1'], {
      prepare: (agents) => agents.remove('n1', `pod pwru/pwru-agent-x is not ready: ${reason}`),
    });
    await settle();
    expect(await cluster.exit).toBe(5);
    expect(cluster.stderr.text.split('\n').slice(-3)).toEqual([
      `  n1: pod pwru/pwru-agent-x is not ready: ${reason}`,
      remedy,
      '',
    ]);
  });

  test('ends with exit code 4 when the user may not reach any', async () => {
    const cluster = new MemoryCluster(['a@n1', 'b@n2'], {
      prepare: (agents) => {
        for (const node of ['n1', 'n2'])
          agents.refuse(node, new AgentError('forbidden', 'no rights'));
      },
    });
    expect(await cluster.exit).toBe(4);
    expect(cluster.stderr.text).toContain('error: n1 and n2: no rights\n');
  });

  test('names the node whose agent has too many sessions, though it is the only one', async () => {
    const cluster = new MemoryCluster(['a@n1']);
    await settle();
    const details = { reason: 'LIMIT_REACHED' };
    cluster.agents.stream('n1').fail(new AgentError('refused', 'the limit is reached', details));
    expect(await cluster.exit).toBe(1);
    expect(cluster.stderr.text).toBe('error: n1: the limit is reached\n');
  });

  test('tells of a filter that no agent takes once, with the place', async () => {
    const cluster = new MemoryCluster(['a@n1', 'b@n2'], { line: '-o json -- tcp xyz' });
    await settle();
    const details = { reason: 'FILTER_SYNTAX', field: 'start.filter', position: 4 };
    for (const node of ['n1', 'n2']) {
      cluster.agents.stream(node).fail(new AgentError('refused', 'syntax error', details));
    }
    await settle();
    expect(await cluster.exit).toBe(2);
    expect(cluster.stderr.text).toContain('error: n1 and n2: syntax error\n  tcp xyz\n      ^\n');
    expect(cluster.agents.of('n1')).toHaveLength(1);
  });
});
