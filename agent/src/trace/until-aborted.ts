/** What the promise gives, or undefined when the abort comes first; a later failure is nobody's concern then. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return Promise.race([promise, aborted(signal).then(() => undefined)]);
}

/** Nobody waits any more for what this gives, or for why it fails. */
export async function disposeLate(promise: Promise<AsyncDisposable>): Promise<void> {
  const late = await promise.catch(() => undefined);
  await late?.[Symbol.asyncDispose]();
}

export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}
