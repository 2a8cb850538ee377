import { expect } from 'vitest';
import { freeingFunctions, releaseFunctions } from '../../agent/src/core/probe/skb-release.ts';
import type { TestMachine } from '../support/machine.ts';
import { type FinishedTrace, Trace } from '../support/trace.ts';
import {
  dropTcpPort,
  makeVethPair,
  serverAddress,
  tryToConnect,
  type VethPair,
} from '../support/veth-pair.ts';

/** Which function drops for nftables: nf_hook_slow until Linux 6.6, the rules' interpreter later. */
export const dropper = /^(nf_hook_slow|nft_do_chain)$/;

export interface DroppedSyn extends FinishedTrace {
  readonly pair: VethPair;
}

/**
 * A client connects to a port that the server's firewall drops, both namespaces being traced.
 * @param args more arguments for kubectl-pwru, before the filter.
 */
export async function traceDroppedSyn(
  machine: TestMachine,
  ipVersion: 4 | 6,
  args = '',
): Promise<DroppedSyn> {
  await using pair = await makeVethPair(machine);
  await dropTcpPort(machine, pair.server, 80);
  // So that neighbour discovery is over and the SYN goes its way in one piece.
  await tryToConnect(machine, { netns: pair.client, address: serverAddress[ipVersion], port: 9 });
  await using trace = await Trace.start(
    machine,
    `netns/${pair.client} netns/${pair.server} ${args} -- 'tcp dst port 80'`,
  );
  await tryToConnect(machine, { netns: pair.client, address: serverAddress[ipVersion], port: 80 });
  return { ...(await trace.stop()), pair };
}

/** Asserts that the dropped SYN's whole way is there: at least 15 functions, the drop, and then only what frees it. */
export function expectWholeWay({ events, pair }: DroppedSyn): void {
  const drop = events.find((event) => event.drop !== null);
  expect(drop).toMatchObject({
    drop: { reason: 'NETFILTER_DROP', location: { symbol: expect.stringMatching(dropper) } },
    netns: { name: pair.server },
  });
  const way = events.filter((event) => event.packetId === drop?.packetId);
  expect(new Set(way.map((event) => event.skb)).size).toBe(1);
  const times = way.map((event) => BigInt(event.bootTimeNs));
  expect(times).toEqual([...times].sort((a, b) => Number(a - b)));
  const names = way.map((event) => event.function.name);
  expect(new Set(names).size).toBeGreaterThanOrEqual(15);
  const afterDrop = names.slice(names.indexOf('kfree_skb') + 1);
  expect(afterDrop.length).toBeGreaterThan(0);
  expect(afterDrop.filter((name) => !isFreeing(name))).toEqual([]);
}

/** How many functions the trace says it attached. */
export function attachedFunctions(stderr: string): number {
  return Number(/^Tracing ([\d,]+) functions/m.exec(stderr)?.[1]?.replaceAll(',', ''));
}

function isFreeing(name: string): boolean {
  return releaseFunctions.has(name) || freeingFunctions.has(name);
}
