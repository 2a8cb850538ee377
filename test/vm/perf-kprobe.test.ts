import { describe, expect } from 'vitest';
import { attachedFunctions, expectWholeWay, traceDroppedSyn } from '../scenario/dropped-syn.ts';
import { bpfLinks, eventually, TestAgent } from '../support/agent.ts';
import { withAgent } from '../support/machine.ts';
import { agentFlag, pwru } from '../support/trace.ts';
import { guestTest } from './guest-test.ts';
import type { Guest } from './lab/guest.ts';

const test = guestTest('6.1').extend<{ agent: TestAgent }>({
  agent: [
    async ({ guest }, use) => {
      await using agent = await TestAgent.start(guest);
      await use(agent);
    },
    { scope: 'file' },
  ],
});

/** The packet's way and little else: a plain kprobe takes 30-70 ms to attach and 100-270 ms to detach under emulation. */
const functionRegex =
  '(ip6?_(local|rcv|output|finish_output|input).*|nf_hook_slow|tcp_v[46]_.*|__?netif_receive.*|.*dev_queue_xmit|' +
  'dev_hard_start_xmit|veth_.*|kfree_skb.*|skb_release_.*|eth_(header|type_trans)|enqueue_to_backlog)';

/** An emulated machine is ten times slower than what it stands for: this on top of the 2 s that a user is promised. */
const emulationSlackMs = 28_000;

/** What the kernel has of probes: links, and kprobes that were not unregistered. */
async function probesLeft(guest: Guest): Promise<number> {
  const kprobes = await guest.mustRun('wc -l < /sys/kernel/debug/kprobes/list');
  return (await bpfLinks(guest)).length + Number(kprobes);
}

describe('plain kprobes on Linux 6.1, which has no kprobe.multi', () => {
  test.for([4, 6] as const)(
    'show each function on the way of a dropped IPv%i SYN',
    async (ipVersion, { guest, agent }) => {
      const machine = withAgent(guest, agent.address);
      const trace = await traceDroppedSyn(machine, ipVersion, `--func '${functionRegex}'`);
      expect(trace.exitCode).toBe(0);
      expect(trace.stderr).toContain('by kprobe');
      // The kernel has none: that is no news.
      expect(trace.stderr).not.toMatch(/is not used/);
      expect(trace.stderr).toMatch(/ 0 lost/);
      expect(attachedFunctions(trace.stderr)).toBeLessThanOrEqual(150);
      expectWholeWay(trace);
    },
  );

  test('are seen to be attached, and to go when Ctrl-C comes before that is done', async ({
    guest,
    agent,
  }) => {
    await eventually(
      'earlier probes are gone',
      60_000,
      async () => (await probesLeft(guest)) === 0,
    );
    const machine = withAgent(guest, agent.address);
    await using client = await guest.start(`exec ${pwru} ${agentFlag(machine)} -- udp port 9`);
    const progress = await client.waitForOutput(
      /^Attaching to 1,\d+ functions: (?<done>[\d,]+) done$/m,
      { timeoutMs: 120_000 },
    );
    expect(Number(progress.groups?.['done']?.replaceAll(',', ''))).toBeGreaterThan(0);
    expect(await probesLeft(guest)).toBeGreaterThan(0);
    const askedAtMs = performance.now();
    client.signal('SIGINT');
    await client.waitForOutput(/^Traced for 0\.0 s: [\d,]+ functions attached, /m);
    expect(performance.now() - askedAtMs).toBeLessThan(2_000 + emulationSlackMs);
    const left = [await probesLeft(guest)];
    await eventually('the probes are gone', 240_000, async () => {
      left.push(await probesLeft(guest));
      return left.at(-1) === 0;
    });
    // Not all at once, and never more again.
    expect(new Set(left).size).toBeGreaterThan(2);
    expect(left).toEqual([...left].sort((one, other) => other - one));
    const { exitCode, stderr } = await client.wait({ timeoutMs: 60_000 });
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/^Detaching/m);
    expect(await agent.bpfFds()).toEqual([]);
  });
});

test('tracepoints do on Linux 6.1, too, where programs have less stack', async ({ guest }) => {
  const { exitCode, stderr } = await guest.run(
    `${pwru} --local --backend tracepoint --timeout 1s -- tcp port 80`,
    { timeoutMs: 240_000 },
  );
  expect(stderr).toMatch(/^Tracing \d+ functions on .* by tracepoint/m);
  expect(exitCode).toBe(0);
});
