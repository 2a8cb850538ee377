import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './figure.ts';
import { buildPrograms, PipelineProcess } from './pipeline-process.ts';

const warmUpFills = 2;

/** From the kernel's rings over gRPC to a client that reads every field: medians over some fills of the rings. */
export interface Pipeline {
  readonly eventsPerSecond: number;
  readonly bytesPerEvent: number;
  /** CPU time of each process. */
  readonly agentNsPerEvent: number;
  readonly clientNsPerEvent: number;
}

interface Fill {
  readonly events: number;
  readonly perSecond: number;
  readonly agentNs: number;
  readonly clientNs: number;
  readonly bytes: number;
}

async function measureFill(agent: PipelineProcess, client: PipelineProcess): Promise<Fill> {
  agent.forget();
  agent.send('fill');
  const [filled = '', filledAt = ''] = await agent.next('filled');
  client.send(filled);
  const [decoded = '', decodedAt = '', clientCpuUs = '', bytes = ''] = await client.next('decoded');
  agent.forget();
  const [agentCpuUs = ''] = await agent.next('cpu');
  const events = Number(filled);
  if (Number(decoded) !== events) throw new Error(`Decoded ${decoded} of ${filled} events`);
  return {
    events,
    perSecond: (events / Number(BigInt(decodedAt) - BigInt(filledAt))) * 1e9,
    agentNs: (Number(agentCpuUs) / events) * 1e3,
    clientNs: (Number(clientCpuUs) / events) * 1e3,
    bytes: Number(bytes) / events,
  };
}

/** Events of prefilled rings go to a client, the agent and the client in a process of their own on a CPU of their own. */
export async function measurePipeline(fills: number): Promise<Pipeline> {
  await buildPrograms(['pipeline-agent', 'pipeline-client']);
  const folder = mkdtempSync(join(tmpdir(), 'pwru-bench-'));
  const socketPath = join(folder, 'agent.sock');
  const agent = new PipelineProcess(0, 'pipeline-agent', [socketPath]);
  await agent.next('ready');
  const client = new PipelineProcess(1, 'pipeline-client', [socketPath]);
  await client.next('started');
  const measured: Fill[] = [];
  for (let fill = 0; fill < warmUpFills + fills; fill++)
    measured.push(await measureFill(agent, client));
  await client.stop();
  await agent.stop();
  rmSync(folder, { recursive: true });
  const kept = measured.slice(warmUpFills);
  return {
    eventsPerSecond: median(kept.map(({ perSecond }) => perSecond)),
    bytesPerEvent: median(kept.map(({ bytes }) => bytes)),
    agentNsPerEvent: median(kept.map(({ agentNs }) => agentNs)),
    clientNsPerEvent: median(kept.map(({ clientNs }) => clientNs)),
  };
}
