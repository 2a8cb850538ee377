import { describe, expect, test } from 'vitest';
import { AgentError, NoAgentError } from '../agents/agent-client.ts';
import { NotUnderstoodError } from './agent-session.ts';
import { mayRecover } from './recovery.ts';

describe('mayRecover from a failure', () => {
  test.each([
    ['there is no agent', new NoAgentError('n1', 'x'), true, true],
    ['the agent cannot be reached', new AgentError('unreachable', 'x'), true, true],
    ['the connection broke', new AgentError('lost', 'x'), true, true],
    ['it is forbidden', new AgentError('forbidden', 'x'), false, true],
    [
      'there are too many sessions',
      new AgentError('refused', 'x', { reason: 'LIMIT_REACHED' }),
      false,
      true,
    ],
    [
      'the request is wrong',
      new AgentError('refused', 'x', { field: 'start.filter' }),
      false,
      false,
    ],
    ['it is not understood', new NotUnderstoodError('x'), false, false],
  ])('when %s', (_, error, before, after) => {
    const end = { kind: 'failure', error } as const;
    expect(mayRecover(end, false)).toBe(before);
    expect(mayRecover(end, true)).toBe(after);
  });
});
