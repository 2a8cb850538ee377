import Long from 'long';
import { describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { pass, playTime, settle } from '../../../test/support/played-time.ts';
import { at, batch, begun, live, lost, stopped } from '../../testing/played-cluster.ts';
import { events, started, summary } from '../../testing/recorded-session.ts';
import { AgentError } from '../agents/agent-client.ts';

const { EndReason } = pwru.v1;

playTime();

describe('a node that is lost', () => {
  test('is asked again for the same and for the pods of now, and the gap is told', async () => {
    const cluster = await begun(['a@n1', 'b@n2'], '-o json --include-status');
    await live(cluster, 2_000, 'n1', 'n2');
    cluster.agents.stream('n2').fail(lost());
    await settle();
    expect(cluster.stderr.text).toContain('n2: lost, tried again: Connection dropped\n');
    cluster.move(['a@n1', 'b@n2', 'c@n2']);
    await live(cluster, 1_000, 'n1');
    const [first, second] = cluster.agents.of('n2');
    const pods = (agent: typeof first) => agent?.start?.targets?.map(({ pod }) => pod?.name);
    expect([pods(first), pods(second)]).toEqual([['b'], ['b', 'c']]);
    expect({ ...second?.start, targets: [] }).toEqual({ ...first?.start, targets: [] });
    cluster.start('n2');
    await settle();
    const from = '17:29:01.000Z';
    expect(cluster.stderr.text).toMatch(
      new RegExp(
        `^n2: traced again, after it was not for 2\\.0 s from ${from} \\(Connection dropped\\)$`,
        'm',
      ),
    );
    expect(cluster.lines.find(({ type }) => type === 'gap')).toEqual({
      ...{ type: 'gap', time: '2026-11-22T17:29:03.000Z', node: 'n2' },
      ...{ from: `2026-11-22T${from}`, to: '2026-11-22T17:29:03.000Z' },
      cause: 'Connection dropped',
    });
    expect(await stopped(cluster, 'n1', 'n2')).toBe(3);
    expect(cluster.stderr.text).toMatch(/^Traced for 3\.0 s: 3 pods on 2 nodes, .+; 1 gap$/m);
    expect(cluster.stderr.text).toMatch(
      /^At least 14 to 21 packets \(seen on 2 nodes\), 27 events delivered, 0 shown, /m,
    );
  });

  test('shows by its session that a packet is none of those before, whatever its number', async () => {
    const cluster = await begun(['a@n2'], '-o json');
    const packet = { packetId: Long.fromNumber(7, true) };
    cluster.send('n2', batch(at(1, packet)));
    await settle();
    cluster.agents.stream('n2').fail(lost());
    await pass(1_000);
    cluster.send('n2', { started: { ...started, node: 'n2', sessionId: 's-2' } });
    cluster.send('n2', batch(at(2_000, packet)));
    await settle();
    const shown = cluster.lines.map(({ node, session, packetId, sinceFirstNs }) => ({
      ...{ node, session, packetId, sinceFirstNs },
    }));
    expect(shown).toEqual([
      { node: 'n2', session: 's-1', packetId: '7', sinceFirstNs: 0 },
      { node: 'n2', session: 's-2', packetId: '7', sinceFirstNs: 0 },
    ]);
    await stopped(cluster, 'n2');
  });

  test('is taken for lost when nothing came for 5 s, but not while nothing is read', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.stdout.hold();
    const many = Array.from({ length: 3_000 }, () => batch(...events));
    cluster.send('n1', ...many);
    await live(cluster, 30_000, 'n2');
    const { pulled, cancelled } = cluster.agents.stream('n1');
    expect(pulled).toBeLessThan(2_999);
    expect(cancelled).toBe(false);
    cluster.stdout.release();
    await live(cluster, 4_999, 'n2');
    expect(cluster.agents.stream('n1').cancelled).toBe(false);
    await live(cluster, 10, 'n2');
    expect(cluster.agents.of('n1')[0]?.stream.cancelled).toBe(true);
    expect(cluster.stderr.text).toContain('n1: lost, tried again: nothing came for 5 s\n');
    expect(cluster.agents.of('n2')).toHaveLength(1);
    const printed = cluster.lines.filter(({ node }) => node === 'n1');
    expect(printed).toHaveLength(3_000 * events.length);
  });

  test('is called gone after a minute, is tried further, and makes the trace partial', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.agents.refuse('n2', new AgentError('unreachable', 'Cannot reach the agent at n2: x'));
    cluster.agents.stream('n2').fail(lost());
    await live(cluster, 59_000, 'n1');
    expect(cluster.stderr.text).not.toContain('n2: gone');
    await live(cluster, 20_000, 'n1');
    expect(cluster.stderr.text).toContain('n2: gone: x\n');
    cluster.send('n1', batch(at(1)));
    await settle();
    expect(cluster.lines).toHaveLength(1);
    cluster.agents.restore('n2');
    await settle();
    expect(cluster.agents.of('n2')).toHaveLength(2);
    cluster.agents.stream('n2').fail(lost());
    await settle();
    expect(await stopped(cluster, 'n1')).toBe(3);
  });

  test('is tried again with growing pauses, at once when its agent is another one', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.agents.remove('n2', 'pod pwru/pwru-agent-x is not ready: ContainerCreating');
    cluster.agents.stream('n2').fail(lost());
    await live(cluster, 9_000, 'n1');
    cluster.agents.restore('n2');
    await settle();
    expect(cluster.agents.of('n2')).toHaveLength(2);
    expect(cluster.stderr.text).toContain(
      'n2: lost, tried again: pod pwru/pwru-agent-x is not ready: ContainerCreating\n',
    );
    cluster.start('n2');
    await settle();
    expect(await stopped(cluster, 'n1', 'n2')).toBe(3);
  });

  test.each([
    ['because its agent goes', EndReason.END_REASON_AGENT_SHUTDOWN, 2],
    ['because the client was not heard', EndReason.END_REASON_LEASE_EXPIRED, 2],
    ['because an operator stopped it', EndReason.END_REASON_STOPPED_BY_OPERATOR, 1],
    ['because it was as long as is allowed', EndReason.END_REASON_MAX_DURATION, 1],
  ])('%s is asked again only if that may be better', async (_, reason, sessions) => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.send('n2', { summary: { ...summary, reason } });
    cluster.agents.stream('n2').end();
    await live(cluster, 2_000, 'n1');
    expect(cluster.agents.of('n2')).toHaveLength(sessions);
    if (sessions === 2) cluster.start('n2');
    await settle();
    expect(await stopped(cluster, ...(sessions === 2 ? ['n1', 'n2'] : ['n1']))).toBe(3);
  });

  test('is tried again when credentials have expired, saying so', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.agents.refuse('n2', new AgentError('forbidden', 'error: You must be logged in'));
    cluster.agents.stream('n2').fail(lost());
    await live(cluster, 8_000, 'n1');
    expect(cluster.stderr.text).toContain('n2: lost, tried again: error: You must be logged in\n');
    cluster.agents.restore('n2');
    await settle();
    expect(cluster.agents.of('n2')).toHaveLength(2);
  });

  test('ends the trace with exit code 3 when it was the last one', async () => {
    const cluster = await begun(['a@n1']);
    cluster.agents.refuse('n1', new AgentError('unreachable', 'x'));
    cluster.agents.stream('n1').fail(lost());
    await pass(80_000);
    expect(await cluster.exit).toBe(3);
    expect(cluster.stderr.text).toContain('error: The trace has ended: no node is left');
  });

  test('that sends what cannot be understood is not asked again', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.agents.stream('n2').pushBytes(Uint8Array.of(0x1a, 0x02, 0x0a, 0x05));
    await live(cluster, 3_000, 'n1');
    expect(cluster.stderr.text).toMatch(/^n2: gone: Cannot understand the agent: /m);
    expect(cluster.agents.of('n2')).toHaveLength(1);
    expect(await stopped(cluster, 'n1')).toBe(3);
  });
});
