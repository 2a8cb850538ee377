import type { GuestProcess } from '../vm/lab/guest-process.ts';
import { BenchLab, dropPort } from './bench-lab.ts';
import { type Delivery, measureDelivery } from './delivery.ts';
import { atLeast, atMost, type Figure, median } from './figure.ts';
import { measureSessions, type SessionTimes } from './session-times.ts';
import { ours, peakMib, peer } from './tracer.ts';

/** A filter that all traffic of the lab matches. */
const all = `udp dst port ${dropPort}`;

interface Sessions {
  readonly cold: SessionTimes;
  readonly inAgent: SessionTimes;
  readonly peer: SessionTimes;
  /** From the request to Started, as the agent measured the sessions of `inAgent`: without the client's own start. */
  readonly sessionReadyMs: number;
  /** Of an agent that has had these sessions. */
  readonly agentPeakMib: number;
}

interface Deliveries {
  readonly table: Delivery;
  readonly json: Delivery;
  readonly peer: Delivery;
}

/** Ours and the original pwru side by side in one guest, with Linux 6.12. */
export async function vmFigures(options: {
  readonly quick: boolean;
  readonly peer: string;
  readonly say: (line: string) => void;
}): Promise<Figure[]> {
  const { quick, say } = options;
  await using lab = await BenchLab.boot({ icount: false, peer: options.peer });
  const sessions = await measureAllSessions(lab, quick ? 1 : 3);
  say(`vm: sessions ${JSON.stringify(sessions)}`);
  const durationMs = quick ? 1_500 : 4_000;
  const deliveries: Deliveries = {
    table: await measureDelivery(lab, ours(lab, `--local -- ${all}`), { durationMs }),
    json: await measureDelivery(lab, ours(lab, `--local -o json -- ${all}`), { durationMs }),
    peer: await measureDelivery(lab, peer(lab, `'${all}'`), { durationMs }),
  };
  say(`vm: delivery ${JSON.stringify(deliveries)}`);
  return [...sessionFigures(sessions), ...deliveryFigures(deliveries, sessions.agentPeakMib)];
}

async function measureAllSessions(lab: BenchLab, runs: number): Promise<Sessions> {
  const peers = await measureSessions(lab, peer(lab, `'${all}'`), runs);
  const cold = await measureSessions(lab, ours(lab, `--local -o json -- ${all}`), runs);
  const socket = lab.path('agent.sock');
  await using agent = await startAgent(lab, socket);
  const client = ours(lab, `--agent unix:${socket} -o json -- ${all}`);
  const inAgent = await measureSessions(lab, client, runs);
  const readyTimes = [...agent.output.matchAll(/"readyMs":([\d.]+)/g)].map(([, ms]) => Number(ms));
  const sessionReadyMs = median(readyTimes);
  return {
    cold,
    inAgent,
    peer: peers,
    sessionReadyMs,
    agentPeakMib: await peakMib(lab, agent.pid),
  };
}

async function startAgent(lab: BenchLab, socket: string): Promise<GuestProcess> {
  const agent = await lab.guest.start(`exec ${lab.path('pwru-agent')} --socket ${socket}`);
  await agent.waitForOutput(/^Ready on /m, { timeoutMs: 120_000 });
  // It reads what all sessions need as soon as it runs.
  await lab.guest.mustRun('sleep 10');
  return agent;
}

function sessionFigures({ cold, inAgent, peer: peers, sessionReadyMs }: Sessions): Figure[] {
  const row = (name: string, own: number, theirs?: number): Figure => ({
    part: 'vm',
    name,
    unit: 'ms',
    ours: own,
    peer: theirs,
  });
  return [
    {
      part: 'vm',
      name: 'functions with a probe',
      unit: 'functions',
      ours: cold.functions,
      peer: peers.functions,
    },
    {
      ...row('start to tracing, --local', cold.readyMs, peers.readyMs),
      goal: atMost(peers.readyMs, cold.readyMs, "pwru's"),
    },
    {
      ...row('start to first event, --local', cold.firstEventMs, peers.firstEventMs),
      goal: atMost(peers.firstEventMs, cold.firstEventMs, "pwru's"),
    },
    row('start to tracing, in a running agent', inAgent.readyMs, peers.readyMs),
    {
      ...row('request to tracing, in a running agent', sessionReadyMs),
      goal: atMost(2_000, sessionReadyMs),
    },
    row('start to first event, in a running agent', inAgent.firstEventMs, peers.firstEventMs),
    row('attach', cold.attachMs, peers.attachMs),
    {
      ...row('detach: Ctrl-C to the end', cold.endMs, peers.endMs),
      goal: atMost(peers.endMs, cold.endMs, "pwru's"),
    },
    row('Ctrl-C to the end, in a running agent', inAgent.endMs, peers.endMs),
  ];
}

function deliveryFigures(deliveries: Deliveries, agentPeakMib: number): Figure[] {
  const peers = deliveries.peer;
  const rows = (output: 'table' | 'json'): Figure[] => {
    const own = deliveries[output];
    const row = (name: string, of: (delivery: Delivery) => number, unit = 'events'): Figure => ({
      part: 'vm',
      name: `-o ${output}: ${name}`,
      unit,
      ours: of(own),
      peer: of(peers),
    });
    return [
      {
        ...row('delivered without loss', (delivery) => delivery.losslessPerSecond, 'events/s'),
        goal: atLeast(5 * peers.losslessPerSecond, own.losslessPerSecond, "5 x pwru's"),
      },
      row('flood, produced', ({ flood }) => flood.produced),
      row('flood, delivered', ({ flood }) => flood.delivered),
      row('flood, delivered', ({ flood }) => flood.deliveredPerSecond, 'events/s'),
      row('flood, lost and told', ({ flood }) => flood.toldLost),
      {
        ...row('flood, lost silently', ({ flood }) => flood.silentlyLost),
        // Less than none: in a flood some packets go through a function more than at rest.
        goal: { text: '0', met: own.flood.silentlyLost <= 0 },
      },
      row('peak memory after the flood', (delivery) => delivery.peakMib, 'MiB'),
    ];
  };
  return [
    ...rows('table'),
    ...rows('json'),
    {
      part: 'vm',
      name: 'peak memory of an agent after sessions',
      unit: 'MiB',
      ours: agentPeakMib,
      peer: peers.peakMib,
    },
  ];
}
