import { describe, expect, test } from 'vitest';
import { narrowPlans, type ProbePlan } from './probe-plan.ts';

function planOf(attached: readonly string[], refused: readonly string[]): ProbePlan {
  return {
    attach: attached.map((name) => ({
      name,
      module: '',
      address: 1n,
      argument: 1,
      kind: 'pointer',
      role: 'trace',
    })),
    refused: refused.map((name) => ({ name, module: '', reason: 'ESRCH' })),
  };
}

describe('narrowPlans', () => {
  const plans = [planOf(['ip_rcv', 'nla_put'], ['ip_old']), planOf(['veth_xmit'], [])];

  test.each([
    { names: ['ip_rcv'], left: ['ip_rcv'] },
    { names: [], left: [] },
    { names: ['veth_xmit', 'ip_rcv', 'ip_old'], left: ['ip_rcv', 'veth_xmit', 'ip_old'] },
  ])('selects $names', ({ names, left }) => {
    const { attach, refused } = narrowPlans(plans, new Set(names));
    expect([...attach, ...refused].map(({ name }) => name)).toEqual(left);
  });

  test('joins everything without names, and freezes it', () => {
    const plan = narrowPlans(plans, undefined);
    expect(plan.attach).toHaveLength(3);
    expect(plan.refused).toHaveLength(1);
    expect([plan, plan.attach, plan.refused].every(Object.isFrozen)).toBe(true);
  });
});
