import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestAgent } from '../support/agent.ts';
import { hostMachine } from '../support/host-machine.ts';
import { cpuSeconds, statusMib } from '../support/process-usage.ts';
import { pwru } from '../support/trace.ts';
import { makeVethPair } from '../support/veth-pair.ts';
import { unusedPort } from './bench-lab.ts';
import { busyNodeFigures } from './busy-node.ts';
import { atLeast, atMost, type Figure } from './figure.ts';
import { measurePipeline, type Pipeline } from './pipeline.ts';
import { buildPrograms, pathOf } from './pipeline-process.ts';
import type { StageCosts } from './pipeline-stages.ts';

const goals = { eventsPerSecond: 300_000, idleMib: 110, idlePercent: 1 };

/** A process over some seconds. */
interface Idle {
  readonly residentMib: number;
  /** Without what is mapped: a session's rings are resident twice, since their data is mapped twice in a row. */
  readonly anonymousMib: number;
  readonly cpuPercent: number;
}

/** This machine's own kernel: what the agent's user space takes. */
export async function hostFigures(options: {
  readonly quick: boolean;
  readonly say: (line: string) => void;
}): Promise<Figure[]> {
  const { quick, say } = options;
  const stages = await measureStages();
  say(`host: stages ${JSON.stringify(stages)}`);
  const pipeline = await measurePipeline(quick ? 3 : 10);
  say(`host: pipeline ${JSON.stringify(pipeline)}`);
  const idle = await measureIdleAgent(quick ? 3_000 : 10_000);
  say(`host: idle agent ${JSON.stringify(idle)}`);
  const busyNode = await busyNodeFigures(quick ? 3 : 7);
  say(`host: busy node ${JSON.stringify(busyNode.map(({ ours }) => ours))}`);
  return [
    ...stageFigures(stages),
    ...pipelineFigures(pipeline),
    ...idleFigures('no session', idle.alone),
    ...idleFigures('an idle session', idle.withSession),
    ...busyNode,
  ];
}

async function measureStages(): Promise<StageCosts> {
  await buildPrograms(['pipeline-stages']);
  const output = execFileSync('taskset', ['-c', '0', process.execPath, pathOf('pipeline-stages')]);
  return JSON.parse(output.toString()) as StageCosts;
}

async function measureIdleAgent(durationMs: number): Promise<{ alone: Idle; withSession: Idle }> {
  await using agent = await TestAgent.start(hostMachine);
  await using pair = await makeVethPair(hostMachine);
  const { pid } = agent.process;
  // It reads what all sessions need as soon as it runs.
  await sleep(5_000);
  const alone = await measureIdle(pid, durationMs);
  await using session = await hostMachine.start(
    `exec ${pwru} --agent unix:${agent.socket} netns/${pair.server} -- udp port ${unusedPort}`,
  );
  await session.waitForOutput(/^Tracing /m);
  await sleep(1_000);
  return { alone, withSession: await measureIdle(pid, durationMs) };
}

async function measureIdle(pid: number, durationMs: number): Promise<Idle> {
  const before = cpuSeconds(pid);
  await sleep(durationMs);
  const usedSeconds = cpuSeconds(pid) - before;
  return {
    residentMib: statusMib(pid, 'VmRSS'),
    anonymousMib: statusMib(pid, 'RssAnon'),
    cpuPercent: (usedSeconds / (durationMs / 1_000)) * 100,
  };
}

function stageFigures({ costs, polling }: StageCosts): Figure[] {
  return [
    ...costs.map(
      ({ name, rings, medianNs }): Figure => ({
        part: 'host',
        name: `${name}, ${rings} ${rings === 1 ? 'ring' : 'rings'}`,
        unit: 'ns/event',
        ours: medianNs,
      }),
    ),
    ...polling.map(
      ({ rings, cpuPercent }): Figure => ({
        part: 'host',
        name: rings === 0 ? 'as many timers alone' : `polling ${rings} rings`,
        unit: '% of a core',
        ours: cpuPercent,
      }),
    ),
  ];
}

function pipelineFigures(pipeline: Pipeline): Figure[] {
  const row = (name: string, unit: string, ours: number): Figure => ({
    part: 'host',
    name: `rings to client: ${name}`,
    unit,
    ours,
  });
  const { eventsPerSecond } = pipeline;
  return [
    {
      ...row('events', 'events/s', eventsPerSecond),
      goal: atLeast(goals.eventsPerSecond, eventsPerSecond),
    },
    row('size of an event', 'bytes', pipeline.bytesPerEvent),
    row('CPU of the agent', 'ns/event', pipeline.agentNsPerEvent),
    row('CPU of the client', 'ns/event', pipeline.clientNsPerEvent),
  ];
}

function idleFigures(
  state: string,
  { residentMib: mib, anonymousMib, cpuPercent }: Idle,
): Figure[] {
  return [
    {
      part: 'host',
      name: `agent with ${state}: memory`,
      unit: 'MiB',
      ours: mib,
      goal: atMost(goals.idleMib, mib),
    },
    {
      part: 'host',
      name: `agent with ${state}: memory of its own`,
      unit: 'MiB',
      ours: anonymousMib,
    },
    {
      part: 'host',
      name: `agent with ${state}: CPU`,
      unit: '% of a core',
      ours: cpuPercent,
      goal: atMost(goals.idlePercent, cpuPercent),
    },
  ];
}
