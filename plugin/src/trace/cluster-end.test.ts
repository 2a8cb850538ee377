import { describe, expect, test, vi } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { pass, playTime, settle } from '../../../test/support/played-time.ts';
import { MemoryCluster } from '../../testing/memory-cluster.ts';
import { at, batch, begun, live, lost, stopped } from '../../testing/played-cluster.ts';
import { lossySummary, summary } from '../../testing/recorded-session.ts';
import { AgentError } from '../agents/agent-client.ts';

const { SessionState } = pwru.v1;

playTime();

describe('the end', () => {
  test('comes within two seconds of Ctrl-C, whatever a node does', async () => {
    const cluster = await begun(['a@n1', 'b@n2', 'c@n3']);
    await live(cluster, 1_000, 'n1', 'n2', 'n3');
    cluster.run.stop('interrupt');
    cluster.send('n1', { summary });
    cluster.send('n3', { status: { state: SessionState.SESSION_STATE_DETACHING } }, { summary });
    let exitCode: number | undefined;
    void cluster.exit.then((code) => {
      exitCode = code;
    });
    await pass(1_799);
    expect(exitCode).toBeUndefined();
    await pass(1);
    expect(exitCode).toBe(0);
    expect(cluster.agents.stream('n2').cancelled).toBe(true);
    expect(cluster.stderr.text).toContain(
      'n2 did not confirm the end in time; sessions end by themselves\nTraced for ',
    );
    expect(cluster.stderr.text).toMatch(/^ {2}n2: .*; at least 7 packets/m);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is there at once when all have confirmed, however long their probes take to go', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.run.stop('interrupt');
    cluster.send('n1', { summary: lossySummary });
    cluster.send('n2', { summary: lossySummary });
    await settle();
    expect(await cluster.exit).toBe(3);
    expect(cluster.stderr.text).toContain(
      'Traced for 0.0 s: 2 pods on 2 nodes, 1,690 functions by kprobe.multi, 1 refused, up to 8 hit\n' +
        '7 to 14 packets (seen on 2 nodes), 18 events delivered, 0 shown, 2,468 lost (kernel ring full 2,000, agent queue 468), 6 missed, 0 undecided\n' +
        '  n1: 1,690 functions by kprobe.multi, 1 refused, 8 hit; 7 packets, 9 events delivered, 1,234 lost (kernel ring full 1,000, agent queue 234), 3 missed, 0 undecided\n',
    );
  });

  test('after --limit events of all nodes together', async () => {
    const cluster = await begun(['a@n1', 'b@n2'], '-o json --limit=5');
    cluster.send('n1', batch(at(1), at(3), at(5), at(7)));
    cluster.send('n2', batch(at(2), at(4), at(6), at(8)));
    await settle();
    expect(cluster.asked('n1')).toContain('stop');
    expect(cluster.asked('n2')).toContain('stop');
    cluster.send('n1', { summary });
    cluster.send('n2', { summary });
    expect(await cluster.exit).toBe(0);
    expect(cluster.lines.map(({ node }) => node)).toEqual(['n1', 'n2', 'n1', 'n2', 'n1']);
  });

  test('after --timeout since all nodes were ready', async () => {
    const cluster = new MemoryCluster(['a@n1', 'b@n2'], { line: '-o json --timeout=3s' });
    await settle();
    cluster.start('n1');
    await live(cluster, 4_000, 'n1');
    cluster.start('n2');
    await live(cluster, 2_999, 'n1', 'n2');
    expect(cluster.asked('n1')).not.toContain('stop');
    await pass(1);
    expect(cluster.asked('n1')).toContain('stop');
    cluster.send('n1', { summary });
    cluster.send('n2', { summary });
    expect(await cluster.exit).toBe(0);
  });

  test('when the reader goes away stops all, with exit code 0', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.stdout.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await settle();
    expect(cluster.asked('n2')).toContain('stop');
    cluster.send('n1', { summary });
    cluster.send('n2', { summary });
    expect(await cluster.exit).toBe(0);
    expect(cluster.stderr.text).toContain('Traced for ');
  });

  test('during a lost connection does not wait for it, and is partial', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.agents.refuse('n2', new AgentError('unreachable', 'x'));
    cluster.agents.stream('n2').fail(lost());
    await settle();
    cluster.run.stop('interrupt');
    cluster.send('n1', { summary });
    await settle();
    expect(await cluster.exit).toBe(3);
    expect(cluster.stderr.text).toMatch(/^ {2}n2: .*; not traced since 17:29:00\.000Z \(/m);
  });

  test('does not take the summary of a session before for the last one', async () => {
    const cluster = await begun(['a@n1']);
    cluster.stdout.hold();
    cluster.send('n1', batch(at(1)));
    await settle();
    const reason = pwru.v1.EndReason.END_REASON_AGENT_SHUTDOWN;
    cluster.send('n1', batch(at(2)), { summary: { ...summary, reason } });
    cluster.agents.stream('n1').end();
    await pass(1_000);
    cluster.start('n1');
    await settle();
    cluster.run.stop('timeout');
    cluster.stdout.release();
    await pass(1_000);
    expect(cluster.stderr.text).not.toContain('Traced for');
    cluster.send('n1', { summary });
    expect(await cluster.exit).toBe(3);
    expect(cluster.stderr.text).toContain('\n14 packets, 18 events delivered, 2 shown, ');
  });

  test('is quiet with -q, but for what is missing', async () => {
    const cluster = await begun(['a@n1', 'b@n2'], '-o json -q');
    cluster.agents.refuse('n2', new AgentError('unreachable', 'x'));
    cluster.agents.stream('n2').fail(lost('y'));
    await live(cluster, 1_000, 'n1');
    cluster.run.stop('interrupt');
    cluster.send('n1', { summary: lossySummary });
    await settle();
    await cluster.exit;
    expect(cluster.stderr.text).toBe(
      'n2: lost, tried again: y\nLost 1,234 events: kernel ring full 1,000, agent queue 234\n',
    );
  });
});

describe('--include-status', () => {
  test('tells states, gaps and the sum between the events', async () => {
    const cluster = await begun(['a@n1'], '-o json --include-status');
    cluster.send('n1', batch(at(1)));
    await settle();
    expect(await stopped(cluster, 'n1')).toBe(0);
    expect(cluster.lines.map(({ type, state }) => state ?? type)).toEqual([
      ...['connecting', 'tracing', 'event', 'ended', 'summary'],
    ]);
    expect(cluster.lines.at(-1)).toEqual({
      unseenPods: [],
      ...{ type: 'summary', time: '2026-11-22T17:29:00.000Z', durationMs: 0, shownEvents: 1 },
      complete: true,
      nodes: [
        {
          ...{ node: 'n1', complete: true, backend: 'kprobe.multi', functionsAttached: 1_690 },
          rejectedBackends: [
            { name: 'fentry.multi', reason: 'kernel 6.12 has no fentry.multi (7.2 has)' },
          ],
          ...{ packets: 7, producedEvents: 9, deliveredEvents: 9, withheldEvents: 0 },
          deliveredEnds: 0,
          droppedPackets: {},
          ...{ lostEvents: 0, missedHits: 3, undecidedHits: 0, blindSoftirqs: 0, identityCut: 0 },
        },
      ],
    });
  });

  test('tells what an agent notices, once, also what only its summary says', async () => {
    const cluster = await begun(['a@n1'], '-o json --include-status');
    const { SESSION_STATE_TRACING: state } = SessionState;
    cluster.send('n1', { status: { state, notices: ['module a'] } });
    cluster.send('n1', { status: { state, notices: ['module a', 'module b'] } });
    cluster.send('n1', { status: { state } });
    cluster.send('n1', { summary: { ...summary, notices: ['module a', 'module b', 'module c'] } });
    cluster.run.stop('interrupt');
    await cluster.exit;
    const notices = cluster.lines.filter(({ type }) => type === 'notice');
    expect(notices.map(({ node, text }) => [node, text])).toEqual([
      ['n1', 'module a'],
      ['n1', 'module b'],
      ['n1', 'module c'],
    ]);
    expect(cluster.stderr.text.match(/^n1: module [abc]$/gm)).toEqual([
      'n1: module a',
      'n1: module b',
      'n1: module c',
    ]);
  });
});
