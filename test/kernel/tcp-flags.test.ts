import { test as base, describe, expect } from 'vitest';
import { hostMachine } from '../support/host-machine.ts';
import type { TestMachine } from '../support/machine.ts';
import { Trace, type TracedEvent } from '../support/trace.ts';
import { makeVethPair, serverAddress, type VethPair } from '../support/veth-pair.ts';

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

/** Traces while the client tries a closed port by IPv4 and by IPv6: a SYN each, and a RST with ACK for it. */
async function traceRefused(pair: VethPair, args: string) {
  await using trace = await Trace.start(hostMachine, `netns/${pair.client} ${args}`);
  for (const address of Object.values(serverAddress)) {
    await hostMachine.run(
      `nsenter --net=/run/netns/${pair.client} bash -c 'exec 3<> /dev/tcp/${address}/7'`,
    );
  }
  const finished = await trace.stop();
  expect(finished.exitCode).toBe(0);
  return finished;
}

/** `4 SYN` and their like. */
function packetsOf(events: readonly TracedEvent[]): string[] {
  const packets = events.flatMap(({ tuple }) =>
    tuple === null
      ? []
      : [`${tuple.sourceAddress.includes(':') ? 6 : 4} ${tuple.tcpFlags.join('+')}`],
  );
  return [...new Set(packets)].sort();
}

describe('--tcp-flags shows packets of both IP versions', () => {
  test.for([
    ['syn', ['4 SYN', '6 SYN']],
    ['rst', ['4 RST+ACK', '6 RST+ACK']],
    ["'!syn,ack'", ['4 RST+ACK', '6 RST+ACK']],
    ['syn,ack', []],
    ['syn --dst-port 8', []],
    [`syn --host ${serverAddress[6]} --dst-port 7`, ['6 SYN']],
    [`syn,rst -- tcp`, []],
  ] as const)('%s: %j', async ([args, packets], { pair }) => {
    const { events, stderr } = await traceRefused(pair, `--tcp-flags ${args}`);
    expect(packetsOf(events)).toEqual(packets);
    expect(stderr).not.toContain('IPv4');
  });
});

test('an index of TCP sees IPv4 only, which is said before tracing', async ({ pair }) => {
  const { events, stderr } = await traceRefused(pair, "-- 'tcp[tcpflags] & tcp-syn != 0'");
  expect(packetsOf(events)).toEqual(['4 SYN']);
  const notices = stderr.split('\n').filter((line) => line.includes('IPv4'));
  expect(notices).toEqual([
    "Note: The filter's tcp[N] looks at IPv4 only: in IPv6 (no extension headers) it is ip6[6] = 6 and ip6[40+N], for flags of TCP there is --tcp-flags",
  ]);
});
