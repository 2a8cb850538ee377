import { getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { GrpcAgentClient } from '../../plugin/src/agents/grpc-client.ts';
import { TestAgent } from '../support/agent.ts';
import { AgentSession } from '../support/agent-session.ts';
import { hostMachine } from '../support/host-machine.ts';

test('an agent gives way while it reads, and is as before when its last session is over', async () => {
  await using agent = await TestAgent.start(hostMachine);
  const niceness = () => getPriority(agent.process.pid);
  const usual = getPriority();
  expect(niceness()).toBe(usual);
  const client = new GrpcAgentClient(agent.address);
  const session = await AgentSession.start(client, { filter: 'udp port 4444' });
  await expect.poll(niceness).toBe(15);
  await session.stop();
  await expect.poll(niceness).toBe(usual);
  client.close();
});
