import { expect, test } from 'vitest';
import type { CounterTable } from '../../kernel/bpf/counters.ts';
import { accountingOf } from './accounting.ts';

/** Counters of one CPU. */
function countersOf(values: Partial<Record<string, number>>): CounterTable {
  const read = (name: string) => values[name] ?? 0;
  return { cpus: 1, read, total: read } as unknown as CounterTable;
}

const nothing = {
  cpu: 0,
  delivered: 0,
  withheld: 0,
  undelivered: 0,
  pushedOut: 0,
  malformed: 0,
  noRoom: 0,
  foreign: 0,
};

function sourcesOf(produced: number, counts: Partial<typeof nothing>) {
  return {
    counters: countersOf({ produced }),
    streamCounts: [{ ...nothing, ...counts }],
    ...{
      deliveredEnds: 0,
      othersPackets: 0,
      undecidedEvents: 0,
      missedHits: 0,
      identityEvictions: 0,
      blindSoftirqs: 0,
    },
    droppedPackets: undefined,
  };
}

test('what is neither delivered, withheld nor lost is pending', () => {
  const { accounting, overcountedEvents } = accountingOf(
    sourcesOf(10, { delivered: 4, withheld: 1, undelivered: 2 }),
  );
  expect(Number(accounting.pendingEvents)).toBe(3);
  expect(overcountedEvents).toBe(0);
});

test('more than was produced is not hidden', () => {
  const { accounting, overcountedEvents } = accountingOf(sourcesOf(10, { delivered: 12 }));
  expect(Number(accounting.pendingEvents)).toBe(0);
  expect(overcountedEvents).toBe(2);
});

test('more of others than of all is not hidden either', () => {
  expect(accountingOf(sourcesOf(10, { foreign: 11 })).overcountedEvents).toBe(1);
});
