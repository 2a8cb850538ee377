import { describe } from 'vitest';
import { expectFragmentsOfRouter, fragmentCases } from '../scenario/fragments.ts';
import { guestAgentTest } from './guest-test.ts';

const test = guestAgentTest('6.12');

describe('kprobe.multi on Linux 6.12 admits fragments', () => {
  test('that a router makes', ({ machine }) => expectFragmentsOfRouter(machine));
  describe.each([4, 6] as const)('of IPv%i:', (version) => {
    test.for(fragmentCases)('%s', ([, expectation], { machine }) => expectation(machine, version));
  });
});
