import { describe, expect, test, vi } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { pass, playTime, settle } from '../../../test/support/played-time.ts';
import { MemoryAgent } from '../../testing/memory-agent.ts';
import {
  accounting,
  dictionaryEntries,
  events,
  lossySummary,
  recordedResponses,
  started,
  summary,
} from '../../testing/recorded-session.ts';
import { TextSink } from '../../testing/text-sink.ts';
import { AgentError } from '../agents/agent-client.ts';
import { parseCommand } from '../cli/parse-command.ts';
import { singleTrace } from '../commands/trace/single-trace.ts';
import { JsonRenderer } from '../render/json.ts';
import { PrintedEvents } from '../render/printed-events.ts';
import { Reporter } from '../report/reporter.ts';
import { Channel } from '../terminal/channel.ts';

function setUp(...args: string[]) {
  const command = parseCommand(['--local', ...args]);
  if (command.kind !== 'trace') throw new Error(`Got ${command.kind}`);
  const { options } = command;
  const client = new MemoryAgent();
  const stdout = new TextSink();
  const stderr = new TextSink();
  const output = new Channel(stdout);
  output.onClosed(() => run.stop('output-closed'));
  const reporter = new Reporter({
    channel: new Channel(stderr),
    isTerminal: false,
    quiet: options.quiet,
    now: () => performance.now(),
  });
  const printer = new PrintedEvents(new JsonRenderer(), output);
  const run = singleTrace({ client, options, reporter, printer });
  return {
    client,
    stream: client.stream,
    stdout,
    stderr,
    run,
    exit: run.run(),
    rows: () => stdout.text.split('\n').slice(0, -1).length,
    kinds: () => client.stream.requests.map((request) => Object.keys(request).join()),
  };
}

const status = (state: pwru.v1.SessionState, more: pwru.v1.Status.$Properties = {}) => ({
  status: { state, ...more },
});
const { SESSION_STATE_ATTACHING, SESSION_STATE_DETACHING, SESSION_STATE_TRACING } =
  pwru.v1.SessionState;
const begun = [{ started }, { dictionary: { entries: dictionaryEntries } }];

playTime();

describe('TraceRun.run', () => {
  test('asks for what the options say', async () => {
    const { client, stream, exit } = setUp(
      'netns/a',
      'pid/7',
      '--mark=1/3',
      '--all-kmods',
      '--drops',
      '--timeout=5s',
      '--',
      'tcp',
    );
    stream.end();
    await exit;
    expect(client.start).toEqual({
      targets: [{ netnsName: 'a' }, { pid: 7 }],
      filter: 'tcp',
      functionRegex: '',
      backend: '',
      modules: [],
      allModules: true,
      mark: { value: 1, mask: 3 },
      interfaceName: '',
      track: false,
      stack: false,
      dropsOnly: true,
      allDrops: false,
      eventKinds: [pwru.v1.EventKind.EVENT_KIND_END],
      shortRepeats: true,
      clientName: expect.stringMatching(/^kubectl-pwru \d+\.\d+\.\d+ .+@.+ pid \d+$/),
    });
  });

  test('prints a whole session, its status and its summary, and exits with 3 since events were lost', async () => {
    const { run, stream, stderr, exit, rows } = setUp();
    stream.push(...recordedResponses.slice(0, -1));
    await settle();
    run.stop('interrupt');
    stream.push({ summary: lossySummary });
    stream.end();
    expect(await exit).toBe(3);
    expect(rows()).toBe(events.length);
    expect(stderr.text).toBe(
      `${[
        'Preparing',
        'Attaching to 1,691 functions',
        'Tracing 1,690 functions on node-1.example.org (6.12.0-test) by kprobe.multi, 1 refused',
        'fentry.multi is not used: kernel 6.12 has no fentry.multi (7.2 has)',
        'Note: Module nf_tables has no BTF: its functions are not probed',
        'Lost 1,234 events so far: kernel ring full 1,000, agent queue 234',
        'Traced for 12.3 s: 1,690 functions attached, 1 refused, 8 hit',
        '7 packets, 9 events delivered, 1,234 lost (kernel ring full 1,000, agent queue 234), 3 missed, 0 undecided',
        'Partial trace: 1,234 events lost',
      ].join('\n')}\n`,
    );
  });

  test('keeps quiet with -q, but for what was lost', async () => {
    const { run, stream, stderr, exit, rows } = setUp('-q');
    stream.push(...recordedResponses.slice(0, -1));
    await settle();
    run.stop('interrupt');
    stream.push({ summary: lossySummary });
    stream.end();
    expect(await exit).toBe(3);
    expect(rows()).toBe(events.length);
    expect(stderr.text).toBe('Lost 1,234 events: kernel ring full 1,000, agent queue 234\n');
  });

  test('says what leaves packets out when none was seen', async () => {
    const { run, stream, stderr, exit } = setUp('netns/a', '--', 'tcp');
    stream.push(...begun);
    await settle();
    run.stop('timeout');
    stream.push({ summary: { ...summary, accounting: {} } });
    stream.end();
    expect(await exit).toBe(0);
    expect(stderr.text).toMatch(
      /\nNo packet was seen since tracing began, .+ s after the command\nTo see more: leave out the filter "tcp" and netns\/a\n$/,
    );
  });

  test('reads events of a response in an unusual form', async () => {
    const { stream, exit, rows } = setUp();
    stream.push(...begun);
    const part = (event: pwru.v1.Event.$Properties) =>
      pwru.v1.TraceResponse.encode({ events: { events: [event] } }).finish();
    stream.pushBytes(Buffer.concat([part({ cpu: 1 }), part({ cpu: 2 })]));
    stream.push({ summary });
    stream.end();
    await exit;
    expect(rows()).toBe(2);
  });

  test('sends heartbeats from the beginning, then as often as Started says', async () => {
    const { run, stream, exit, kinds } = setUp();
    await pass(10_000);
    expect(kinds()).toEqual(['heartbeat', 'heartbeat']);
    stream.push({ started: { ...started, heartbeatIntervalMs: 1_000 } });
    await pass(3_000);
    expect(kinds()).toEqual(Array(5).fill('heartbeat'));
    run.stop('interrupt');
    stream.end();
    await exit;
    await pass(60_000);
    expect(kinds()).toEqual([...Array(5).fill('heartbeat'), 'stop']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('does not ask for more while standard output takes no more, and heartbeats go on', async () => {
    const { run, stream, stdout, exit, kinds } = setUp();
    stdout.hold();
    stream.push(...begun, ...Array.from({ length: 100 }, () => ({ events: { events } })));
    await pass(30_000);
    expect(stream.pulled).toBe(3);
    expect(kinds()).toEqual(Array(6).fill('heartbeat'));
    stdout.release();
    await settle();
    expect(stream.pulled).toBe(103);
    run.stop('interrupt');
    stream.push({ summary });
    stream.end();
    expect(await exit).toBe(0);
  });

  test('prints exactly --limit events, then stops and exits with 0', async () => {
    const { stream, stderr, exit, rows, kinds } = setUp('--limit=4');
    stream.push(
      ...begun,
      { events: { events: events.slice(0, 3) } },
      { events: { events } },
      { events: { events } },
    );
    await settle();
    expect(kinds()).toEqual(['stop']);
    stream.push({ summary });
    stream.end();
    expect(await exit).toBe(0);
    expect(rows()).toBe(4);
    expect(stderr.text).toContain('9 events delivered, 4 shown, ');
  });

  test('counts --timeout from Started, then stops and exits with 0', async () => {
    const { stream, exit, kinds } = setUp('--timeout=3s', '-q');
    await pass(4_000);
    stream.push({ started });
    await pass(2_999);
    expect(kinds()).toEqual([]);
    await pass(1);
    expect(kinds()).toEqual(['stop']);
    stream.push({ summary });
    stream.end();
    expect(await exit).toBe(0);
  });

  test('stops when the reader of standard output goes away, prints the summary and exits with 0', async () => {
    const { stream, stdout, stderr, exit, kinds } = setUp();
    stream.push(...begun);
    await settle();
    stdout.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await settle();
    expect(kinds()).toEqual(['stop']);
    stream.push({ events: { events } }, { summary });
    stream.end();
    expect(await exit).toBe(0);
    expect(stdout.text).toBe('');
    expect(stderr.text).toContain('Traced for 12.3 s');
  });

  test('exits with 1 when standard output cannot be written', async () => {
    const { stream, stdout, stderr, exit } = setUp('-q');
    stream.push(...begun);
    await settle();
    stdout.destroy(Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' }));
    await settle();
    stream.push({ summary: { ...summary, accounting: {} } });
    stream.end();
    expect(await exit).toBe(1);
    expect(stderr.text).toBe('error: Cannot write to standard output: write ENOSPC\n');
  });
});

describe('TraceRun.stop', () => {
  test('before Started ends with 130, however the agent takes it', async () => {
    for (const finish of ['end', 'fail', 'nothing'] as const) {
      const { run, stream, stderr, exit, kinds } = setUp('-q');
      stream.push(status(SESSION_STATE_ATTACHING));
      await settle();
      run.stop('interrupt');
      run.stop('interrupt');
      expect(kinds()).toEqual(['stop']);
      if (finish === 'end') stream.end();
      if (finish === 'fail')
        stream.fail(new AgentError('refused', 'cancelled', { reason: 'CANCELLED' }));
      await pass(2_000);
      expect(await exit).toBe(130);
      expect(stream.cancelled).toBe(true);
      expect(stderr.text).toBe('');
    }
  });

  test('gives up waiting for the summary of an agent that is silent for ten seconds, prints the last report and exits with 0', async () => {
    const { run, stream, stderr, exit } = setUp();
    stream.push(...begun, status(SESSION_STATE_TRACING, { accounting }));
    await settle();
    run.stop('interrupt');
    await pass(9_999);
    expect(stream.cancelled).toBe(false);
    await pass(1);
    expect(await exit).toBe(0);
    expect(stderr.text).toMatch(
      /The agent did not confirm the end in time; it ends the session by itself\nAt the last report: 7 packets, 9 events delivered, 0 shown, 0 lost/,
    );
  });

  test('waits on while the agent tells how it detaches', async () => {
    const { run, stream, stderr, exit } = setUp();
    stream.push(...begun);
    await settle();
    run.stop('interrupt');
    for (let left = 1_000; left > 0; left -= 100) {
      stream.push(status(SESSION_STATE_DETACHING, { functionsDone: left, functionsTotal: 1_690 }));
      await pass(1_500);
    }
    expect(stream.cancelled).toBe(false);
    stream.push({ summary });
    stream.end();
    expect(await exit).toBe(0);
    expect(stderr.text).toContain('Detaching\n');
    expect(stderr.text).toContain('Detaching: 600 of 1,690 functions left\n');
  });

  test('after an interrupt prints what an agent on a busy machine delivers late', async () => {
    const { run, stream, exit, rows } = setUp();
    stream.push(...begun);
    await settle();
    run.stop('interrupt');
    await pass(1_500);
    stream.push({ events: { events } }, { summary });
    stream.end();
    expect(await exit).toBe(0);
    expect(rows()).toBe(events.length);
  });

  test('gives a slow reader one second in all, then only lets events through to the summary', async () => {
    const { run, stream, stdout, stderr, exit, rows } = setUp();
    stream.push(...begun);
    await settle();
    run.stop('interrupt');
    for (const heldMs of [600, 400]) {
      stdout.hold();
      stream.push({ events: { events } });
      await pass(heldMs);
      stdout.release();
      await settle();
    }
    stream.push({ events: { events } }, { summary });
    stream.end();
    expect(await exit).toBe(0);
    expect(rows()).toBe(2 * events.length);
    expect(stderr.text).toContain(`${2 * events.length} shown`);
  });

  test.each(['--timeout=1s', '--limit=18'])(
    'with %s waits for a slow reader, until interrupted',
    async (flag) => {
      const { run, stream, stdout, exit, rows } = setUp(flag);
      stream.push(...begun, { events: { events } });
      await settle();
      stdout.hold();
      stream.push({ events: { events } }, { summary });
      stream.end();
      await pass(60_000);
      expect(stream.requests.some((request) => request.stop)).toBe(true);
      expect(stream.cancelled).toBe(false);
      expect(rows()).toBe(2 * events.length);
      run.stop('interrupt');
      await pass(1_000);
      expect(await exit).toBe(0);
    },
  );

  test('does not wait for a standard output that takes no more', async () => {
    const { run, stream, stdout, stderr, exit } = setUp();
    stdout.hold();
    stream.push(...begun, { events: { events } }, { events: { events } }, { summary });
    stream.end();
    await settle();
    run.stop('interrupt');
    await pass(1_000);
    expect(await exit).toBe(0);
    expect(stderr.text).toContain('Traced for 12.3 s');
  });
});

describe('TraceRun.run when the trace ends otherwise', () => {
  test.each([
    [
      'refused',
      2,
      { reason: 'FILTER_SYNTAX', field: 'start.filter', position: 4 },
      'error: x\n  tcp xyz\n      ^\n',
    ],
    ['refused', 1, { reason: 'PRIVILEGE_MISSING', grpcStatus: 7 }, 'error: x\n'],
    ['forbidden', 4, {}, 'error: x\n'],
    ['unreachable', 5, {}, 'error: x\n'],
    ['lost', 5, {}, 'error: x\n'],
  ] as const)(
    'before Started with an error that is %s exits with %i',
    async (kind, exitCode, details, text) => {
      const { stream, stderr, exit } = setUp('-q', '--', 'tcp xyz');
      stream.fail(new AgentError(kind, 'x', details));
      expect(await exit).toBe(exitCode);
      expect(stderr.text).toBe(text);
    },
  );

  test('after Started with an error exits with 3 and prints the last report', async () => {
    const { stream, stderr, exit } = setUp();
    stream.push(...begun, status(SESSION_STATE_TRACING, { accounting }));
    stream.fail(new AgentError('lost', 'Lost the agent at x: Connection dropped'));
    expect(await exit).toBe(3);
    expect(stderr.text).toMatch(
      /error: Lost the agent at x: Connection dropped\nAt the last report: 7 packets, /,
    );
  });

  test.each([
    [pwru.v1.EndReason.END_REASON_MAX_DURATION, 'it was as long as this agent allows'],
    [
      pwru.v1.EndReason.END_REASON_LEASE_EXPIRED,
      'the agent heard nothing of this client for too long',
    ],
    [pwru.v1.EndReason.END_REASON_STOPPED_BY_OPERATOR, 'somebody stopped it at the agent'],
    [pwru.v1.EndReason.END_REASON_AGENT_SHUTDOWN, 'the agent is shutting down'],
    [pwru.v1.EndReason.END_REASON_STOPPED, 'the agent stopped it without being asked'],
  ])('with a summary of reason %i exits with 3 and says why', async (reason, why) => {
    const { stream, stderr, exit } = setUp();
    stream.push(...begun, { summary: { ...summary, reason } });
    stream.end();
    expect(await exit).toBe(3);
    expect(stderr.text).toContain(`Traced for 12.3 s (${why}): `);
    expect(stderr.text).toContain(`error: The trace has ended: ${why}\n`);
  });

  test('without a summary exits with 3 after Started, with 1 before', async () => {
    const early = setUp('-q');
    early.stream.end();
    expect(await early.exit).toBe(1);
    expect(early.stderr.text).toBe(
      'error: The trace has ended: the agent ended the stream without a summary\n',
    );
    const late = setUp('-q');
    late.stream.push(...begun);
    late.stream.end();
    expect(await late.exit).toBe(3);
  });

  test.each([
    ['a response', [0x0a, 0x7f]],
    ['an event', [0x1a, 0x02, 0x0a, 0x05]],
  ])('with %s that cannot be decoded exits with 3 and cancels', async (_, bytes) => {
    const { stream, stderr, exit } = setUp('-q');
    stream.push(...begun);
    stream.pushBytes(Uint8Array.from(bytes));
    expect(await exit).toBe(3);
    expect(stderr.text).toMatch(/^error: Cannot understand the agent: /);
    expect(stream.cancelled).toBe(true);
  });
});
