import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect } from 'vitest';
import { attachedFunctions, expectWholeWay, traceDroppedSyn } from '../scenario/dropped-syn.ts';
import {
  expectCleanAfterKilledAgent,
  expectCleanAfterKilledClient,
  expectCleanAfterStoppedClient,
  expectEndAfterClosedPipe,
  expectPromptEndBeforeTracing,
  expectPromptSummary,
} from '../scenario/endings.ts';
import { expectExactAccounting, floodSmallRings } from '../scenario/flood.ts';
import {
  expectClonesFollowed,
  expectFollowedAcrossVeth,
  expectNoStrangers,
  expectNoSuccessor,
} from '../scenario/isolation.ts';
import { expectPacketEnds } from '../scenario/packet-ends.ts';
import {
  expectAllModules,
  expectBehindExtensionHeaders,
  expectDropsOnly,
  expectFunctionsOnly,
  expectIcmpOnly,
  expectInterfaceOnly,
  expectLaterFragmentsOnly,
  expectLimit,
  expectMarkOnly,
  expectModuleFunctions,
  expectPayloadByte,
  expectStacks,
  expectTimeout,
  expectVlanOnly,
} from '../scenario/selection.ts';
import { expectStacksBeginAtHit } from '../scenario/stacks.ts';
import { makeVethPair, type VethPair } from '../support/veth-pair.ts';
import { guestAgentTest } from './guest-test.ts';

/*
 * One guest, and one agent in it that most traces ask: starting one takes 10 s under emulation, a session in a running
 * one 2 s.
 */
const test = guestAgentTest('6.12').extend<{ pair: VethPair }>({
  pair: [
    async ({ guest }, use) => {
      await using pair = await makeVethPair(guest);
      await use(pair);
    },
    { scope: 'file' },
  ],
});

/** An emulated machine is ten times slower than what it stands for: this on top of what a user is promised. */
const emulationSlackMs = 28_000;

describe('kprobe.multi on Linux 6.12', () => {
  test('tells how each packet ended', ({ machine }) => expectPacketEnds(machine, 'consumed'));

  test('--local shows each function on the way of a dropped IPv4 SYN', async ({ guest }) => {
    const trace = await traceDroppedSyn(guest, 4);
    expect(trace.exitCode).toBe(0);
    expect(trace.stderr).toContain('by kprobe.multi');
    expect(trace.stderr).toMatch(/ 0 lost/);
    expect(attachedFunctions(trace.stderr)).toBeGreaterThan(1_400);
    expectWholeWay(trace);
  });

  test('an agent shows each function on the way of a dropped IPv6 SYN', async ({ machine }) => {
    const trace = await traceDroppedSyn(machine, 6);
    expect(trace.exitCode).toBe(0);
    expect(trace.stderr).toMatch(/ 0 lost/);
    expect(attachedFunctions(trace.stderr)).toBeGreaterThan(1_400);
    expectWholeWay(trace);
  });
});

describe('a traced namespace', () => {
  test('gives no event of another one', ({ machine }) => expectNoStrangers(machine));
  test('with --track is left by its own packets and by nothing else', ({ machine }) =>
    expectFollowedAcrossVeth(machine));
  test('with --track is left by clones of its packets, too', ({ machine }) =>
    expectClonesFollowed(machine));
  test('that is deleted gives no event of the one made in its place', ({ machine }) =>
    expectNoSuccessor(machine));
});

describe('kubectl-pwru shows', () => {
  test.for([
    ['--drops: only packets that were dropped, with their whole way', expectDropsOnly],
    ['--mark: only packets with the mark', expectMarkOnly],
    ['--ifname: only packets on the device', expectInterfaceOnly],
    ['--limit: so many events', expectLimit],
    ['--timeout: what comes in this time', expectTimeout],
    ['--func: only functions of these names', expectFunctionsOnly],
    ['--kmods: functions of the module too', expectModuleFunctions],
    ['--all-kmods: functions of all modules too', expectAllModules],
    ['--stack: who called', expectStacks],
    ['--stack: who called the function that was hit', expectStacksBeginAtHit],
    ['vlan: only tagged packets', expectVlanOnly],
    ['a byte of the payload: only packets with it', expectPayloadByte],
    ['icmp: only ICMP', expectIcmpOnly],
    ['a fragment offset: only later fragments', expectLaterFragmentsOnly],
    ['extension headers: what is behind them', expectBehindExtensionHeaders],
  ] as const)('%s', async ([, expectation], { machine, pair }) => {
    await expectation({ machine, pair });
  });
});

test('a flood that nobody reads is delivered or counted as lost, exactly', async ({
  machine,
  guest,
}) => {
  const client = join(guest.share, 'flood-client.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../support/flood-client.ts')],
    outfile: client,
    bundle: true,
    platform: 'node',
    target: 'node20',
  });
  const outcome = await floodSmallRings(machine, { client, packets: 3_000 });
  expect(outcome.sent).toBe(3_000);
  // An interrupt in the midst of a system call about a map runs no program (6.12, kernel/trace/bpf_trace.c:
  // bpf_prog_active): the kernel counts it.
  expect(outcome.missed).toBeLessThan(outcome.sent);
  expectExactAccounting(outcome, outcome.missed);
  // Its client reads nothing: it is told when it does, each second once.
  expect(outcome.lossReports).toBeGreaterThan(0);
});

describe('nothing is left attached', () => {
  test('when a client is killed', ({ machine, agent }) =>
    expectCleanAfterKilledClient(machine, agent));
  test('when a client is stopped, once its lease is over', ({ machine, agent }) =>
    expectCleanAfterStoppedClient(machine, agent));
  test('when the agent is killed', ({ machine }) => expectCleanAfterKilledAgent(machine));
});

describe('kubectl-pwru ends', () => {
  test('soon after Ctrl-C, with a summary', async ({ machine, agent }) => {
    const tookMs = await expectPromptSummary(machine, agent);
    expect(tookMs).toBeLessThan(2_000 + emulationSlackMs);
  });

  test.for([
    ['preparing', '--local', /^Preparing$/m],
    ['attaching', '--local', /^Attaching to 1,\d+ functions$/m],
  ] as const)('soon after Ctrl-C while %s', async ([, args, when], { machine }) => {
    const { tookMs, exitCode, stderr } = await expectPromptEndBeforeTracing(machine, {
      args,
      when,
    });
    expect(tookMs).toBeLessThan(2_000 + emulationSlackMs);
    // Attaching may be over when the signal arrives.
    expect(exitCode).toBe(/^Tracing /m.test(stderr) ? 0 : 130);
  });

  test('when its reader closes the pipe, with a summary', ({ machine }) =>
    expectEndAfterClosedPipe(machine));
});
