import { describe, expect, it } from 'vitest';
import { Random } from '../../../../test/support/event-records.ts';
import { PacketTable } from './packet-table.ts';

describe('PacketTable', () => {
  it.each([1, 2, 3])('finds, orders and removes like a Map (seed %i)', (seed) => {
    const random = new Random(seed * 1_000_003);
    const table = new PacketTable(64);
    const oracle = new Map<string, number>();
    const word = () => random.below(12) << (random.below(2) * 28);
    for (let step = 0; step < 4_000; step++) {
      const low = word();
      const high = word();
      const key = `${low} ${high}`;
      const known = oracle.get(key);
      expect(table.find(low, high)).toBe(known ?? -1);
      if (known !== undefined && random.below(2) === 0) {
        table.remove(known);
        oracle.delete(key);
      } else if (known === undefined && oracle.size < 64) {
        const place = table.add(low, high);
        expect([...oracle.values()]).not.toContain(place);
        oracle.set(key, place);
      } else if (oracle.size === 64) {
        const [oldest] = oracle;
        expect(table.oldest).toBe(oldest?.[1]);
        table.remove(table.oldest);
        oracle.delete(oldest?.[0] ?? '');
      }
      expect(table.size).toBe(oracle.size);
    }
    const left: number[] = [];
    for (; table.oldest !== -1; table.remove(table.oldest)) left.push(table.oldest);
    expect(left).toEqual([...oracle.values()]);
  });
});
