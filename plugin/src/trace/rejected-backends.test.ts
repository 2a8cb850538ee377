import { expect, test } from 'vitest';
import { rejectedLines } from './rejected-backends.ts';

test('backends that are refused for one reason share a line', () => {
  expect(
    rejectedLines([
      { name: 'a', reason: 'kernel.kptr_restrict is 2' },
      { name: 'b', reason: 'no CONFIG_FPROBE' },
      { name: 'c', reason: 'kernel.kptr_restrict is 2' },
    ]),
  ).toEqual(['a and c are not used: kernel.kptr_restrict is 2', 'b is not used: no CONFIG_FPROBE']);
  expect(rejectedLines([])).toEqual([]);
});
