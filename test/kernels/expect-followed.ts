import { expect } from 'vitest';
import { dropper } from '../scenario/dropped-syn.ts';
import type { FinishedTrace, TracedEvent } from '../support/trace.ts';
import { clientAddress, serverAddress, type VethPair } from '../support/veth-pair.ts';

export type IpVersion = 4 | 6;

/** ICMP types of an echo request and its answer: RFC 792, RFC 4443 section 4. */
const echo = { 4: { request: 8, answer: 0 }, 6: { request: 128, answer: 129 } } as const;

/** The request's way from the client to the server, and the answer's arrival. */
export function expectPing(
  { events }: FinishedTrace,
  { client, server }: VethPair,
  ipVersion: IpVersion,
): void {
  const { request, answer } = echo[ipVersion];
  const [there, back] = [clientAddress[ipVersion], serverAddress[ipVersion]];
  const requests = events.filter((event) => isIcmp(event, request, there, back));
  expect(namespacesOf(requests)).toEqual(new Set([client, server]));
  // One went before the module was loaded and one after.
  expect(packetsOf(requests).size).toBe(2);
  const answers = events.filter((event) => isIcmp(event, answer, back, there));
  expect(namespacesOf(answers)).toContain(client);
}

/** The datagram's way from the client to the server's firewall, and why it ended there. */
export function expectDroppedDatagram(
  { events }: FinishedTrace,
  { client, server }: VethPair,
  datagram: {
    readonly ipVersion: IpVersion;
    readonly port: number;
    readonly reason: string;
    readonly stack: boolean;
  },
): void {
  const { ipVersion, port, reason, stack } = datagram;
  const way = events.filter(
    ({ tuple }) =>
      tuple?.protocol === 'udp' && tuple.ipVersion === ipVersion && tuple.destinationPort === port,
  );
  expect(packetsOf(way).size).toBe(1);
  expect(way[0]).toMatchObject({
    netns: { name: client },
    tuple: {
      sourceAddress: clientAddress[ipVersion],
      destinationAddress: serverAddress[ipVersion],
    },
  });
  expect(namespacesOf(way)).toEqual(new Set([client, server]));
  const drops = way.filter(({ drop }) => drop !== null);
  expect(drops).toMatchObject([
    {
      netns: { name: server },
      drop: { reason, location: { symbol: expect.stringMatching(dropper) } },
    },
  ]);
  const callers = drops.flatMap((event) => event.stack.map(({ symbol }) => symbol));
  if (stack) expect(callers).toContain('nf_hook_slow');
  else expect(callers).toEqual([]);
}

function isIcmp(
  { tuple }: TracedEvent,
  type: number,
  source: string,
  destination: string,
): boolean {
  return (
    tuple !== null &&
    (tuple.protocol === 'icmp' || tuple.protocol === 'icmp6') &&
    tuple.icmpType === type &&
    tuple.sourceAddress === source &&
    tuple.destinationAddress === destination
  );
}

function namespacesOf(events: readonly TracedEvent[]): Set<string | undefined> {
  return new Set(events.map(({ netns }) => netns?.name));
}

function packetsOf(events: readonly TracedEvent[]): Set<string> {
  return new Set(events.map(({ packetId }) => packetId));
}
