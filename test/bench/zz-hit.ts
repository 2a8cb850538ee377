import { BenchLab, dropPort, echoPort, unusedPort } from './bench-lab.ts';
import { atMost, type Figure, type Goal } from './figure.ts';
import { ours, RunningTracer, type TracerCommand } from './tracer.ts';

/** What a tracer costs, in guest instructions: virtual nanoseconds. */
interface Cost {
  readonly instructionsPerHit: number;
  readonly hitsPerPacket: number;
  /** Round trips per second without it, divided by those with it. */
  readonly udpSlowDown: number;
  readonly tcpSlowDown: number;
}

interface Baseline {
  readonly udpRoundTripNs: number;
  readonly tcpRoundTripNs: number;
  readonly floodPacketNs: number;
}

interface Workload {
  readonly name: string;
  readonly tracer: TracerCommand;
  readonly durationMs: number;
  /** Rejected hits leave nothing to read; else the reader is stopped while hits are counted, for so short a flood that all fits. */
  readonly stoppedFloodMs: number | undefined;
}

const goals: Readonly<Record<string, { hit?: number; slowDown?: number }>> = {
  'netns reject': { hit: 500 },
  'filter reject': { hit: 600, slowDown: 3.5 },
  'all matching': { slowDown: 8 },
};

/** Ours says once in so long how it stands: a shorter time holds none of that, or too much. */
const statusPeriodMs = 1_000;

/** One CPU whose clock counts instructions: the same figures whatever else this machine does. */
export async function icountFigures(options: {
  readonly quick: boolean;
  readonly peer: string;
  readonly say: (line: string) => void;
}): Promise<Figure[]> {
  const { quick, say } = options;
  await using lab = await BenchLab.boot({ icount: true, peer: options.peer });
  const durationMs = quick ? 60 : statusPeriodMs;
  const floodMs = quick ? 60 : 250;
  const baseline = await measureBaseline(lab, durationMs);
  say(`icount: without a tracer ${JSON.stringify(baseline)}`);
  const all = `port ${echoPort} or port ${dropPort}`;
  const none = `dst port ${unusedPort}`;
  const workloads: readonly Workload[] = [
    {
      name: 'netns reject',
      tracer: ours(lab, `--local netns/${lab.silent} -- ${all}`),
      durationMs,
      stoppedFloodMs: undefined,
    },
    {
      name: 'filter reject',
      tracer: ours(lab, `--local -- ${none}`),
      durationMs,
      stoppedFloodMs: undefined,
    },
    {
      name: 'all matching',
      tracer: ours(lab, `--local -- ${all}`),
      durationMs,
      stoppedFloodMs: floodMs,
    },
  ];
  const costs = new Map<string, Map<string, Cost>>();
  for (const workload of workloads) {
    const { name, tracer } = workload;
    const cost = await measureCost(lab, workload, baseline);
    say(`icount: ${tracer.name}, ${name}: ${JSON.stringify(cost)}`);
    costs.set(name, (costs.get(name) ?? new Map<string, Cost>()).set(tracer.name, cost));
  }
  return [...costs].flatMap(([name, byTracer]) =>
    figuresOf(name, byTracer.get('ours'), byTracer.get('pwru')),
  );
}

function figuresOf(name: string, own: Cost | undefined, peers: Cost | undefined): Figure[] {
  const { hit, slowDown } = goals[name] ?? {};
  const figure = (title: string, unit: string, key: keyof Cost, goal?: Goal): Figure => ({
    part: 'icount',
    name: `${name}: ${title}`,
    unit,
    ours: own?.[key],
    peer: peers?.[key],
    goal,
  });
  const slower = (key: 'udpSlowDown' | 'tcpSlowDown') =>
    slowDown === undefined ? undefined : atMost(slowDown, own?.[key], `÷${slowDown}`);
  return [
    figure(
      'cost of a hit',
      'instructions',
      'instructionsPerHit',
      hit === undefined ? undefined : atMost(hit, own?.instructionsPerHit),
    ),
    figure('hits of a packet', 'hits', 'hitsPerPacket'),
    figure('UDP ping-pong', 'slow-down', 'udpSlowDown', slower('udpSlowDown')),
    figure('TCP ping-pong', 'slow-down', 'tcpSlowDown', slower('tcpSlowDown')),
  ];
}

async function measureBaseline(lab: BenchLab, durationMs: number): Promise<Baseline> {
  // The first run of each fills caches: addresses of neighbours, code that the emulator translates.
  await lab.pong('udp', 20);
  await lab.pong('tcp', 20);
  return {
    udpRoundTripNs: perPacketNs(await lab.pong('udp', durationMs)),
    tcpRoundTripNs: perPacketNs(await lab.pong('tcp', durationMs)),
    floodPacketNs: (await floodPacketNs(lab, durationMs))[1] ?? Number.NaN,
  };
}

async function measureCost(
  lab: BenchLab,
  { tracer, durationMs, stoppedFloodMs }: Workload,
  baseline: Baseline,
): Promise<Cost> {
  await using running = await RunningTracer.start(lab, tracer);
  // What starting left to do: collecting garbage, compiling, printing a header.
  await lab.guest.mustRun('sleep 3', { timeoutMs: 600_000 });
  const udp = await lab.pong('udp', durationMs);
  const tcp = await lab.pong('tcp', durationMs);
  // Everything printed before the reader is stopped.
  await lab.guest.mustRun('sleep 3', { timeoutMs: 600_000 });
  if (stoppedFloodMs !== undefined) running.pause();
  const least =
    stoppedFloodMs === undefined
      ? ((await floodPacketNs(lab, durationMs))[0] ?? Number.NaN)
      : perPacketNs(await lab.flood(echoPort, stoppedFloodMs));
  const hitsPerPacket = await countHits(lab, durationMs / 10);
  if (stoppedFloodMs !== undefined) running.resume();
  await running.stop();
  return {
    instructionsPerHit: (least - baseline.floodPacketNs) / hitsPerPacket,
    hitsPerPacket,
    udpSlowDown: perPacketNs(udp) / baseline.udpRoundTripNs,
    tcpSlowDown: perPacketNs(tcp) / baseline.tcpRoundTripNs,
  };
}

/**
 * Of three floods, the shortest first. Whatever a tracer does beside, as collecting garbage, only adds to one: the least is the
 * packets' own. Without a tracer the middle one is typical.
 */
async function floodPacketNs(lab: BenchLab, durationMs: number): Promise<number[]> {
  const floods: number[] = [];
  for (let i = 0; i < 3; i++) floods.push(perPacketNs(await lab.flood(echoPort, durationMs)));
  return floods.toSorted((a, b) => a - b);
}

/** Runs of BPF programs per packet, in a flood of its own: counting them costs instructions. */
async function countHits(lab: BenchLab, durationMs: number): Promise<number> {
  const statistics = '/proc/sys/kernel/bpf_stats_enabled';
  await lab.guest.mustRun(`echo 1 > ${statistics}`);
  const before = await runsOfPrograms(lab);
  const { packets } = await lab.flood(echoPort, durationMs);
  const after = await runsOfPrograms(lab);
  await lab.guest.mustRun(`echo 0 > ${statistics}`);
  return (after - before) / packets;
}

async function runsOfPrograms(lab: BenchLab): Promise<number> {
  const programs = JSON.parse(
    await lab.guest.mustRun('bpftool --json prog show', { timeoutMs: 600_000 }),
  ) as ReadonlyArray<{ readonly run_cnt?: number }>;
  return programs.reduce((sum, { run_cnt: runs = 0 }) => sum + runs, 0);
}

function perPacketNs({ packets, elapsedNs }: { packets: number; elapsedNs: number }): number {
  return elapsedNs / packets;
}

await icountFigures({ quick: false, peer: '/etc/hostname', say: (line) => console.log(line) });
