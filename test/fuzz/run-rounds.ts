import { randomInt } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { FuzzProperty } from './fuzz-property.ts';
import { repeatCommand } from './repeat-command.ts';
import { subjects } from './subjects.ts';

/*
 * The process that tools/fuzz.mjs watches: all properties round and round, each time with another seed. It tells of each
 * run before it begins (`RunBegins`), so that one which never ends, or ends the process, can be repeated.
 */

/** How long a run is to take; the first ones are short. */
const RUN_MS = 1_500;
const FIRST_CASES = 200;
/** What is alive behind a round may be so much more than behind the second one, when everything has been run. */
const MAX_GROWTH_BYTES = 64 * 1024 * 1024;
const MAX_SEED = 2 ** 31;

interface Running {
  readonly subject: string;
  /** SUBJECT: PROPERTY */
  readonly name: string;
  readonly property: FuzzProperty;
  nextCases: number;
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    seed: { type: 'string' },
    cases: { type: 'string', default: '100000' },
    path: { type: 'string' },
  },
});

const running = subjects
  .flatMap(({ name: subject, properties }) =>
    properties.map((property): Running => {
      return { subject, name: `${subject}: ${property.name}`, property, nextCases: FIRST_CASES };
    }),
  )
  .filter(({ name }) => name.startsWith(values.only));

/** @returns false when a case failed */
async function runOne(one: Running, run: { seed: number; path?: string | undefined }) {
  const { subject, name, property, nextCases: cases } = one;
  process.send?.({ kind: 'begins', name, seed: run.seed, cases });
  const beganMs = performance.now();
  const outcome = await property.check({ ...run, cases });
  const tookMs = performance.now() - beganMs;
  process.send?.({ kind: 'ended', subject, cases: outcome.cases, tookMs });
  one.nextCases = Math.max(FIRST_CASES, Math.round((cases * RUN_MS) / Math.max(tookMs, 1)));
  if (outcome.failure === undefined) return true;
  const { report, path } = outcome.failure;
  say(`failed: ${name}\n${report}\n${repeatCommand(name, { seed: run.seed, path })}`);
  return false;
}

async function runRounds(): Promise<boolean> {
  const endMs = performance.now() + Number(values.seconds) * 1_000;
  let aliveAfterSecond = 0;
  for (let round = 1; performance.now() < endMs; round++) {
    for (const one of running) {
      if (performance.now() > endMs) break;
      if (!(await runOne(one, { seed: randomInt(MAX_SEED) }))) return false;
      // Messages go out, and what was waited for comes to its end.
      await setImmediate();
    }
    globalThis.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const alive = heapUsed + arrayBuffers;
    process.send?.({ kind: 'round', round, aliveBytes: alive });
    if (round === 2) aliveAfterSecond = alive;
    if (round <= 2 || alive - aliveAfterSecond < MAX_GROWTH_BYTES) continue;
    say(`failed: memory grows, from ${aliveAfterSecond} bytes after round 2 to ${alive}`);
    return false;
  }
  return true;
}

async function repeat(seed: number): Promise<boolean> {
  for (const one of running) {
    one.nextCases = Number(values.cases);
    if (!(await runOne(one, { seed, path: values.path }))) return false;
  }
  return true;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (running.length === 0) {
  const names = subjects.map(({ name }) => name).join(', ');
  say(`No fuzzer begins with ${JSON.stringify(values.only)}: there are ${names}`);
  process.exit(2);
}
const held = await (values.seed === undefined ? runRounds() : repeat(Number(values.seed)));
process.exitCode = held ? 0 : 1;
process.disconnect?.();
