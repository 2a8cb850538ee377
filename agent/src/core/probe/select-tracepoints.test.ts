import { expect, test } from 'vitest';
import { selectTracepoints } from './select-tracepoints.ts';

test('a tracepoint whose skb no program reads is refused, and none is lost', () => {
  const place = (name: string, argument: number) =>
    ({ name, module: 'fq', argument, kind: 'pointer' }) as const;
  const { attach, refused } = selectTracepoints([place('fifth', 5), place('sixth', 6)]);
  expect(attach).toEqual([place('fifth', 5)]);
  expect(refused).toEqual([
    { name: 'sixth', module: 'fq', reason: 'its skb is argument 6: the first 5 are read' },
  ]);
});
