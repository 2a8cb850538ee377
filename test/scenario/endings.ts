import { expect } from 'vitest';
import { bpfLinks, eventually, TestAgent } from '../support/agent.ts';
import type { TestMachine } from '../support/machine.ts';
import { agentFlag, pwru } from '../support/trace.ts';

/** Lease (15 s), and room for a machine that is busy or emulated. */
const leaseMs = 15_000;
const slackMs = 15_000;

const traceArgs =
  "--func 'ip_rcv|ip_output|kfree_skb.*|netif_receive_skb|net_dev_queue' -- udp port 4444";

/** A client of the agent that traces; the agent holds links then. */
async function startClient(machine: TestMachine, agent: TestAgent) {
  const client = await machine.start(`exec ${pwru} --agent ${agent.address} ${traceArgs}`);
  await client.waitForOutput(/^Tracing /m, { timeoutMs: 120_000 });
  expect(await agent.bpfFds()).not.toEqual([]);
  expect(await bpfLinks(machine)).not.toEqual([]);
  return client;
}

/** Nothing of BPF is open in the agent, and its links are gone from the kernel. */
function untilClean(machine: TestMachine, agent: TestAgent, withinMs: number): Promise<number> {
  return eventually('nothing of BPF is left', withinMs, async () => {
    const [fds, links] = await Promise.all([agent.bpfFds(), bpfLinks(machine)]);
    return fds.length === 0 && links.length === 0;
  });
}

/** A client is killed: its session ends at once, since its connection does. */
export async function expectCleanAfterKilledClient(
  machine: TestMachine,
  agent: TestAgent,
): Promise<void> {
  await using client = await startClient(machine, agent);
  client.signal('SIGKILL');
  await untilClean(machine, agent, slackMs);
}

/** A client is stopped: its session ends with its lease, not before. */
export async function expectCleanAfterStoppedClient(
  machine: TestMachine,
  agent: TestAgent,
): Promise<void> {
  await using client = await startClient(machine, agent);
  client.signal('SIGSTOP');
  const waitedMs = await untilClean(machine, agent, leaseMs + slackMs);
  // The last heartbeat may be almost one interval (5 s) old.
  expect(waitedMs).toBeGreaterThan(leaseMs - 6_000);
  client.signal('SIGCONT');
  const { exitCode, stderr } = await client.wait({ timeoutMs: 60_000 });
  expect(stderr).toMatch(/heard nothing of this client/);
  expect(exitCode).toBe(3);
}

/** The agent is killed: the kernel takes everything away, and the client says so and ends. */
export async function expectCleanAfterKilledAgent(machine: TestMachine): Promise<void> {
  await using agent = await TestAgent.start(machine);
  await using client = await startClient(machine, agent);
  agent.process.signal('SIGKILL');
  const { exitCode } = await client.wait({ timeoutMs: 30_000 });
  expect(exitCode).toBe(3);
  await eventually('no link is left', slackMs, async () => (await bpfLinks(machine)).length === 0);
}

/** Ctrl-C: the summary, and nothing left. @returns how long it took, in milliseconds of the machine. */
export async function expectPromptSummary(machine: TestMachine, agent: TestAgent): Promise<number> {
  await using client = await startClient(machine, agent);
  const askedAtMs = performance.now();
  client.signal('SIGINT');
  await client.waitForOutput(/^Traced for /m, { timeoutMs: 30_000 });
  const tookMs = performance.now() - askedAtMs;
  const { exitCode, stderr } = await client.wait({ timeoutMs: 30_000 });
  expect(exitCode).toBe(0);
  expect(stderr).not.toMatch(/did not confirm/);
  await untilClean(machine, agent, slackMs);
  return tookMs;
}

/**
 * Ctrl-C before tracing began, when what it writes matches.
 * @returns how long it took to end, in milliseconds
 */
export async function expectPromptEndBeforeTracing(
  machine: TestMachine,
  { args, when }: { readonly args: string; readonly when: RegExp },
): Promise<{ readonly tookMs: number; readonly exitCode: number; readonly stderr: string }> {
  await using client = await machine.start(`exec ${pwru} ${args}`);
  await client.waitForOutput(when, { timeoutMs: 120_000 });
  const askedAtMs = performance.now();
  client.signal('SIGINT');
  const { exitCode, stderr } = await client.wait({ timeoutMs: 120_000 });
  const tookMs = performance.now() - askedAtMs;
  await eventually('no link is left', slackMs, async () => (await bpfLinks(machine)).length === 0);
  return { tookMs, exitCode, stderr };
}

/** `| head -3`: three lines, the summary, exit code 0. */
export async function expectEndAfterClosedPipe(machine: TestMachine): Promise<void> {
  const { stdout, stderr, exitCode } = await machine.run(
    `(for i in $(seq 200); do bash -c 'echo x > /dev/udp/127.0.0.1/4445'; sleep 0.05; done) > /dev/null 2>&1 &
     traffic=$!
     timeout 60 ${pwru} ${agentFlag(machine)} -- udp port 4445 | head -3
     code=\${PIPESTATUS[0]}
     kill $traffic
     exit $code`,
    { timeoutMs: 120_000 },
  );
  expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(3);
  expect(stderr).toMatch(/^Traced for /m);
  expect(exitCode).toBe(0);
}
