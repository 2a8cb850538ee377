import { expect, test, vi } from 'vitest';
import { pwru } from '../../../../proto/gen/pwru.js';
import { playTime } from '../../../../test/support/played-time.ts';
import { Outbox } from './outbox.ts';
import { reportStatus } from './status-reports.ts';

const { SessionState } = pwru.v1;

playTime();

/** A session of which it is counted how often it is described. */
function open() {
  const session = {
    state: SessionState.SESSION_STATE_ATTACHING as pwru.v1.SessionState,
    functionsDone: 0,
    descriptions: 0,
    written: 0,
  };
  const sink = {
    closed: false,
    write: () => {
      session.written += 1;
      return undefined;
    },
  };
  const reports = reportStatus(new Outbox(sink), {
    progress: () => session,
    describe: () => {
      session.descriptions += 1;
      return { state: session.state };
    },
  });
  return { session, reports };
}

test('a session is described when a status is due, and not each time that it is looked at', () => {
  const { session, reports } = open();
  session.state = SessionState.SESSION_STATE_TRACING;
  reports.report();
  vi.advanceTimersByTime(10_000);
  reports[Symbol.dispose]();
  expect(session.written).toBeGreaterThanOrEqual(10);
  expect(session.descriptions).toBe(session.written);
});

test('progress is told four times a second, and only when there is some', () => {
  const { session, reports } = open();
  for (let step = 0; step < 8; step += 1) {
    session.functionsDone += 10;
    vi.advanceTimersByTime(250);
  }
  expect(session.written).toBe(8);
  vi.advanceTimersByTime(2_000);
  reports[Symbol.dispose]();
  expect(session.written).toBe(10);
});
