import { describe, expect, test, vi } from 'vitest';
import { playTime } from '../../../test/support/played-time.ts';
import { PacedRuns } from './paced-runs.ts';

playTime();

/** Times at which it ran. */
function pacedRuns(lastsMs = 0): { runs: PacedRuns; times: number[] } {
  const times: number[] = [];
  let spentMs = 0;
  const beganMs = Date.now();
  const now = () => Date.now() - beganMs + spentMs;
  const runs = new PacedRuns(
    () => {
      times.push(Date.now() - beganMs);
      spentMs += lastsMs;
    },
    { leastMs: 50, now },
  );
  return { runs, times };
}

describe('PacedRuns', () => {
  test('runs soon after a first request, and once for what comes meanwhile', () => {
    const { runs, times } = pacedRuns();
    runs.request();
    runs.request();
    expect(times).toEqual([]);
    vi.advanceTimersByTime(0);
    expect(times).toEqual([0]);
    for (let index = 0; index < 10; index++) {
      runs.request();
      vi.advanceTimersByTime(10);
    }
    expect(times).toEqual([0, 50, 100]);
    vi.advanceTimersByTime(1_000);
    expect(times).toHaveLength(3);
  });

  test('runs the more rarely the longer it takes', () => {
    const { runs, times } = pacedRuns(100);
    runs.request();
    vi.advanceTimersByTime(0);
    runs.request();
    vi.advanceTimersByTime(1_999);
    expect(times).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(times).toHaveLength(2);
  });

  test('covers what was requested when it runs at once, and does nothing when it is over', () => {
    const { runs, times } = pacedRuns();
    runs.request();
    runs.runNow();
    vi.advanceTimersByTime(1_000);
    expect(times).toEqual([0]);
    runs.request();
    runs[Symbol.dispose]();
    runs.request();
    runs.runNow();
    vi.advanceTimersByTime(1_000);
    expect(times).toEqual([0]);
  });
});
