import { expectSilenceOfHealth } from '../scenario/healthy-machine.ts';
import { guestAgentTest } from './guest-test.ts';

const test = guestAgentTest('6.12');

test('--drops by kprobe.multi is silent on a healthy machine, and prints a loss in the midst of it', ({
  machine,
}) => expectSilenceOfHealth(machine));
