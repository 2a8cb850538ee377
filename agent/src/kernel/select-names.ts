import { setImmediate } from 'node:timers/promises';
import type { NamePattern } from '../core/probe/probe-plan.ts';

/** Everything else in this process waits for so long at most, and for one name. */
const sliceMs = 5;

/**
 * The names that a pattern matches as a whole. An expression from a client may take milliseconds for each: in between, the
 * process goes on with what else there is to do.
 */
export async function selectNames(
  names: Iterable<string>,
  pattern: NamePattern,
): Promise<ReadonlySet<string>> {
  const selected = new Set<string>();
  let endMs = performance.now() + sliceMs;
  for (const name of names) {
    if (pattern.testExact(name)) selected.add(name);
    if (performance.now() < endMs) continue;
    await setImmediate();
    endMs = performance.now() + sliceMs;
  }
  return selected;
}
