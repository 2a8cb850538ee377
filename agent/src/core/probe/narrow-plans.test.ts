import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { narrowPlans } from './narrow-plans.ts';
import type { ProbePlan } from './probe-plan.ts';

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
    ['ip_rcv', ['ip_rcv']],
    ['ip|ip_rcv', ['ip_rcv']],
    ['ip', []],
    ['ip_.*|veth_.*', ['ip_rcv', 'veth_xmit', 'ip_old']],
  ])('selects whole names by %s', (expression, names) => {
    const { attach, refused } = narrowPlans(plans, RE2JS.compile(expression));
    expect([...attach, ...refused].map(({ name }) => name)).toEqual(names);
  });

  test('joins everything without a pattern, and freezes it', () => {
    const plan = narrowPlans(plans, undefined);
    expect(plan.attach).toHaveLength(3);
    expect(plan.refused).toHaveLength(1);
    expect([plan, plan.attach, plan.refused].every(Object.isFrozen)).toBe(true);
  });
});
