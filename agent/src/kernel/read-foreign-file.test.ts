import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readForeignFile } from './read-foreign-file.ts';

function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'pwru-foreign-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

test('a file is read, of procfs too', () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'ifindex'), '7\n');
  expect(readForeignFile(join(folder.path, 'ifindex'))).toBe('7\n');
  expect(readForeignFile('/proc/self/net/dev')).toContain('lo:');
});

test('what could block or never end is refused', () => {
  using folder = temporaryFolder();
  const fifo = join(folder.path, 'fifo');
  execFileSync('mkfifo', [fifo]);
  expect(() => readForeignFile(fifo)).toThrow('no regular file');
  expect(() => readForeignFile('/dev/zero')).toThrow('no regular file');
  expect(() => readForeignFile(folder.path)).toThrow('no regular file');
});

test('of a long file the beginning is read', () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'long');
  writeFileSync(file, 'x');
  truncateSync(file, 2 ** 40);
  expect(readForeignFile(file)).toHaveLength(1024 * 1024);
});
