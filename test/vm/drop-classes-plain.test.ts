import { describe } from 'vitest';
import { dropCases, expectDropClasses } from '../scenario/drop-classes.ts';
import { expectSilenceOfHealth } from '../scenario/healthy-machine.ts';
import { TestAgent } from '../support/agent.ts';
import { type TestMachine, withAgent } from '../support/machine.ts';
import { guestTest } from './guest-test.ts';

const test = guestTest('6.1').extend<{ agent: TestAgent; machine: TestMachine }>({
  agent: [
    async ({ guest }, use) => {
      await using agent = await TestAgent.start(guest);
      await use(agent);
    },
    { scope: 'file' },
  ],
  machine: [
    async ({ guest, agent }, use) => use(withAgent(guest, agent.address)),
    { scope: 'file' },
  ],
});

/** The kernel names reasons, and no sockets; few functions, since each plain kprobe takes long. */
const few = "--func '(ip6?_rcv|ip6?_output|kfree_skb.*)'";

describe('--drops on Linux 6.1', () => {
  test('is silent on a healthy machine by tracepoints', ({ machine }) =>
    expectSilenceOfHealth(machine, 20, '--backend tracepoint'));

  test.for(dropCases)('by plain kprobes tells a loss from $name', (dropCase, { machine }) =>
    expectDropClasses(machine, dropCase, few),
  );
});
