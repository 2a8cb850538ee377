import Long from 'long';
import { describe, expect, test, vi } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { playTime, settle } from '../../../test/support/played-time.ts';
import { MemoryCluster } from '../../testing/memory-cluster.ts';
import { begun, lost } from '../../testing/played-cluster.ts';
import { accounting, summary } from '../../testing/recorded-session.ts';

playTime();

const long = (value: number) => Long.fromNumber(value, true);

/** What the summary of a trace of pod a on n1 says behind what it came to. */
async function hints(
  flags: string,
  more: pwru.v1.Accounting.$Properties = {},
  targets: readonly string[] = ['a@n1'],
) {
  const cluster = await begun(targets, flags);
  const nothing = { producedEvents: Long.UZERO, deliveredEvents: Long.UZERO, packets: Long.UZERO };
  cluster.run.stop('timeout');
  const account = { ...accounting, ...nothing, missedHits: Long.UZERO, ...more };
  for (const node of cluster.follower.state.nodes.keys()) {
    cluster.send(node, { summary: { ...summary, accounting: account } });
  }
  await settle();
  await cluster.exit;
  expect(cluster.stdout.text).not.toContain('To see more');
  const lines = cluster.stderr.text.split('\n').slice(0, -1);
  return lines.slice(lines.findIndex((line) => /^\d+ packets?/.test(line)) + 1);
}

describe('a trace that saw nothing', () => {
  test('says since when it looked, what leaves packets out, and how to look elsewhere', async () => {
    vi.advanceTimersByTime(4_100);
    expect(await hints('-o json --ifname eth0 -- tcp port 80')).toEqual([
      expect.stringMatching(
        /^No packet was seen since tracing began, \d+\.\d s after the command$/,
      ),
      'To see more: leave out the filter "tcp port 80" and --ifname; --all-nodes in place of the targets, to trace more than n1',
    ]);
  });

  test.each([
    ['--mark 1', '--mark'],
    ['--func tcp_.*', '--func'],
    ['--dst-port 80', 'the filter "dst port 80"'],
  ])('names %s', async (flags, named) => {
    expect((await hints(`-o json ${flags}`))[1]).toContain(`leave out ${named}; `);
  });

  test('of a service names the flag that shows more of its pods', async () => {
    const cluster = new MemoryCluster(['a@n1'], { targets: 'svc/web' });
    await settle();
    cluster.start('n1');
    await settle();
    cluster.run.stop('timeout');
    cluster.send('n1', { summary: { ...summary, accounting: {} } });
    await settle();
    await cluster.exit;
    expect(cluster.stderr.text).toContain(
      '\nTo see more: --all-ports; --all-nodes, to trace more than n1\n',
    );
  });

  test('says of how many hits the filter could not tell', async () => {
    const [first] = await hints('-o json -- tcp[13] = 2', { undecidedHits: long(7) });
    expect(first).toMatch(/; of 7 hits the filter could not tell$/);
  });

  test('with --drops says that packets were seen, and where they may have died', async () => {
    expect(
      await hints('-o json --drops', {
        producedEvents: long(20),
        withheldEvents: long(20),
        packets: long(2),
      }),
    ).toEqual([
      'None of 2 packets was lost: without --drops their way is shown',
      'What becomes of them elsewhere: --all-nodes in place of the targets, to trace more than n1',
    ]);
  });

  test('does not say that nothing was lost when it is not known', async () => {
    const lines = await hints('-o json --drops', {
      withheldEvents: long(20),
      packets: long(2),
      droppedPackets: [{ dropClass: pwru.v1.DropClass.DROP_CLASS_NOT_KNOWN, packets: long(1) }],
    });
    expect(lines).toContain('1 packet of 2 may be lost: --drops=all shows them');
    expect(lines.join()).not.toContain('None of');
  });

  test('with -q says nothing', async () => {
    expect((await hints('-o json -q')).join()).not.toContain('No packet');
  });
});

test('a trace that showed or lost something says nothing of the kind', async () => {
  const shown = { producedEvents: long(1), deliveredEvents: long(1), packets: long(1) };
  expect(await hints('-o json', shown)).toEqual([]);
  const losses = [{ stage: pwru.v1.LossStage.LOSS_STAGE_KERNEL_RING, cpu: 0, events: long(5) }];
  expect(await hints('-o json', { producedEvents: long(5), losses })).toEqual([
    'Partial trace: 5 events lost',
  ]);
});

test('a trace whose agent told nothing says nothing of the kind', async () => {
  const cluster = await begun(['a@n1']);
  cluster.agents.stream('n1').fail(lost());
  await settle();
  cluster.run.stop('interrupt');
  await cluster.exit;
  expect(cluster.stderr.text).not.toMatch(/No packet|None of/);
});
