import { expect, test } from 'vitest';
import { agentDefaults } from '../../agent/src/core/limits.ts';
import { GrpcAgentClient } from '../../plugin/src/agents/grpc-client.ts';
import type { pwru } from '../../proto/gen/pwru.js';
import { TestAgent } from '../support/agent.ts';
import { agentResources } from '../support/agent-resources.ts';
import { AgentSession } from '../support/agent-session.ts';
import { hostMachine } from '../support/host-machine.ts';
import { MemoryGroup } from '../support/memory-group.ts';
import { PodSurroundings } from '../support/pod-surroundings.ts';
import { statusMib } from '../support/process-usage.ts';

const starts: Array<{ what: string; start: pwru.v1.StartTrace.$Properties }> = [
  { what: 'plain', start: { filter: 'udp port 4444' } },
  {
    what: 'with everything that takes tables',
    start: {
      ...{ filter: 'udp port 4444', track: true, stack: true, dropsOnly: true },
      ...{ podsOnly: true, expectsPods: true },
    },
  },
];

test.each(starts)(
  'as many idle sessions as an agent has leave room in its pod: $what',
  async ({ start }) => {
    await using surroundings = await PodSurroundings.open();
    using group = new MemoryGroup();
    const { enter } = group;
    await using agent = await TestAgent.start(
      hostMachine,
      surroundings.flags,
      `${surroundings.before}\n${enter}`,
    );
    // Pages of Node and of libraries: charged here to whom read them first, in a pod perhaps to the agent.
    const filesMib = statusMib(agent.process.pid, 'RssFile');
    const clients = [new GrpcAgentClient(agent.address), new GrpcAgentClient(agent.address)];
    const sessions: AgentSession[] = [];
    for (let index = 0; index < agentDefaults.maxSessions; index += 1) {
      const client = clients[index % clients.length] as GrpcAgentClient;
      sessions.push(await AgentSession.start(client, start));
    }
    // Told where a trace has less than it would have alone.
    const notices = sessions.map(({ notices: told }) => told.join());
    expect(notices.filter((told) => told.includes('The event rings have 16 MiB'))).toHaveLength(4);
    for (const session of sessions) await session.stop();
    for (const client of clients) client.close();
    await agent[Symbol.asyncDispose]();
    const share = (group.peakMib + filesMib) / agentResources().memoryMib;
    expect(share).toBeLessThan(0.7);
  },
);
