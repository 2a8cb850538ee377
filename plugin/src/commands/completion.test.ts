import { expect, test } from 'vitest';
import { typedAgents } from './completion.ts';

test.each([
  ['pod/x -n shop --func tcp_', 'pwru', undefined],
  ['-n shop --agent-namespace monitoring --func tcp_', 'monitoring', undefined],
  ['stop -n monitoring ', 'monitoring', undefined],
  ['functions -n monitoring --context c tcp_', 'monitoring', 'c'],
])('%s asks the agents that the command would ask', (line, agentNamespace, context) => {
  expect(typedAgents(line.split(' '))).toMatchObject({ agentNamespace, connection: { context } });
});
