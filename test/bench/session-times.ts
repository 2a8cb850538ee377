import { attachMs, watchLinks } from './attach-time.ts';
import { type BenchLab, dropPort } from './bench-lab.ts';
import { median } from './figure.ts';
import type { TracerCommand } from './tracer.ts';

/** How long a session took to come and to go. */
export interface SessionTimes {
  readonly functions: number;
  /** From the command's start. */
  readonly readyMs: number;
  readonly firstEventMs: number;
  readonly attachMs: number;
  /** From Ctrl-C to the end of the process. */
  readonly endMs: number;
}

/** Enough that an event is never waited for long. */
const packetsPerSecond = 20;
const timeoutMs = 300_000;

/** The median of each time over some runs. */
export async function measureSessions(
  lab: BenchLab,
  tracer: TracerCommand,
  runs: number,
): Promise<SessionTimes> {
  const measured: SessionTimes[] = [];
  for (let run = 0; run < runs; run++) measured.push(await measureSession(lab, tracer));
  const of = (key: keyof SessionTimes) => median(measured.map((times) => times[key]));
  return {
    functions: of('functions'),
    readyMs: of('readyMs'),
    firstEventMs: of('firstEventMs'),
    attachMs: of('attachMs'),
    endMs: of('endMs'),
  };
}

async function measureSession(lab: BenchLab, tracer: TracerCommand): Promise<SessionTimes> {
  await using _traffic = await lab.guest.start(
    `exec ${lab.paceCommand(dropPort, timeoutMs, packetsPerSecond)}`,
  );
  await watchLinks(lab);
  const startedAtMs = performance.now();
  const sinceStart = () => performance.now() - startedAtMs;
  await using process = await lab.guest.start(`exec ${tracer.command}`);
  await process.waitForOutput(tracer.ready, { timeoutMs });
  const readyMs = sinceStart();
  await process.waitForOutput(tracer.event, { timeoutMs });
  const firstEventMs = sinceStart();
  const attached = await attachMs(lab);
  const endingAtMs = performance.now();
  process.signal('SIGINT');
  const { stderr } = await process.wait({ timeoutMs });
  const endMs = performance.now() - endingAtMs;
  await lab.untilNoProbes();
  const functions = Number(tracer.functions.exec(stderr)?.[1]?.replaceAll(',', ''));
  return { functions, readyMs, firstEventMs, attachMs: attached, endMs };
}
