import Long from 'long';
import { describe, expect, test } from 'vitest';
import { pass, playTime, settle } from '../../../test/support/played-time.ts';
import { MemoryCluster } from '../../testing/memory-cluster.ts';
import { at, batch, begun, lost, watermark } from '../../testing/played-cluster.ts';
import { dictionaryEntries } from '../../testing/recorded-session.ts';

playTime();

describe('events of several nodes', () => {
  test('are printed in the order of time, a watermark behind', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.send('n1', batch(at(10), at(30)));
    await settle();
    expect(cluster.lines).toEqual([]);
    cluster.send('n2', batch(at(20)), watermark(25));
    await settle();
    expect(cluster.lines.map(({ node }) => node)).toEqual(['n1', 'n2']);
    cluster.send('n2', watermark(100));
    await settle();
    expect(cluster.lines.map(({ node }) => node)).toEqual(['n1', 'n2', 'n1']);
  });

  test('are put right by clocks that are known to differ', async () => {
    const cluster = new MemoryCluster(['a@n1', 'b@n2'], {
      prepare: (agents) => {
        agents.clocks.set('n1', { offsetNs: 0n, uncertaintyNs: 100_000n });
        agents.clocks.set('n2', { offsetNs: 1_000_000_000n, uncertaintyNs: 100_000n });
      },
    });
    await settle();
    cluster.start('n1', 'n2');
    cluster.send('n1', batch(at(10), at(30)));
    // The same clock reads a second more there.
    cluster.send('n2', batch(at(1_020), at(1_040)));
    cluster.send('n1', watermark(100));
    cluster.send('n2', watermark(1_100));
    await settle();
    expect(cluster.lines.map(({ node }) => node)).toEqual(['n1', 'n2', 'n1', 'n2']);
    expect(cluster.lines.map(({ time }) => time)).toEqual([
      '2026-11-22T17:28:54.133456789Z',
      '2026-11-22T17:28:55.143456789Z',
      '2026-11-22T17:28:54.153456789Z',
      '2026-11-22T17:28:55.163456789Z',
    ]);
  });

  test('come with how the clocks are, for a program that asks for states', async () => {
    const cluster = new MemoryCluster(['a@n1', 'b@n2', 'c@n3'], {
      line: '-o json --include-status',
      prepare: (agents) => {
        agents.clocks.set('n1', { offsetNs: -250_000n, uncertaintyNs: 100_000n });
        agents.clocks.set('n2', { offsetNs: 3_700_000_000n, uncertaintyNs: 1_500_000n });
      },
    });
    await settle();
    cluster.start('n1', 'n2', 'n3');
    await settle();
    const tracing = cluster.lines.filter(({ state }) => state === 'tracing');
    const clocks = tracing.map((line) => [
      line['node'],
      line['clockOffsetMs'],
      line['clockUncertaintyMs'],
      line['clockCorrectionMs'],
    ]);
    expect(clocks).toEqual([
      ['n1', -0.25, 0.1, 0],
      ['n2', 3_700, 1.5, 3_700.25],
      ['n3', null, null, 0],
    ]);
  });

  test('have the names that held when they happened, each in its session', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    const named = (name: string) => ({
      dictionary: {
        entries: [
          { id: 1, networkNamespace: { inode: 7, pod: { namespace: 'demo', name, uid: 'u' } } },
          ...dictionaryEntries.slice(0, 1),
        ],
      },
    });
    const inSeven = (ms: number) => at(ms, { netnsInode: 7 });
    cluster.send(
      'n1',
      named('web-1'),
      batch(inSeven(1), inSeven(2)),
      named('web-2'),
      batch(inSeven(3)),
    );
    cluster.agents.stream('n1').fail(lost());
    await pass(2_000);
    cluster.start('n1');
    cluster.send('n1', batch(inSeven(4)));
    await pass(300);
    const pods = cluster.lines.map(
      (line) => (line['netns'] as { pod: { name: string } | null }).pod,
    );
    expect(pods.map((pod) => pod?.name)).toEqual(['web-1', 'web-1', 'web-2', undefined]);
  });

  test('of one packet stay together with --drops', async () => {
    const cluster = await begun(['a@n1', 'b@n2'], '-o json --drops');
    const packet = (id: number) => ({ packetId: Long.fromNumber(id, true) });
    cluster.send('n1', batch(at(10, packet(1)), at(20, packet(1)), at(30, packet(1))));
    cluster.send('n2', batch(at(15, packet(1)), at(25, packet(1))));
    await settle();
    expect(cluster.lines.map(({ node }) => node)).toEqual(['n1', 'n1', 'n1', 'n2', 'n2']);
  });
});
