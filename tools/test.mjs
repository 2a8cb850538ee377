// node tools/test.mjs [STEP...]: all tests, or the steps named (check build unit kernel guests cluster, kernels cluster-vm),
// in this order. The last two are not among them unless they are named: long under emulation.
// At the end each failure is told once more, and how long each step took, by the clock and on the processors. The last line
// is "N passed, N failed" over all suites; a check or a build that fails counts as one failure.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const steps = {
  check: () => runTool('check.mjs'),
  build: () => runTool('build.mjs'),
  unit: () => runSuite(['unit']),
  kernel: () => runSuite(['kernel']),
  // In one run, so that no processor is idle while the last one of a suite is emulated.
  guests: () => runSuite(['vm', 'kernels'], ['test/vm/', 'linux-6.12.test', 'newest.test']),
  cluster: () => runSuite(['cluster']),
  kernels: () => runSuite(['kernels']),
  'cluster-vm': () => runSuite(['cluster-vm']),
};
const onlyWhenNamed = new Set(['kernels', 'cluster-vm']);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(
    `There is no step ${unknown.join(', ')}: say some of ${Object.keys(steps).join(', ')}`,
  );
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const times = [];
for (const [name, step] of Object.entries(steps)) {
  if (asked.length > 0 ? !asked.includes(name) : onlyWhenNamed.has(name)) continue;
  console.log(`test: ${name}`);
  const startMs = performance.now();
  const startProcessorMs = processorMs();
  const outcome = step();
  times.push(
    `${name} ${seconds(performance.now() - startMs)} (processors ${seconds(processorMs() - startProcessorMs)})`,
  );
  for (const key of Object.keys(total)) total[key] += outcome[key];
  failures.push(...(outcome.failures ?? []).map((failure) => `failed: ${name}: ${failure}`));
  if (outcome.failed > 0 && !outcome.failures?.length) failures.push(`failed: ${name}`);
}
for (const failure of failures) console.log(failure);
console.log(`took ${times.join(', ')}`);
process.exitCode = total.failed === 0 ? 0 : 1;
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);

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

function runTool(name) {
  const child = spawnSync(process.execPath, [join(root, 'tools', name)], {
    cwd: root,
    stdio: 'inherit',
  });
  return { passed: 0, failed: child.status === 0 ? 0 : 1, skipped: 0 };
}

/** @param files parts of the names of those to run; all unless given */
function runSuite(projects, files = []) {
  const folder = mkdtempSync(join(tmpdir(), 'pwru-test-'));
  const outcomePath = join(folder, 'outcome.json');
  const child = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...projects.map((name) => `--project=${name}`),
      ...files,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PWRU_TEST_OUTCOME: outcomePath },
    },
  );
  const outcome = readOutcome(outcomePath);
  rmSync(folder, { recursive: true });
  // What fails a run and is no test: no test file, a broken configuration, a crash.
  if (child.status !== 0 && outcome.failed === 0) outcome.failed = 1;
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
