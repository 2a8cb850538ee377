import Long from 'long';
import { describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { accounting, started, summary } from '../../testing/recorded-session.ts';
import { TextSink } from '../../testing/text-sink.ts';
import { Channel } from '../terminal/channel.ts';
import { Reporter } from './reporter.ts';

const { SESSION_STATE_ATTACHING, SESSION_STATE_TRACING } = pwru.v1.SessionState;

function setUp(isTerminal: boolean) {
  const stream = new TextSink();
  const clock = { ms: 0 };
  const reporter = new Reporter({
    channel: new Channel(stream),
    isTerminal,
    quiet: false,
    now: () => clock.ms,
  });
  return { stream, clock, reporter };
}

const attaching = (functionsDone: number) => ({
  state: SESSION_STATE_ATTACHING,
  functionsDone,
  functionsTotal: 1_690,
});
const lost = (events: number) => ({
  state: SESSION_STATE_TRACING,
  accounting: {
    losses: [
      { stage: pwru.v1.LossStage.LOSS_STAGE_KERNEL_RING, events: Long.fromNumber(events, true) },
    ],
  },
});

describe('Reporter', () => {
  test('rewrites progress in place on a terminal, and takes it away before a line', () => {
    const { stream, reporter } = setUp(true);
    reporter.status(attaching(0));
    reporter.status(attaching(1_024));
    reporter.error({ message: 'x', detailLines: [] });
    expect(stream.text).toBe(
      '\r\x1b[KAttaching to 1,690 functions: 0 done\r\x1b[KAttaching to 1,690 functions: 1,024 done\r\x1b[Kerror: x\n',
    );
  });

  test.each([
    [40, 'Attaching to 1,690 functions: on node-1~'.slice(0, 38)],
    [60, 'Attaching to 1,690 functions: on node-1, node-2, node-3 an'],
    [0, 'Attaching to 1,690 functions: on node-1, node-2, node-3 and 4 more nodes'],
  ])('cuts progress so that it does not wrap in %d columns', (width, shown) => {
    const stream = new TextSink();
    const reporter = new Reporter({
      ...{ channel: new Channel(stream), isTerminal: true, quiet: false },
      width: () => width,
      now: () => 0,
    });
    const detail = 'on node-1, node-2, node-3 and 4 more nodes';
    reporter.progress('Attaching to 1,690 functions', detail);
    const cut = width === 0 ? '' : '~';
    expect(stream.text).toBe(`\r\x1b[K${shown}${cut}`);
    expect(stream.text.length - '\r\x1b[K'.length).toBeLessThan(width || 80);
  });

  test('tells progress elsewhere when it begins and every five seconds', () => {
    const { stream, clock, reporter } = setUp(false);
    for (const [ms, done] of [
      [0, 0],
      [100, 10],
      [4_999, 500],
      [5_000, 600],
      [5_100, 700],
    ] as const) {
      clock.ms = ms;
      reporter.status(attaching(done));
    }
    expect(stream.text).toBe(
      'Attaching to 1,690 functions\nAttaching to 1,690 functions: 600 done\n',
    );
  });

  test('tells growing losses at most once a second', () => {
    const { stream, clock, reporter } = setUp(false);
    for (const [ms, events] of [
      [0, 0],
      [10, 1],
      [500, 2],
      [1_009, 3],
      [1_010, 4],
      [9_000, 4],
    ] as const) {
      clock.ms = ms;
      reporter.status(lost(events));
    }
    expect(stream.text).toBe(
      'Lost 1 event so far: kernel ring full 1\nLost 4 events so far: kernel ring full 4\n',
    );
  });

  test('drops lines about state, and no others, while standard error takes no more', async () => {
    const { stream, clock, reporter } = setUp(false);
    stream.hold();
    reporter.note('first');
    for (let second = 1; second <= 1_000; second++) {
      clock.ms = second * 1_000;
      reporter.status(lost(second));
    }
    reporter.summary(new pwru.v1.Summary(summary), { shownEvents: 9, unexpectedEnd: undefined });
    stream.release();
    await new Promise(setImmediate);
    expect(stream.text.split('\n')).toHaveLength(4);
  });

  test('shows nothing that could drive a terminal', () => {
    const { stream, reporter } = setUp(false);
    reporter.started(new pwru.v1.Started({ ...started, node: '\x1b[2J', notices: ['a\nb'] }));
    expect(stream.text).toContain('on \\x1b[2J (');
    expect(stream.text).toContain('Note: a\\x0ab\n');
  });

  test('counts as events what was to be shown, and no ends that nobody sees', () => {
    const { stream, reporter } = setUp(false);
    const delivered = { deliveredEvents: Long.fromNumber(12), deliveredEnds: Long.fromNumber(3) };
    const counts = { shownEvents: 9, unexpectedEnd: undefined };
    const withEnds = { ...summary, accounting: { ...accounting, ...delivered } };
    reporter.summary(new pwru.v1.Summary(withEnds), counts);
    expect(stream.text).toContain(' 9 events delivered, 0 lost');
  });

  test('names in the summary what is not zero', () => {
    const { stream, reporter } = setUp(false);
    const extra = {
      ...accounting,
      losses: [],
      withheldEvents: Long.fromNumber(40, true),
      undecidedHits: Long.fromNumber(2, true),
      identityEvictions: Long.fromNumber(5, true),
      identityFailures: Long.fromNumber(6, true),
      deliveredEvents: Long.MAX_UNSIGNED_VALUE,
    };
    const more = new pwru.v1.Summary({ ...summary, accounting: extra });
    reporter.summary(more, { shownEvents: 1, unexpectedEnd: 'why' });
    expect(stream.text).toBe(
      'Traced for 12.3 s (why): 1,690 functions attached, 1 refused, 8 hit\n' +
        '7 packets, 18,446,744,073,709,551,615 events delivered, 1 shown, 40 of packets that were not lost held back, ' +
        '0 lost, 3 missed, 2 undecided, 5 packets no longer followed, 6 packets without identity\n',
    );
  });
});
