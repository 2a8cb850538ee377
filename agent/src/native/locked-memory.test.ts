import { expect, test } from 'vitest';
import { lockedMemoryLimit } from './libc.ts';

/** /proc/self/limits with this soft limit. */
function limits(locked: string): string {
  return `Limit                     Soft Limit           Hard Limit           Units
Max processes             95992                95992                processes
Max locked memory         ${locked.padEnd(20)} unlimited            bytes
Max address space         unlimited            unlimited            bytes
`;
}

test.each([
  ['65536', '5.10.0-46-cloud-amd64', /RLIMIT_MEMLOCK allows 65536 bytes/],
  ['65536', '4.18.0-553.el8_10.x86_64', /RLIMIT_MEMLOCK allows 65536 bytes/],
  ['unlimited', '5.10.0-46-cloud-amd64', undefined],
  ['65536', '5.11.0', undefined],
  ['65536', '5.15.0-1051-aws', undefined],
  ['65536', '6.1.0-56-cloud-amd64', undefined],
])('%s bytes of locked memory on Linux %s', (locked, kernel, expected) => {
  const limit = lockedMemoryLimit(limits(locked), kernel);
  if (expected === undefined) expect(limit).toBeUndefined();
  else expect(limit).toMatch(expected);
});
