import { expect } from 'vitest';
import type { JsonPacketEnd } from '../../plugin/src/events/json-shapes.ts';
import type { TestMachine } from '../support/machine.ts';
import { agentFlag, pwru, Trace } from '../support/trace.ts';
import { makeVethPair, serverAddress, type VethPair } from '../support/veth-pair.ts';
import { dropper } from './dropped-syn.ts';

const port = 5043;
const datagrams = 3;

/** Says for each datagram that it was read. */
const receiver = `require('dgram').createSocket('udp4').on('message', () => console.log('read'))
  .bind(${port}, () => console.log('listening'))`;

function send(machine: TestMachine, { client }: VethPair): Promise<string> {
  return machine.mustRun(
    `nsenter --net=/run/netns/${client} bash -c 'for i in 1 2 3; do printf xx > /dev/udp/${serverAddress[4]}/${port}; done'`,
  );
}

async function drop(machine: TestMachine, { server }: VethPair): Promise<void> {
  await machine.mustRun(`nsenter --net=/run/netns/${server} nft -f - <<'RULES'
table inet pwru_test {
  chain input {
    type filter hook input priority 0
    udp dport ${port} drop
  }
}
RULES`);
}

/** What JSON says of how the packets ended, each once. */
async function tracedEnds(
  machine: TestMachine,
  pair: VethPair,
  { args, act }: { args: string; act: () => Promise<void> },
): Promise<JsonPacketEnd[]> {
  await using trace = await Trace.start(
    machine,
    `--include-packet-ends netns/${pair.client} netns/${pair.server} ${args} -- udp port ${port}`,
  );
  await act();
  const { events, statuses } = await trace.stop();
  const lines = statuses as unknown as ReadonlyArray<{ readonly type: string }>;
  const ends = lines.filter((line) => line.type === 'packetEnd') as JsonPacketEnd[];
  expect(new Set(ends.map(({ packetId }) => packetId)).size).toBe(ends.length);
  const seen = new Set(events.map(({ packetId }) => packetId).filter((id) => id !== '0'));
  expect(new Set(ends.map(({ packetId }) => packetId))).toEqual(seen);
  return ends;
}

/**
 * Datagrams that a rule drops end as dropped, there and for that reason, in JSON and in the table; the same datagrams without the
 * rule do not.
 * @param read how those end that are read
 */
export async function expectPacketEnds(
  machine: TestMachine,
  read: 'consumed' | 'waiting',
  args = '',
): Promise<void> {
  await using pair = await makeVethPair(machine);
  await using process = await machine.start(
    `exec nsenter --net=/run/netns/${pair.server} node -e "${receiver.replaceAll('\n', ' ')}"`,
  );
  await process.waitForOutput(/listening/, { timeoutMs: 60_000 });
  // So that the neighbour is known.
  await send(machine, pair);
  await process.waitForOutput(/(read\s+){3}/, { timeoutMs: 60_000 });

  const delivered = await tracedEnds(machine, pair, {
    args,
    act: async () => {
      await send(machine, pair);
      await process.waitForOutput(/(read\s+){6}/, { timeoutMs: 60_000 });
    },
  });
  expect(delivered.map(({ end }) => end)).toEqual(Array(datagrams).fill(read));
  expect(delivered.every((end) => end.drop === null && end.events > 3 && end.durationNs > 0)).toBe(
    true,
  );

  await drop(machine, pair);
  const dropped = await tracedEnds(machine, pair, {
    args,
    act: async () => {
      await send(machine, pair);
    },
  });
  expect(dropped).toMatchObject(
    Array(datagrams).fill({
      end: 'dropped',
      drop: {
        ...{ reason: 'NETFILTER_DROP', class: 'lost' },
        location: { symbol: expect.stringMatching(dropper) },
        netns: { name: pair.server },
        interface: { name: pair.serverInterface },
      },
    }),
  );
  expect(await closingLines(machine, pair, args)).toEqual(
    Array(datagrams).fill(
      expect.stringMatching(
        new RegExp(
          `^192\\.0\\.2\\.1:\\d+->192\\.0\\.2\\.2:${port}\\(udp\\) lost: NETFILTER_DROP at (nf_hook_slow|nft_do_chain)\\S* .*in ${pair.server} on ${pair.serverInterface}:\\d+ .*after it was first seen \\(\\d+ events\\)$`,
        ),
      ),
    ),
  );
}

/** Of a table, without their indentation. */
async function closingLines(machine: TestMachine, pair: VethPair, args: string): Promise<string[]> {
  await using process = await machine.start(
    `exec ${pwru} ${agentFlag(machine)} netns/${pair.client} netns/${pair.server} ${args} -- udp port ${port}`,
  );
  await process.waitForOutput(/^Tracing .*$/m, { timeoutMs: 600_000 });
  await send(machine, pair);
  // The lines come though nothing else does.
  await expect
    .poll(() => process.stdout.match(/after it was first seen/g)?.length, { timeout: 60_000 })
    .toBe(datagrams);
  process.signal('SIGINT');
  const { stdout } = await process.wait({ timeoutMs: 120_000 });
  return stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /lost: /.test(line));
}
