import { describe, test } from 'vitest';
import { expectRenamedInterface } from '../scenario/renamed-interface.ts';
import { hostMachine } from '../support/host-machine.ts';

describe("kubectl-pwru --local on this machine's kernel admits", () => {
  test('--ifname: packets on a device that had a longer name before', () =>
    expectRenamedInterface(hostMachine));
});
