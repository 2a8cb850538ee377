import { expect, test } from 'vitest';
import { compileExpression, linkTypes } from '../../native/libpcap.ts';
import { planFilter } from './filter-plan.ts';

test('planFilter() gives what a session needs, frozen', () => {
  const expression = 'vlan and ether src 00:11:22:33:44:55';
  const plan = planFilter(expression, compileExpression(expression, linkTypes.ethernet));
  expect(plan).toMatchObject({
    expression,
    readBytes: 14,
    usesLinkAddresses: true,
    wantsVlanTag: true,
  });
  expect(plan.code.length % 8).toBe(0);
  expect(Object.isFrozen(plan)).toBe(true);
});

test.each(['inbound', 'outbound', 'ifindex 3', 'ip protochain 6', 'ether[70000] = 1'])(
  'planFilter() refuses "%s", which libpcap accepts',
  (expression) => {
    const program = compileExpression(expression, linkTypes.ethernet);
    expect(() => planFilter(expression, program)).toThrow(
      expect.objectContaining({ code: 'FILTER_UNSUPPORTED' }),
    );
  },
);
