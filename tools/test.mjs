// node tools/test.mjs [STEP...]: all tests, or the steps named (check build unit kernel guests cluster, kernels cluster-vm),
// in this order. The last two are not among them unless they are named: long under emulation. Beside unit, kernel and cluster,
// of which the latter two often wait, the guests are emulated one at a time; what they print comes when all are done.
// At the end each failure is told once more, and how long each step took, by the clock and on the processors. The last line
// is "N passed, N failed" over all suites; a check or a build that fails counts as one failure.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const steps = {
  check: () => runTool('check.mjs'),
  build: () => runTool('build.mjs'),
  unit: () => runSuite(['unit']),
  kernel: () => runSuite(['kernel']),
  // In one run, so that no processor is idle while the last one of a suite is emulated.
  guests: (beside) =>
    runSuite(['vm', 'kernels'], ['test/vm/', 'linux-6.12.test', 'newest.test'], beside),
  cluster: () => runSuite(['cluster']),
  kernels: () => runSuite(['kernels']),
  'cluster-vm': () => runSuite(['cluster-vm']),
};
const onlyWhenNamed = new Set(['kernels', 'cluster-vm']);
const leavesAProcessor = new Set(['unit', 'kernel', 'cluster']);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(
    `There is no step ${unknown.join(', ')}: say some of ${Object.keys(steps).join(', ')}`,
  );
  process.exit(2);
}

const chosen = Object.keys(steps).filter((name) =>
  asked.length > 0 ? asked.includes(name) : !onlyWhenNamed.has(name),
);
const folder = mkdtempSync(join(tmpdir(), 'pwru-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const times = [];
let reapedMs = processorMs();

const firstBeside = chosen.includes('guests') && chosen.find((name) => leavesAProcessor.has(name));
const guestsOutput = join(folder, 'guests.log');
let guests;
for (const name of chosen) {
  if (name === firstBeside) guests = timed('guests', { output: guestsOutput });
  if (name === 'guests' && firstBeside) continue;
  console.log(`test: ${name}`);
  account(await timed(name));
}
if (guests !== undefined) {
  const outcome = await guests;
  console.log(`test: guests, beside ${[...leavesAProcessor].join(', ')}`);
  process.stdout.write(readFileSync(guestsOutput));
  account(outcome);
}
rmSync(folder, { recursive: true });
for (const failure of failures) console.log(failure);
console.log(`took ${times.join(', ')}`);
process.exitCode = total.failed === 0 ? 0 : 1;
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);

async function timed(name, beside) {
  const startMs = performance.now();
  const outcome = await steps[name](beside);
  return { ...outcome, name, tookMs: performance.now() - startMs };
}

function account({ name, tookMs, usedMs, ...outcome }) {
  times.push(`${name} ${seconds(tookMs)} (processors ${seconds(usedMs)})`);
  for (const key of Object.keys(total)) total[key] += outcome[key];
  failures.push(...(outcome.failures ?? []).map((failure) => `failed: ${name}: ${failure}`));
  if (outcome.failed > 0 && !outcome.failures?.length) failures.push(`failed: ${name}`);
}

function seconds(ms) {
  return `${Math.round(ms / 1_000)} s`;
}

/**
 * What the processes that ended below this one used, in user and kernel mode. A process that was given to init, as
 * containerd's shims are, is not counted. proc(5): fields 16 and 17 of /proc/PID/stat, in ticks of 10 ms.
 */
function processorMs() {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/**
 * @param output file that gets what the program prints; undefined: the terminal
 * @returns its exit status, and what it used of the processors
 */
function run(args, { output, env } = {}) {
  const descriptor = output === undefined ? undefined : openSync(output, 'w');
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: descriptor === undefined ? 'inherit' : ['ignore', descriptor, descriptor],
  });
  return new Promise((resolve) => {
    child.once('exit', (status) => {
      if (descriptor !== undefined) closeSync(descriptor);
      // A child counts from when it has ended: one that runs beside it is not in here.
      const usedMs = processorMs() - reapedMs;
      reapedMs += usedMs;
      resolve({ status, usedMs });
    });
  });
}

async function runTool(name) {
  const { status, usedMs } = await run([join(root, 'tools', name)]);
  return { passed: 0, failed: status === 0 ? 0 : 1, skipped: 0, usedMs };
}

/**
 * @param files parts of the names of those to run; all unless given
 * @param beside another suite runs: `output` is the file that gets what this one prints
 */
async function runSuite(projects, files = [], beside) {
  const outcomePath = join(mkdtempSync(join(folder, 'suite-')), 'outcome.json');
  const { status, usedMs } = await run(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...projects.map((name) => `--project=${name}`),
      ...files,
    ],
    {
      output: beside?.output,
      env: {
        PWRU_TEST_OUTCOME: outcomePath,
        ...(beside === undefined ? {} : { PWRU_TEST_GUESTS: '1' }),
      },
    },
  );
  const outcome = { ...readOutcome(outcomePath), usedMs };
  // What fails a run and is no test: no test file, a broken configuration, a crash.
  if (status !== 0 && outcome.failed === 0) outcome.failed = 1;
  return outcome;
}

/** What test/support/closing-line.ts wrote. */
function readOutcome(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
