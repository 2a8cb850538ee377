// Preloaded into a process of Node (--require): writes each turn of its event loop that held the thread for long as a line of JSON
// {atMs, ownMs, blockedMs} to the file $PWRU_LOOP_FILE.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

/** A turn that is due this often ends the one before it. */
const turnMs = 5;

/** Turns that are shorter are not told. */
const toldMs = 20;

const file = process.env['PWRU_LOOP_FILE'] ?? '';

/** Time of this thread on a CPU, and time in which it would have run and others did (Documentation/scheduler/sched-stats.rst). */
function scheduled(): { readonly ownMs: number; readonly waitingMs: number } {
  const [own, waiting] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
  return { ownMs: Number(own) / 1e6, waitingMs: Number(waiting) / 1e6 };
}

let last = { atMs: performance.now(), ...scheduled() };
writeFileSync(file, '');
setInterval(() => {
  const now = { atMs: performance.now(), ...scheduled() };
  const ownMs = now.ownMs - last.ownMs;
  const blockedMs = now.atMs - last.atMs - ownMs - (now.waitingMs - last.waitingMs) - turnMs;
  last = now;
  if (ownMs < toldMs && blockedMs < toldMs) return;
  appendFileSync(file, `${JSON.stringify({ atMs: Date.now(), ownMs, blockedMs })}\n`);
}, turnMs).unref();
