import { describe, expect, test } from 'vitest';
import { Random } from '../../../../test/support/event-records.ts';
import { readJsonList } from './json-list.ts';

const limits = { itemBytes: 10_000, restBytes: 1_000 };

/** Reads a text in pieces of these sizes. */
async function read(text: string, nextSize: () => number, own = limits) {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let start = 0; start < bytes.length; ) {
      const end = start + Math.max(1, nextSize());
      yield bytes.subarray(start, end);
      start = end;
    }
  }
  const items: unknown[] = [];
  const rest = await readJsonList(chunks(), (item) => items.push(item), own);
  return { items, rest };
}

function randomValue(random: Random, depth: number): unknown {
  const texts = ['', 'a', '"', '\\', '{', '}', '[', ']', '"items":[{', 'é😀', '\\"'] as const;
  switch (random.below(depth > 0 ? 6 : 4)) {
    case 0:
      return random.pick(texts);
    case 1:
      return random.below(1_000);
    case 2:
      return null;
    case 3:
      return random.below(2) === 0;
    case 4:
      return Array.from({ length: random.below(4) }, () => randomValue(random, depth - 1));
    default:
      return randomObject(random, depth - 1);
  }
}

function randomObject(random: Random, depth: number): Record<string, unknown> {
  const keys = ['metadata', 'items', 'a"b', 'x\\', ':', 'kind'] as const;
  return Object.fromEntries(
    Array.from({ length: random.below(5) }, () => [random.pick(keys), randomValue(random, depth)]),
  );
}

describe('readJsonList', () => {
  test('gives the items of any list, however it is written and cut', async () => {
    const random = new Random(9);
    for (let round = 0; round < 400; round += 1) {
      const items = Array.from({ length: random.below(5) }, () => randomObject(random, 3));
      const { items: _, ...other } = randomObject(random, 3);
      const head = random.below(2) === 0 ? { ...other, items } : { items, ...other };
      const text = JSON.stringify(head, undefined, random.below(3));
      const result = await read(text, () => 1 + random.below(random.below(2) === 0 ? 3 : 200));
      expect(result.items).toEqual(items);
      expect(result.rest).toEqual({ ...other, items: [] });
    }
  });

  test.each([
    '{"items":null,"kind":"PodList"}',
    '{"kind":"PodList"}',
    '{"kind":"PodList","items":[]}',
  ])('takes %s for a list without items', async (text) => {
    const { items, rest } = await read(text, () => 5);
    expect(items).toEqual([]);
    expect(rest).toMatchObject({ kind: 'PodList' });
  });

  test.each([
    '{"items":[{"a":}]}',
    '{"items":[{}]',
    '{"items":[{"a":1}',
    '',
    'nonsense',
    '{"items":[{]}',
  ])('refuses %s', async (text) => {
    await expect(read(text, () => 3)).rejects.toMatchObject({ kind: 'malformed' });
  });

  test('bounds an item and what is around them, and not how many there are', async () => {
    const item = JSON.stringify({ text: 'x'.repeat(5_000) });
    const long = `{"items":[${Array.from({ length: 2_000 }, () => item).join(',')}]}`;
    expect((await read(long, () => 65_536)).items).toHaveLength(2_000);
    const large = JSON.stringify({ items: [{ text: 'x'.repeat(10_001) }] });
    await expect(read(large, () => 64)).rejects.toThrow(/An item of .* exceeds 10000 bytes/);
    const head = JSON.stringify({ text: 'x'.repeat(1_001), items: [] });
    await expect(read(head, () => 64)).rejects.toThrow(/The head of .* exceeds 1000 bytes/);
  });
});
