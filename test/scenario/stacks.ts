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

function expectPlaces(events: readonly TracedEvent[]): void {
  const stacks = events.filter(({ stack }) => stack.length > 0);
  expect(stacks.map(({ function: { name } }) => name)).toContain('kfree_skb');
  for (const { function: hit, stack } of stacks) {
    expect(stack[0]?.symbol, `the first frame of ${hit.name}`).toMatch(
      tracepointPlaces[hit.name] ?? hit.name,
    );
  }
}
