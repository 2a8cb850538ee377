import { pwru } from '../../../../proto/gen/pwru.js';
import { encodeStatus } from '../stream/responses.ts';
import type { Outbox } from './outbox.ts';

const { SessionState } = pwru.v1;

/** A Status is due this often, whether anything happens or not. */
const intervalMs = 1_000;

/** While probes are being attached or detached, it is looked this often whether there is progress to tell. */
const progressIntervalMs = 250;

/** Writes a session's Status from time to time until it is disposed. */
export interface StatusReports extends Disposable {
  /** Writes it now, if it says something new: called when the session goes on to its next state. */
  report(): void;
}

export interface ReportedSession {
  /** How far it is: asked four times a second. */
  readonly progress: () => Pick<pwru.v1.IStatus, 'state' | 'functionsDone'>;
  /** All there is to tell. Asks the kernel, so only when it is going to be written. */
  readonly describe: () => pwru.v1.IStatus;
}

export function reportStatus(
  outbox: Outbox,
  { progress, describe }: ReportedSession,
): StatusReports {
  let lastState: pwru.v1.SessionState | null | undefined;
  let lastDone: number | null | undefined;
  let lastAtMs = 0;
  const report = () => {
    const isDue = performance.now() - lastAtMs >= intervalMs;
    const { state, functionsDone } = progress();
    const hasProgress =
      state !== SessionState.SESSION_STATE_TRACING &&
      (state !== lastState || functionsDone !== lastDone);
    if (!isDue && !hasProgress) return;
    lastState = state;
    lastDone = functionsDone;
    lastAtMs = performance.now();
    outbox.latest('status', () => encodeStatus(describe()));
  };
  const timer = setInterval(report, progressIntervalMs);
  return { report, [Symbol.dispose]: () => clearInterval(timer) };
}
