import { expect, test } from 'vitest';
import type { PlannedTracepoint } from '../../core/probe/probe-plan.ts';
import { tracepointProbes } from './tracepoints.ts';

function tracepoint(name: string, argument: number): PlannedTracepoint {
  return { name, module: '', argument, kind: 'pointer' };
}

const plan = {
  attach: [
    tracepoint('net_dev_queue', 1),
    tracepoint('tcp_probe', 2),
    tracepoint('kfree_skb', 1),
    tracepoint('netif_rx', 1),
  ],
  refused: [],
};

test('with cookies a program serves all tracepoints with the skb in the same place', () => {
  const probes = tracepointProbes(plan, true);
  expect(probes.programs).toEqual(['tracepoint1', 'tracepoint2', 'end', 'drop']);
  expect([...probes.slotNames]).toEqual([
    [1, 'net_dev_queue'],
    [2, 'tcp_probe'],
    [3, 'netif_rx'],
  ]);
  expect(probes.slotArguments).toBeUndefined();
  expect(probes.total).toBe(4);
});

test('without, each has a program of its own, which is told where the skb is', () => {
  const probes = tracepointProbes(plan, false);
  expect(probes.programs).toEqual(['slot1', 'slot2', 'slot3', 'end', 'drop']);
  expect([...(probes.slotArguments ?? []).slice(0, 5)]).toEqual([0, 1, 2, 1, 0]);
});

test('what has no slot is refused', () => {
  const attach = Array.from({ length: 66 }, (_, index) => tracepoint(`point_${index}`, 1));
  for (const hasCookies of [true, false]) {
    const { total, refused, slotNames } = tracepointProbes({ attach, refused: [] }, hasCookies);
    expect([total, slotNames.size]).toEqual([65, 64]);
    expect(refused).toEqual(
      ['point_64', 'point_65'].map((name) => ({
        ...{ name, module: '' },
        reason: 'a session has room for 64 tracepoints',
      })),
    );
  }
});
