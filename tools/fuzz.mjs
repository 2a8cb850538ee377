// npm run fuzz -- MINUTES [--only NAME]: all fuzzers of test/fuzz round and round, with new cases, until the minutes are over or a
// case fails; --only runs those whose SUBJECT: PROPERTY begins with it. npm run fuzz -- --only NAME --seed N [--path P | --cases N]
// runs cases again that were told. Exit code 1: a case failed, took more than two minutes with its run, or too much memory.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
/** A run takes 1.5 s, and longer when a failure is made smaller. */
const longestRunMs = 120_000;
const heapMb = 512;

const { minutes, passedOn } = readArguments();
const child = spawn(
  process.execPath,
  [
    ...['--import', 'tsx', '--expose-gc', `--max-old-space-size=${heapMb}`],
    ...['test/fuzz/run-rounds.ts', '--seconds', `${minutes * 60}`, ...passedOn],
  ],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

/** By subject. */
const totals = new Map();
let rounds = 0;
let aliveBytes = 0;
let running;
let watch = setTimeout(tooLong, longestRunMs);

child.on('message', (message) => {
  clearTimeout(watch);
  watch = setTimeout(tooLong, longestRunMs);
  if (message.kind === 'begins') running = message;
  if (message.kind === 'round') ({ round: rounds, aliveBytes } = message);
  if (message.kind !== 'ended') return;
  running = undefined;
  const total = totals.get(message.subject) ?? { cases: 0, ms: 0 };
  total.cases += message.cases;
  total.ms += message.tookMs;
  totals.set(message.subject, total);
});
child.on('close', (code, signal) => {
  clearTimeout(watch);
  if (running !== undefined && code !== 1) {
    console.log(`failed: ${running.name}: the process ended (${signal ?? `exit code ${code}`})`);
    tellAgain();
  }
  for (const [subject, { cases, ms }] of totals) {
    const perSecond = Math.round((cases / ms) * 1_000);
    console.log(`${subject.padEnd(22)} ${`${cases}`.padStart(10)} cases ${perSecond}/s`);
  }
  const cases = [...totals.values()].reduce((sum, total) => sum + total.cases, 0);
  const alive = `${Math.round(aliveBytes / 2 ** 20)} MiB alive behind the last`;
  console.log(`${cases} cases in ${rounds} whole rounds, ${alive}`);
  process.exitCode = code ?? 1;
});

function tooLong() {
  console.log(`failed: ${running?.name}: no end within ${longestRunMs / 1_000} s`);
  if (running !== undefined) tellAgain();
  running = undefined;
  child.kill('SIGKILL');
}

function tellAgain() {
  const { name, seed, cases } = running;
  console.log(
    `again: npm run fuzz -- --only ${JSON.stringify(name)} --seed ${seed} --cases ${cases}`,
  );
}

function readArguments() {
  const options = Object.fromEntries(
    ['only', 'seed', 'path', 'cases'].map((name) => [name, { type: 'string' }]),
  );
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [text = values.seed === undefined ? '' : '1', ...more] = positionals;
    if (!(Number(text) > 0) || more.length > 0) throw new Error('say for how many MINUTES');
    const passed = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
    return { minutes: Number(text), passedOn: passed };
  } catch (thrown) {
    console.error(`${thrown.message}\nusage: npm run fuzz -- MINUTES [--only NAME]`);
    process.exit(2);
  }
}
