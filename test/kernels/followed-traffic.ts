import type { BackendName } from '../../agent/src/trace/request/trace-spec.ts';
import type { TestMachine } from '../support/machine.ts';
import { type FinishedTrace, Trace } from '../support/trace.ts';
import { makeVethPair, type VethPair } from '../support/veth-pair.ts';
import { kernelObjects } from './kernel-objects.ts';
import { largestFilter } from './largest-filter.ts';
import { dropDatagrams, droppedPorts, sendPingAndDatagram, trafficFilter } from './traffic.ts';

export const filters = { small: trafficFilter, largest: largestFilter(trafficFilter) } as const;

/** The ways in which each backend is tried. */
export const variants = [
  { filter: 'largest', track: true, stack: true },
  { filter: 'small', track: true, stack: false },
  { filter: 'small', track: false, stack: true },
] as const;

export type Variant = (typeof variants)[number];

/** What the traces of one backend saw. */
export interface FollowedTraffic {
  readonly pair: VethPair;
  /** In the order of `variants`. */
  readonly traces: readonly FinishedTrace[];
  /** In the kernel while the last of them ran. */
  readonly objects: readonly string[];
}

/** A module that no other test loads; it has functions that take an skb. */
const lateModule = 'vxlan';

/**
 * The packet's way and little else. Under emulation more takes minutes: a plain kprobe takes 30-70 ms to attach and 100-270 ms
 * to detach, the verifier looks at the filter again in each tracepoint's program, and every hit slows the guest.
 */
const fewFunctions =
  'ip6?_(rcv|output)|ipv6_rcv|__netif_receive_skb_core.*|__dev_queue_xmit|nf_hook_slow|kfree_skb(_reason)?|sk_skb_reason_drop';
const fewTracepoints = 'net_dev_queue|netif_receive_skb|kfree_skb';

/**
 * Traces by one backend in each variant, one after the other: a ping and a dropped datagram, then a module is loaded, then
 * both again.
 */
export async function followTraffic(
  machine: TestMachine,
  backend: BackendName,
): Promise<FollowedTraffic> {
  await using pair = await makeVethPair(machine);
  await dropDatagrams(machine, pair);
  // So that neighbour discovery is over.
  await sendPingAndDatagram(machine, pair, droppedPorts[0]);
  const traces: FinishedTrace[] = [];
  let objects: readonly string[] = [];
  for (const variant of variants) {
    await using trace = await Trace.start(machine, traceArguments(variant, backend, pair));
    objects = await kernelObjects(machine);
    await sendPingAndDatagram(machine, pair, droppedPorts[0]);
    await machine.mustRun(`! grep -q '^${lateModule} ' /proc/modules && modprobe ${lateModule}`);
    await sendPingAndDatagram(machine, pair, droppedPorts[1]);
    traces.push(await trace.stop());
    await machine.mustRun(`modprobe -r ${lateModule}`);
  }
  return { pair, objects, traces };
}

/** With --track the server's namespace is none of the session's: packets are followed into it. */
function traceArguments(
  variant: Variant,
  backend: BackendName,
  { client, server }: VethPair,
): string {
  const targets = variant.track ? `netns/${client} --track` : `netns/${client} netns/${server}`;
  const stack = variant.stack ? '--stack' : '';
  const few = fewOf(variant, backend);
  const functions = few === undefined ? '' : `--func '${few}'`;
  return `${targets} ${stack} --backend ${backend} ${functions} -- '${filters[variant.filter]}'`;
}

/** All functions once, where that is quick. */
function fewOf({ filter, track }: Variant, backend: BackendName): string | undefined {
  const isAll = backend !== 'kprobe' && filter === 'small' && !track;
  if (isAll) return undefined;
  return backend === 'tracepoint' ? fewTracepoints : fewFunctions;
}
