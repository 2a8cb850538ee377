import { expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
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

const { REFUSAL_CAUSE_KERNEL, REFUSAL_CAUSE_CAPABILITY } = pwru.v1.RefusalCause;

test('backends that the kernel does not have are no news: the best that it can carry is used', () => {
  const missing = { name: 'kprobe.multi', reason: 'no CONFIG_FPROBE', cause: REFUSAL_CAUSE_KERNEL };
  const barred = { name: 'kprobe', reason: 'CAP_SYSLOG', cause: REFUSAL_CAUSE_CAPABILITY };
  expect(rejectedLines([missing])).toEqual([]);
  expect(rejectedLines([missing, barred])).toEqual(['kprobe is not used: CAP_SYSLOG']);
});
