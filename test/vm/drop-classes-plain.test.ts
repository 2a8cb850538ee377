import { describe } from 'vitest';
import { dropCases, expectDropClasses } from '../scenario/drop-classes.ts';
import { expectSilenceOfHealth } from '../scenario/healthy-machine.ts';
import { guestAgentTest } from './guest-test.ts';

const test = guestAgentTest('6.1');

/** The kernel names reasons, and no sockets; few functions, since each plain kprobe takes long. */
const few = "--func '(ip6?_rcv|ip6?_output|kfree_skb.*|tcp_timewait_state_process|tcp_check_req)'";

describe('--drops on Linux 6.1', () => {
  test('is silent on a healthy machine by tracepoints', ({ machine }) =>
    expectSilenceOfHealth(machine, '--backend tracepoint'));

  test.for(dropCases)('by plain kprobes tells a loss from $name', (dropCase, { machine }) =>
    expectDropClasses(machine, dropCase, few),
  );
});
