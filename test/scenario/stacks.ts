import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { Trace, type TracedEvent } from '../support/trace.ts';
import { serverAddress, type VethPair } from '../support/veth-pair.ts';
import { sendUdp } from './traffic.ts';

/** Where the kernel has the tracepoints: names of 6.1 and of 6.12 and newer. */
const tracepointPlaces: Readonly<Record<string, RegExp>> = {
  kfree_skb: /^(sk_skb_reason_drop|kfree_skb_reason)$/,
  net_dev_queue: /^__dev_queue_xmit$/,
  ip_rcv: /^ip_rcv$/,
};

/**
 * `--stack` begins with the function that was hit, or that has the tracepoint. So it does with a second trace, too: then the
 * kernel calls the programs of a tracepoint through __traceiter_NAME.
 */
export async function expectStacksBeginAtHit(place: {
  readonly machine: TestMachine;
  readonly pair: VethPair;
}): Promise<void> {
  const { machine, pair } = place;
  const flow = { netns: pair.client, address: serverAddress[4], port: 5014, count: 1 };
  const args = `netns/${pair.client} netns/${pair.server} --stack --func 'ip_rcv|net_dev_queue|kfree_skb' -- udp dst port 5014`;
  await using first = await Trace.start(machine, args);
  await sendUdp(machine, flow);
  await using second = await Trace.start(machine, args);
  await sendUdp(machine, flow);
  const alone = second.stop();
  const both = first.stop();
  expectPlaces((await alone).events);
  expectPlaces((await both).events);
}

/** Sends a copy of each packet to the loopback device: a BPF program that calls functions of the kernel. */
const mirror = `
struct __sk_buff;
static long (*clone_redirect)(struct __sk_buff *skb, unsigned int ifindex, unsigned long long flags) = (void *)13;
__attribute__((section("tc"), used)) int mirror_to_lo(struct __sk_buff *skb)
{
	clone_redirect(skb, 1, 0);
	return 0;
}
char LICENSE[] __attribute__((section("license"), used)) = "GPL";
`;

/**
 * A BPF program of somebody else's, loaded while one traces, is a caller with its name; one that is gone at once after the hit has
 * none, and above all not that of a program beside it.
 */
export async function expectLaterProgramsNamed(place: {
  readonly machine: TestMachine;
  readonly pair: VethPair;
}): Promise<void> {
  const { machine, pair } = place;
  const flow = { netns: pair.client, address: serverAddress[4], port: 5015, count: 1 };
  const device = `dev ${pair.clientInterface}`;
  const load = `set -e; object=$(mktemp); trap 'rm -f $object' EXIT
    clang -O2 -target bpf -c -x c - -o $object << 'SOURCE'
${mirror}
SOURCE
    tc -n ${pair.client} qdisc add ${device} clsact
    nsenter --net=/run/netns/${pair.client} tc filter add ${device} egress bpf da obj $object sec tc`;
  const unload = `tc -n ${pair.client} qdisc del ${device} clsact`;
  await using trace = await Trace.start(
    machine,
    `netns/${pair.client} --stack --func net_dev_queue -- udp dst port 5015`,
  );
  await machine.mustRun(load);
  await sendUdp(machine, flow);
  await machine.mustRun(unload);
  await machine.mustRun(load);
  // It may lie where the first one lay, which was without a name: the agent looks again within a few seconds.
  await machine.run('sleep 4');
  await sendUdp(machine, flow);
  await machine.run('sleep 1');
  await machine.mustRun(unload);
  const { events } = await trace.stop();
  const callers = events
    .filter((event) => event.interface?.name === 'lo' && event.function.name === 'net_dev_queue')
    .map(({ stack }) => stack.map(({ symbol }) => symbol));
  expect(callers.map(([first]) => first)).toEqual(['__dev_queue_xmit', '__dev_queue_xmit']);
  const programs = callers.map((symbols) => symbols[symbols.indexOf('bpf_clone_redirect') + 1]);
  const itself = 'bpf_prog_[0-9a-f]{16}_mirror_to_lo';
  expect(programs[0]).toMatch(new RegExp(`^(${itself}|0x[0-9a-f]{16})$`));
  expect(programs[1]).toMatch(new RegExp(`^${itself}$`));
}

function expectPlaces(events: readonly TracedEvent[]): void {
  const stacks = events.filter(({ stack }) => stack.length > 0);
  expect(stacks.map(({ function: { name } }) => name)).toContain('kfree_skb');
  for (const { function: hit, stack } of stacks) {
    expect(stack[0]?.symbol, `the first frame of ${hit.name}`).toMatch(
      tracepointPlaces[hit.name] ?? hit.name,
    );
  }
}
