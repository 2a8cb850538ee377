import { type BenchLab, dropPort, parseTraffic } from './bench-lab.ts';
import { RunningTracer, type TracerCommand } from './tracer.ts';

/** What a tracer delivers to a file on a tmpfs when every packet matches. */
export interface Delivery {
  readonly eventsPerPacket: number;
  /** Best rate at which nothing was lost, from the first packet to the last line written. */
  readonly losslessPerSecond: number;
  readonly flood: {
    readonly produced: number;
    readonly delivered: number;
    /** Events that it says were lost. */
    readonly toldLost: number;
    /** Events that are neither in the file nor said to be lost. */
    readonly silentlyLost: number;
    readonly deliveredPerSecond: number;
  };
  /** Largest resident memory, after the flood. */
  readonly peakMib: number;
}

export interface DeliveryOptions {
  /** Of each rate tried, and of the flood. */
  readonly durationMs: number;
}

/** What came of some packets. */
interface Outcome {
  readonly packets: number;
  readonly rows: number;
  readonly rowsPerSecond: number;
}

const firstPacketsPerSecond = 8;
const maxPacketsPerSecond = 20_000;
/** Steps between the last rate without loss and the first with it. */
const refinements = 2;

export async function measureDelivery(
  lab: BenchLab,
  tracer: TracerCommand,
  { durationMs }: DeliveryOptions,
): Promise<Delivery> {
  await using running = await RunningTracer.start(lab, tracer);
  const attempt = new Attempt(lab, running);
  // A header, if it prints one, is written with the first event.
  await attempt.pace(1_000, 5);
  const slow = await attempt.pace(2_000, 5);
  const eventsPerPacket = slow.rows / slow.packets;
  const losslessPerSecond = await findLossless(eventsPerPacket, (packetsPerSecond) =>
    attempt.pace(durationMs, packetsPerSecond),
  );
  const flood = await attempt.flood(durationMs);
  const peakMib = await running.peakMib();
  const toldLost = lostIn(await running.stop());
  const produced = Math.round(flood.packets * eventsPerPacket);
  return {
    eventsPerPacket,
    losslessPerSecond,
    flood: {
      produced,
      delivered: flood.rows,
      toldLost,
      silentlyLost: produced - flood.rows - toldLost,
      deliveredPerSecond: flood.rowsPerSecond,
    },
    peakMib,
  };
}

/** Doubles the rate of packets until something is lost or nothing more is gained, then tries in between. */
async function findLossless(
  eventsPerPacket: number,
  attempt: (packetsPerSecond: number) => Promise<Outcome>,
): Promise<number> {
  let best = 0;
  const isLossless = async (packetsPerSecond: number) => {
    const { packets, rows, rowsPerSecond } = await attempt(packetsPerSecond);
    if (rows !== packets * eventsPerPacket) return false;
    best = Math.max(best, rowsPerSecond);
    return true;
  };
  let passed = firstPacketsPerSecond;
  // Four times more than comes out goes into buffers: what comes out then is all that it can do.
  while (
    passed < maxPacketsPerSecond &&
    passed * eventsPerPacket < 4 * Math.max(best, 1_000) &&
    (await isLossless(passed))
  ) {
    passed *= 2;
  }
  let low = passed / 2;
  let high = passed;
  for (let step = 0; step < refinements; step++) {
    const between = Math.round(Math.sqrt(low * high));
    if (await isLossless(between)) low = between;
    else high = between;
  }
  return best;
}

/** Sends packets while a tracer runs, and counts the lines that come of them. */
class Attempt {
  readonly #lab: BenchLab;
  readonly #tracer: RunningTracer;

  constructor(lab: BenchLab, tracer: RunningTracer) {
    this.#lab = lab;
    this.#tracer = tracer;
  }

  pace(durationMs: number, packetsPerSecond: number): Promise<Outcome> {
    return this.#send(this.#lab.paceCommand(dropPort, durationMs, packetsPerSecond));
  }

  flood(durationMs: number): Promise<Outcome> {
    return this.#send(this.#lab.floodCommand(dropPort, durationMs));
  }

  async #send(command: string): Promise<Outcome> {
    const { output } = this.#tracer;
    const sent = this.#lab.path('sent');
    // The times at which both files were written last say how long it took, without that of a process to start.
    const text = await this.#lab.guest.mustRun(
      `: > ${output}; ${command} > ${sent}
      last=-1; while size=$(stat -c %s ${output}); [ $size != $last ]; do last=$size; sleep 1.5; done
      cat ${sent}; stat -c %.9Y ${sent} ${output}; wc -l < ${output}`,
      { timeoutMs: 900_000 },
    );
    const [counts = '', sentAtS, lastRowAtS, rows] = text.trim().split('\n');
    const { packets, elapsedNs } = parseTraffic(counts);
    const startedAtS = Number(sentAtS) - elapsedNs / 1e9;
    return {
      packets,
      rows: Number(rows),
      rowsPerSecond: Number(rows) / (Number(lastRowAtS) - startedAtS),
    };
  }
}

/** Events lost, as a summary says; the peer says nothing. */
function lostIn(stderr: string): number {
  const [, lost = '0'] = /([\d,]+) lost/.exec(stderr.slice(stderr.lastIndexOf('Traced for'))) ?? [];
  return Number(lost.replaceAll(',', ''));
}
