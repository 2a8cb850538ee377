import { describe, expect, test } from 'vitest';
import { dropper, traceDroppedSyn } from '../scenario/dropped-syn.ts';
import { hostMachine } from '../support/host-machine.ts';
import { clientAddress, serverAddress } from '../support/veth-pair.ts';

describe("the tracepoint backend on this machine's kernel", () => {
  test.each([4, 6] as const)(
    'shows a dropped IPv%i SYN from the device to the reason',
    async (ipVersion) => {
      const { events, exitCode, stderr, pair } = await traceDroppedSyn(
        hostMachine,
        ipVersion,
        '--backend tracepoint',
      );
      expect(exitCode).toBe(0);
      expect(stderr).toMatch(/ 0 lost/);
      const drop = events.find((event) => event.drop !== null);
      expect(drop).toMatchObject({
        function: { name: 'kfree_skb', tracepoint: true },
        drop: { reason: 'NETFILTER_DROP', location: { symbol: expect.stringMatching(dropper) } },
        netns: { name: pair.server },
        interface: { name: pair.serverInterface },
        tuple: {
          ipVersion,
          sourceAddress: clientAddress[ipVersion],
          destinationAddress: serverAddress[ipVersion],
          destinationPort: 80,
          protocol: 'tcp',
          tcpFlags: ['SYN'],
        },
      });
      const way = events.filter((event) => event.packetId === drop?.packetId);
      const names = way.map((event) => event.function.name);
      expect(names.indexOf('net_dev_queue')).toBeGreaterThanOrEqual(0);
      expect(names.indexOf('netif_receive_skb')).toBeGreaterThan(names.indexOf('net_dev_queue'));
      expect(names.at(-1)).toBe('kfree_skb');
      expect(way[0]?.netns?.name).toBe(pair.client);
    },
  );
});
