import { expect, test } from 'vitest';
import type { PlannedTracepoint } from '../../core/probe/probe-plan.ts';
import { tracepointSource } from './tracepoints.ts';

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
  const source = tracepointSource(plan, { hasCookies: true });
  expect(source.programs).toEqual(['tracepoint1', 'tracepoint2']);
  expect([...source.places].map(([slot, { name }]) => [slot, name])).toEqual([
    [1n, 'net_dev_queue'],
    [2n, 'tcp_probe'],
    [3n, 'netif_rx'],
  ]);
  expect(source.slotArguments).toBeUndefined();
  expect(source.total).toBe(3);
});

test('without, each has a program of its own, which is told where the skb is', () => {
  const source = tracepointSource(plan, { hasCookies: false });
  expect(source.programs).toEqual(['slot1', 'slot2', 'slot3']);
  expect([...(source.slotArguments ?? []).slice(0, 5)]).toEqual([0, 1, 2, 1, 0]);
});

test('those that come later have the slots behind', () => {
  const { nextSlot } = tracepointSource(plan, { hasCookies: true });
  const later = { attach: [tracepoint('new_event', 1)], refused: [] };
  const source = tracepointSource(later, { hasCookies: true, firstSlot: nextSlot });
  expect([...source.places.keys()]).toEqual([4n]);
});

test('what has no slot is refused', () => {
  const attach = Array.from({ length: 66 }, (_, index) => tracepoint(`point_${index}`, 1));
  for (const hasCookies of [true, false]) {
    const { total, refused, places } = tracepointSource({ attach, refused: [] }, { hasCookies });
    expect([total, places.size]).toEqual([64, 64]);
    expect(refused).toEqual(
      ['point_64', 'point_65'].map((name) => ({
        ...{ name, module: '' },
        reason: 'a session has room for 64 tracepoints',
      })),
    );
  }
});
