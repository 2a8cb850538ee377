import { test } from 'vitest';
import { expectSenderOnlyWhereItSends } from '../scenario/sender-process.ts';
import { hostMachine } from '../support/host-machine.ts';

test('a process is shown as what the kernel interrupted where it did not send the packet', () =>
  expectSenderOnlyWhereItSends(hostMachine, { backend: 'tracepoint', isTold: true }));
