import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readKernelFile } from './read-kernel-file.ts';

test('readKernelFile reads files that hand out 4 KiB at a time', async () => {
  const path = '/sys/kernel/btf/vmlinux';
  expect(readFileSync(path).equals(await readKernelFile(path, 1 << 10))).toBe(true);
});

test('readKernelFile lets the event loop go on', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const bytes = await readKernelFile('/proc/kallsyms', 1 << 12);
  clearInterval(timer);
  expect(bytes.length).toBeGreaterThan(1_000_000);
  expect(turns).toBeGreaterThan(0);
});

test.each([0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5 << 20])(
  'readKernelFile reads %i bytes',
  async (size) => {
    const directory = await mkdtemp(join(tmpdir(), 'pwru-read-'));
    try {
      const content = Buffer.alloc(size, 'abcdefg');
      await writeFile(join(directory, 'file'), content);
      expect(content.equals(await readKernelFile(join(directory, 'file'), 1 << 20))).toBe(true);
    } finally {
      await rm(directory, { recursive: true });
    }
  },
);

test('readKernelFile passes on the error of a file that is not there', async () => {
  await expect(readKernelFile('/proc/no-such-file', 1)).rejects.toMatchObject({ code: 'ENOENT' });
});
