import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dryRunCluster } from '../../plugin/src/commands/trace/dry-run.ts';
import { traceOptions } from '../../plugin/testing/follow-line.ts';
import { sendUdp } from '../scenario/traffic.ts';
import { bpfLinks, eventually, TestAgent } from '../support/agent.ts';
import { AgentPods } from '../support/agent-pods.ts';
import { hostMachine } from '../support/host-machine.ts';
import { NodesTrace } from '../support/nodes-trace.ts';
import { makeVethPair, serverAddress, type VethPair } from '../support/veth-pair.ts';

const PORT = 5_000;
const filter = ['--', 'udp', 'port', String(PORT)];

/** Two agents on this machine's kernel, as on two nodes of a cluster: both see every packet. */
describe('one trace over two agents', () => {
  let agents: AgentPods;
  let veth: VethPair;
  let first: TestAgent;
  let second: TestAgent;

  beforeEach(async () => {
    veth = await makeVethPair(hostMachine);
    [first, second] = await Promise.all([
      TestAgent.start(hostMachine, '--node-name n1'),
      TestAgent.start(hostMachine, '--node-name n2'),
    ]);
    agents = new AgentPods(['n1', 'n2', 'n3']);
    agents.set('n1', first.socket);
    agents.set('n2', second.socket);
  });

  afterEach(async () => {
    await first[Symbol.asyncDispose]();
    await second[Symbol.asyncDispose]();
    await veth[Symbol.asyncDispose]();
  });

  const send = (count: number) =>
    sendUdp(hostMachine, { netns: veth.client, address: serverAddress[4], port: PORT, count });

  test('gives what both see, each event once, in the order of time', async () => {
    await using trace = await NodesTrace.start(agents, ['n1', 'n2'], filter);
    for (let round = 0; round < 5; round++) await send(100);
    await trace.untilQuiet();
    const { exitCode, lines, stderr } = await trace.stop();
    expect(stderr).toMatch(/^Tracing every packet on n1 and n2 \(.+\): [\d,]+ functions by \S+/m);
    expect(exitCode).toBe(0);
    const events = lines.filter(({ type }) => type === 'event');
    const times = events.map(({ time }) => time);
    expect(times).toEqual([...times].sort());
    const [ofFirst, ofSecond] = ['n1', 'n2'].map((node) =>
      events.filter((one) => one.node === node),
    );
    expect(ofFirst?.length).toBeGreaterThanOrEqual(500);
    expect(ofSecond?.length).toBe(ofFirst?.length);
    // Were one node's events printed after the other's, there would be a few changes; merged there are very many.
    const changes = events.filter(({ node }, index) => node !== events[index - 1]?.node).length;
    expect(changes).toBeGreaterThan(500);
    const keys = events.map(({ node, packetId, bootTimeNs, function: { name } = { name: '' } }) =>
      [node, packetId, bootTimeNs, name].join(' '),
    );
    expect(new Set(keys).size).toBe(events.length);
    const summary = lines.find(({ type }) => type === 'summary');
    expect(summary?.nodes?.map(({ node, complete }) => ({ node, complete }))).toEqual([
      { node: 'n1', complete: true },
      { node: 'n2', complete: true },
    ]);
    const produced = summary?.nodes?.reduce((sum, one) => sum + one.producedEvents, 0);
    expect(produced).toBe(events.length);
  });

  test('shows a gap where an agent was killed, and goes on with the one that comes after it', async () => {
    await using trace = await NodesTrace.start(agents, ['n1', 'n2'], filter);
    await send(20);
    agents.set('n2', undefined);
    second.process.signal('SIGKILL');
    await trace.untilStderr(/^n2: lost, tried again: .+$/m);
    await send(20);
    await second[Symbol.asyncDispose]();
    second = await TestAgent.start(hostMachine, '--node-name n2');
    agents.set('n2', second.socket);
    await trace.untilStderr(/^n2: traced again, after it was not for [\d.]+ s from .+$/m);
    await send(20);
    await trace.untilQuiet();
    const { exitCode, lines, stderr } = await trace.stop();
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^Traced for .+; 1 gap$/m);
    expect(stderr).toMatch(/^Partial trace: 1 gap$/m);
    const gap = lines.find(({ type }) => type === 'gap');
    expect(gap?.node).toBe('n2');
    const states = lines.filter(({ type, node }) => type === 'node' && node === 'n2');
    expect(states.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['connecting', 'attaching', 'tracing', 'reconnecting', 'ended']),
    );
    const inGap = (one: { time: string }) =>
      gap !== undefined && one.time > (gap.from ?? '') && one.time < (gap.to ?? '');
    const events = lines.filter(({ type }) => type === 'event');
    expect(events.filter((one) => one.node === 'n2' && inGap(one))).toEqual([]);
    expect(events.filter((one) => one.node === 'n1' && inGap(one)).length).toBeGreaterThan(0);
    const after = events.filter((one) => one.node === 'n2' && one.time > (gap?.to ?? ''));
    expect(after.length).toBeGreaterThanOrEqual(20);
  });

  test('ends with exit code 3 when an agent never comes back, and names a node without one at once', async () => {
    await using trace = await NodesTrace.start(agents, ['n1', 'n2', 'n3'], filter);
    expect(trace.stderr).toMatch(
      /^n3: not traced: DaemonSet pwru-agent in namespace pwru has no pod there$/m,
    );
    agents.set('n2', undefined);
    second.process.signal('SIGKILL');
    await trace.untilStderr(/^n2: lost, tried again: .+$/m);
    await send(20);
    await trace.untilQuiet();
    const beganMs = performance.now();
    const { exitCode, lines, stderr } = await trace.stop();
    expect(performance.now() - beganMs).toBeLessThan(2_000);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^ {2}n2: .*not traced since /m);
    expect(
      lines.filter(({ type, to }) => type === 'gap' && to === null).map(({ node }) => node),
    ).toEqual(['n2', 'n3']);
    expect(lines.filter(({ type }) => type === 'event').length).toBeGreaterThanOrEqual(20);
  });

  test('comes back from a stalled agent, and leaves nothing attached', async () => {
    await using trace = await NodesTrace.start(agents, ['n1', 'n2'], filter);
    second.process.signal('SIGSTOP');
    const stoppedAtMs = performance.now();
    await trace.untilStderr(/^n2: lost, tried again: nothing came for 5 s$/m);
    expect(performance.now() - stoppedAtMs).toBeLessThan(10_000);
    second.process.signal('SIGCONT');
    await trace.untilStderr(/^n2: traced again, after it was not for /m);
    const { exitCode } = await trace.stop();
    expect(exitCode).toBe(3);
    await eventually(
      'no link is left',
      20_000,
      async () => (await bpfLinks(hostMachine)).length === 0,
    );
  });

  test('is told beforehand, with nothing attached', async () => {
    const printed: string[] = [];
    const exitCode = await dryRunCluster(agents, {
      options: traceOptions('node/n1 node/n2 node/n3'),
      print: (lines) => printed.push(...lines),
      note: () => {},
    });
    expect(exitCode).toBe(3);
    expect(printed.slice(-3)).toEqual([
      expect.stringMatching(/^n1: [\d,]+ functions? by \S+.* \(.+, agent \d+\.\d+\.\d+\)$/),
      expect.stringMatching(/^n2: [\d,]+ functions? by /),
      'n3: not traced: DaemonSet pwru-agent in namespace pwru has no pod there',
    ]);
    expect(await first.bpfFds()).toEqual([]);
  });
});
