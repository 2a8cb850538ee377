import { afterEach, beforeEach, vi } from 'vitest';

/** The timers and clocks of each test of this file stand still until the test lets time pass. */
export function playTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-11-22T17:29:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

/** Until all that needs no time has happened. */
export function settle(): Promise<void> {
  return pass(0);
}
