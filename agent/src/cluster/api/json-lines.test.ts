import { expect, test } from 'vitest';
import { jsonLines } from './request.ts';

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
  }
}

async function read(text: string, size: number, maxLineBytes = 100): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of jsonLines(chunksOf(Buffer.from(text), size), maxLineBytes)) {
    values.push(value);
  }
  return values;
}

test.each([1, 2, 3, 5, 7, 1_000])('finds the lines in chunks of %d bytes', async (size) => {
  const text = '{"a":"é ☃"}\n\n[1,\t2]\n"last"\n{"cut":';
  expect(await read(text, size)).toEqual([{ a: 'é ☃' }, [1, 2], 'last']);
});

test.each([1, 1_000])('refuses a line that is too long, in chunks of %d bytes', async (size) => {
  await expect(read(`"${'x'.repeat(200)}`, size)).rejects.toMatchObject({ kind: 'malformed' });
});
