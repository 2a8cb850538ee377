import { availableParallelism } from 'node:os';
import { GrpcAgentClient } from '../../plugin/src/agents/grpc-client.ts';
import { TestAgent } from '../support/agent.ts';
import { agentResources } from '../support/agent-resources.ts';
import { AgentSession } from '../support/agent-session.ts';
import { CpuGroup } from '../support/cpu-group.ts';
import { hostMachine } from '../support/host-machine.ts';
import { cpuSeconds } from '../support/process-usage.ts';
import { unusedPort } from './bench-lab.ts';
import { type Figure, median } from './figure.ts';

/** What a session is to the agent that starts it. */
interface SessionStart {
  readonly readyMs: number;
  readonly agentCpuMs: number;
}

/** Sessions on a quiet node, and on one where other pods want, and may have, all that the agent has not asked for. */
export async function busyNodeFigures(runs: number): Promise<Figure[]> {
  const request = agentResources().cpus;
  const quiet = await measureStarts(runs, '');
  using own = new CpuGroup(request);
  using others = new CpuGroup(availableParallelism() - request);
  await using _pods = await hostMachine.start(
    `${others.enter}
    for cpu in $(seq ${availableParallelism()}); do (while :; do :; done) & done; wait`,
  );
  const busy = await measureStarts(runs, own.enter);
  const row = (name: string, unit: string, ours: number): Figure => ({
    part: 'host',
    name: `session of an agent that asks for ${request} CPUs: ${name}`,
    ...{ unit, ours },
  });
  return [
    row('ready on a quiet node', 'ms', quiet.readyMs),
    row('its CPU', 'ms', quiet.agentCpuMs),
    row('ready where others want all CPUs', 'ms', busy.readyMs),
    row('so many times as long', '', busy.readyMs / quiet.readyMs),
  ];
}

/** The median of some sessions one after the other; the first, which finds nothing prepared, is not among them. */
async function measureStarts(runs: number, before: string): Promise<SessionStart> {
  await using agent = await TestAgent.start(hostMachine, '', before);
  const client = new GrpcAgentClient(agent.address);
  const starts: SessionStart[] = [];
  for (let run = 0; run <= runs; run++) {
    const beforeSeconds = cpuSeconds(agent.process.pid);
    const startedAtMs = performance.now();
    const session = await AgentSession.start(client, { filter: `udp port ${unusedPort}` });
    const readyMs = performance.now() - startedAtMs;
    const agentCpuMs = (cpuSeconds(agent.process.pid) - beforeSeconds) * 1_000;
    await session.stop();
    if (run > 0) starts.push({ readyMs, agentCpuMs });
  }
  client.close();
  return {
    readyMs: median(starts.map(({ readyMs }) => readyMs)),
    agentCpuMs: median(starts.map(({ agentCpuMs }) => agentCpuMs)),
  };
}
