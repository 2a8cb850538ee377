import { test as base, describe } from 'vitest';
import {
  expectBehindExtensionHeaders,
  expectDropsOnly,
  expectIcmpOnly,
  expectInterfaceOnly,
  expectLimit,
  expectMarkOnly,
  expectTimeout,
} from '../scenario/selection.ts';
import { expectLaterProgramsNamed, expectStacksBeginAtHit } from '../scenario/stacks.ts';
import { hostMachine } from '../support/host-machine.ts';
import type { TestMachine } from '../support/machine.ts';
import { makeVethPair, type VethPair } from '../support/veth-pair.ts';

const test = base.extend<{ machine: TestMachine; pair: VethPair }>({
  machine: [hostMachine, { scope: 'file' }],
  pair: [
    async ({ machine }, use) => {
      await using pair = await makeVethPair(machine);
      await use(pair);
    },
    { scope: 'file' },
  ],
});

describe("kubectl-pwru --local on this machine's kernel shows", () => {
  test.for([
    ['--drops: only packets that were dropped, with their whole way', expectDropsOnly],
    ['--mark: only packets with the mark', expectMarkOnly],
    ['--ifname: only packets on the device', expectInterfaceOnly],
    ['--limit: so many events', expectLimit],
    ['--timeout: what comes in this time', expectTimeout],
    ['--stack: who called the function that was hit', expectStacksBeginAtHit],
    ['--stack: BPF programs that come and go', expectLaterProgramsNamed],
    ['icmp: only ICMP', expectIcmpOnly],
    ['extension headers: what is behind them', expectBehindExtensionHeaders],
  ] as const)('%s', async ([, expectation], { pair }) => {
    await expectation({ machine: hostMachine, pair });
  });
});
