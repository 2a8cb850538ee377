import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Lease } from './lease.ts';

let stoodStillMs: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  stoodStillMs = 0;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + stoodStillMs);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** When the next timer is due the process stands still for so long before it runs it. */
function standStill(durationMs: number): void {
  stoodStillMs += durationMs;
  vi.advanceTimersToNextTimer();
}

describe('Lease', () => {
  test('expires once, after its duration', () => {
    const onExpire = vi.fn();
    const lease = new Lease(15_000, onExpire);
    vi.advanceTimersByTime(14_999);
    expect(onExpire).not.toHaveBeenCalled();
    expect(lease.remainingMs).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(onExpire).toHaveBeenCalledTimes(1);
    expect(lease.remainingMs).toBe(0);
  });

  test('renewing counts from the renewal', () => {
    const onExpire = vi.fn();
    const lease = new Lease(15_000, onExpire);
    for (let beat = 0; beat < 10; beat++) {
      vi.advanceTimersByTime(5_000);
      lease.renew();
    }
    vi.advanceTimersByTime(14_999);
    expect(onExpire).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onExpire).toHaveBeenCalledTimes(1);
  });

  test('renewing sets no timer', () => {
    const lease = new Lease(15_000, () => {});
    for (let beat = 0; beat < 1_000; beat++) lease.renew();
    expect(vi.getTimerCount()).toBe(1);
    lease.close();
  });

  test('a process that stood still hears first what came meanwhile', () => {
    const onExpire = vi.fn();
    const lease = new Lease(15_000, onExpire);
    standStill(5_000);
    expect(onExpire).not.toHaveBeenCalled();
    lease.renew();
    vi.advanceTimersByTime(14_999);
    expect(onExpire).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onExpire).toHaveBeenCalledTimes(1);
  });

  test('expires after a second of hearing nothing, and at last however often the process stands still', () => {
    const onExpire = vi.fn();
    new Lease(15_000, onExpire);
    standStill(5_000);
    vi.advanceTimersByTime(1_000);
    expect(onExpire).toHaveBeenCalledTimes(1);
    const onSecondExpire = vi.fn();
    new Lease(15_000, onSecondExpire);
    for (let stall = 0; stall < 3; stall++) {
      expect(onSecondExpire).not.toHaveBeenCalled();
      standStill(5_000);
    }
    expect(onSecondExpire).toHaveBeenCalledTimes(1);
  });

  test('closing keeps it from expiring; twice is harmless', () => {
    const onExpire = vi.fn();
    const lease = new Lease(1_000, onExpire);
    lease.close();
    lease.close();
    vi.advanceTimersByTime(10_000);
    expect(onExpire).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
