import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { pwru, Trace } from '../support/trace.ts';
import { makeVethPair, serverAddress, type VethPair } from '../support/veth-pair.ts';
import { sendUdp } from './traffic.ts';

const port = 4000;

/** What a flood came to. All counts are of events but `sent`, which is of packets. */
export interface Flood {
  readonly sent: number;
  readonly hitsPerPacket: number;
  readonly delivered: number;
  readonly lost: number;
  /** Largest resident memory of kubectl-pwru with the agent inside. */
  readonly peakKib: number;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * Floods a traced namespace while nobody reads what kubectl-pwru prints, then reads it all.
 * @param packets so many that the rings overflow.
 */
export async function flood(machine: TestMachine, packets: number): Promise<Flood> {
  await using pair = await makeVethPair(machine);
  await dropUdp(machine, pair);
  const hitsPerPacket = await countHits(machine, pair);
  const folder = (await machine.mustRun('mktemp -d')).trim();
  await using reader = await machine.start(
    `mkfifo ${folder}/pipe; exec cat ${folder}/pipe > ${folder}/events`,
  );
  await using tracer = await machine.start(
    `until [ -p ${folder}/pipe ]; do sleep 0.05; done
     exec ${pwru} --local -o json netns/${pair.server} -- udp dst port ${port} > ${folder}/pipe`,
  );
  await tracer.waitForOutput(/^Tracing /m, { timeoutMs: 120_000 });
  reader.signal('SIGSTOP');
  const sent = await sendUdp(machine, {
    netns: pair.client,
    address: serverAddress[4],
    port,
    count: packets,
  });
  const peakKib = Number(
    await machine.mustRun(`awk '/VmHWM/ {print $2}' /proc/${tracer.pid}/status`),
  );
  reader.signal('SIGCONT');
  await untilQuiet(machine, `${folder}/events`);
  tracer.signal('SIGINT');
  const { stderr, exitCode } = await tracer.wait({ timeoutMs: 120_000 });
  await reader.wait({ timeoutMs: 120_000 });
  const delivered = Number(await machine.mustRun(`wc -l < ${folder}/events`));
  await machine.mustRun(`rm -r ${folder}`);
  return { sent, hitsPerPacket, delivered, lost: lostIn(stderr), peakKib, stderr, exitCode };
}

/**
 * Floods a traced namespace of `machine.agentAddress` whose session has the smallest rings, while its client reads
 * nothing; then it stops the session and counts. For machines on which filling 64 MiB takes long.
 */
export async function floodSmallRings(
  machine: TestMachine,
  { client, packets }: { readonly client: string; readonly packets: number },
): Promise<
  Omit<Flood, 'peakKib' | 'stderr' | 'exitCode'> & {
    readonly missed: number;
    readonly lossReports: number;
  }
> {
  await using pair = await makeVethPair(machine);
  await dropUdp(machine, pair);
  const hitsPerPacket = await countHits(machine, pair);
  await using tracer = await machine.start(
    `exec node ${client} ${machine.agentAddress} ${pair.server} ${port}`,
  );
  await tracer.waitForOutput(/^Tracing$/m, { timeoutMs: 120_000 });
  const sent = await sendUdp(machine, {
    netns: pair.client,
    address: serverAddress[4],
    port,
    count: packets,
  });
  tracer.signal('SIGUSR1');
  const { stdout } = await tracer.wait({ timeoutMs: 120_000 });
  const counted = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    delivered: number;
    lost: number;
    missed: number;
    lossReports: number;
  };
  return { sent, hitsPerPacket, ...counted };
}

/**
 * Every packet's hits were delivered or are counted as lost, none twice and none silently.
 * @param missed hits that the kernel says it ran no program for, of these packets or of any others
 */
export function expectExactAccounting(
  outcome: Pick<Flood, 'sent' | 'hitsPerPacket' | 'delivered' | 'lost'>,
  missed = 0,
): void {
  const hits = outcome.sent * outcome.hitsPerPacket;
  expect(outcome.lost).toBeGreaterThan(0);
  expect(outcome.delivered + outcome.lost).toBeLessThanOrEqual(hits);
  expect(outcome.delivered + outcome.lost).toBeGreaterThanOrEqual(hits - missed);
}

async function dropUdp(machine: TestMachine, pair: VethPair): Promise<void> {
  await machine.mustRun(
    `nsenter --net=/run/netns/${pair.server} nft 'table ip t { chain i { type filter hook input priority 0; udp dport ${port} drop; }; }'`,
  );
}

/** A few packets, one after the other, with nothing lost: each has the same way. */
async function countHits(machine: TestMachine, pair: VethPair): Promise<number> {
  const count = 10;
  await using trace = await Trace.start(machine, `netns/${pair.server} -- udp dst port ${port}`);
  await sendUdp(machine, { netns: pair.client, address: serverAddress[4], port, count });
  const { events, stderr } = await trace.stop();
  expect(lostIn(stderr)).toBe(0);
  expect(events.length % count).toBe(0);
  return events.length / count;
}

/** Waits until the file does not grow any more. */
async function untilQuiet(machine: TestMachine, file: string): Promise<void> {
  await machine.mustRun(
    `last=-1; while size=$(stat -c %s ${file}); [ $size != $last ]; do last=$size; sleep 1; done`,
    { timeoutMs: 240_000 },
  );
}

/** Events lost, as the summary says. */
function lostIn(stderr: string): number {
  return Number(
    /([\d,]+) lost/.exec(stderr.slice(stderr.lastIndexOf('Traced for')))?.[1]?.replaceAll(',', ''),
  );
}
