// npm run demo: a packet's whole way through a real kernel to the rule that drops it. On this machine's own kernel when
// kprobe.multi works there, else on Debian's 6.12 in the lab VM.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import './build.mjs';

const root = join(import.meta.dirname, '..');
const pwru = join(root, 'dist', 'kubectl-pwru');
const script = join(root, 'test', 'demo', 'dropped-syn.sh');

/** @returns undefined when kprobe.multi works on this machine's kernel, else why it does not. */
function whyNotHere() {
  const trial = spawnSync(
    pwru,
    ['--local', '--backend', 'kprobe.multi', '--func', 'ip_rcv', '--timeout', '100ms', '-q'],
    { encoding: 'utf8', timeout: 60_000 },
  );
  if (trial.status === 0) return undefined;
  return (trial.stderr || String(trial.error ?? `exit code ${trial.status}`)).trim();
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  return status ?? 1;
}

const reason = whyNotHere();
if (reason === undefined) {
  console.error("demo: on this machine's own kernel, which has kprobe.multi");
  process.exitCode = run('bash', [script, pwru]);
} else {
  console.error(
    `demo: in the lab VM (Linux 6.12), since this machine's own kernel cannot: ${reason}`,
  );
  const failed = run(process.execPath, [join(root, 'tools', 'setup.mjs'), 'lab']);
  if (failed !== 0) process.exit(failed);
  process.exitCode = run(process.execPath, [
    join(root, 'tools', 'vm.mjs'),
    '6.12',
    '--',
    asOnThisTerminal(`bash ${script} ${pwru}`),
  ]);
}

/** In the guest output goes through a pipe: on a terminal, one of the same size is put there. */
function asOnThisTerminal(command) {
  const { isTTY, columns, rows } = process.stdout;
  if (!isTTY) return command;
  return `TERM=${process.env.TERM ?? 'linux'} script -qec 'stty cols ${columns} rows ${rows}; ${command}' /dev/null`;
}
