import { describe, expect, test, vi } from 'vitest';
import { atMostEvery, reportReadiness } from './telemetry.ts';

describe('reportReadiness', () => {
  test('is ready when every check is, and says so line by line', async () => {
    const report = await reportReadiness([
      { name: 'agent', run: () => undefined },
      { name: 'bpf', run: async () => undefined },
    ]);
    expect(report).toEqual({ isReady: true, text: 'ok agent\nok bpf\n' });
  });

  test('names every reason, one line each, thrown ones too', async () => {
    const report = await reportReadiness([
      { name: 'agent', run: () => 'the agent is starting' },
      {
        name: 'bpf',
        run: async () => {
          throw new Error('the verifier says:\n  no');
        },
      },
      { name: 'pods', run: () => undefined },
    ]);
    expect(report).toEqual({
      isReady: false,
      text: 'not ready agent: the agent is starting\nnot ready bpf: the verifier says: no\nok pods\n',
    });
  });
});

describe('atMostEvery', () => {
  test('runs once for all who ask within the time, and again after it', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      let runs = 0;
      const check = atMostEvery(60_000, {
        name: 'bpf',
        run: async () => `run ${++runs}`,
      });
      expect(await Promise.all([check.run(), check.run()])).toEqual(['run 1', 'run 1']);
      vi.advanceTimersByTime(59_999);
      expect(await check.run()).toBe('run 1');
      vi.advanceTimersByTime(1);
      expect(await check.run()).toBe('run 2');
    } finally {
      vi.useRealTimers();
    }
  });

  test('does not run before somebody asks, and keeps what was thrown as the reason', async () => {
    let runs = 0;
    const check = atMostEvery(60_000, {
      name: 'bpf',
      run: () => {
        runs++;
        throw new Error('EPERM');
      },
    });
    expect(runs).toBe(0);
    expect([await check.run(), await check.run(), runs]).toEqual(['EPERM', 'EPERM', 1]);
  });
});
