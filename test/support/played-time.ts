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

/** Timers that are set now, and `performance`, stand still until the test lets time pass; the system and its events go on. */
export function holdTimers(): Disposable {
  const timers = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;
  vi.useFakeTimers({ toFake: [...timers, 'performance'] });
  return { [Symbol.dispose]: () => void vi.useRealTimers() };
}

export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

/** Until all that needs no time has happened. */
export function settle(): Promise<void> {
  return pass(0);
}

/** Lets time pass in small steps; between them comes in what the system has for this process. */
export async function passInSteps(ms: number, stepMs = 10): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += stepMs) await pass(stepMs);
}

/** The same, until it is so. @returns how much has passed */
export async function passUntil(isSo: () => boolean, stepMs = 1): Promise<number> {
  let passedMs = 0;
  while (!isSo()) {
    if (passedMs >= 30_000) throw new Error(`Still not so: ${isSo.toString()}`);
    await pass(stepMs);
    passedMs += stepMs;
  }
  return passedMs;
}

/** The same, until a promise has settled. @returns how much has passed */
export async function passUntilSettled(promise: Promise<unknown>, stepMs = 1): Promise<number> {
  let isSettled = false;
  const onSettled = () => {
    isSettled = true;
  };
  promise.then(onSettled, onSettled);
  const passedMs = await passUntil(() => isSettled, stepMs);
  await promise;
  return passedMs;
}
