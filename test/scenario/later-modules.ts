import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { type FinishedTrace, Trace, type TracedEvent } from '../support/trace.ts';
import { serverAddress, type VethPair } from '../support/veth-pair.ts';
import { sendUdp } from './traffic.ts';

export interface LaterPlace {
  readonly machine: TestMachine;
  readonly pair: VethPair;
  /** More arguments for kubectl-pwru: a backend, fewer functions. */
  readonly args?: string;
}

/**
 * The first nft rule of the machine loads nf_tables, while one traces; a packet that it drops comes at once after that, and
 * another one later.
 */
export async function traceFirstRule({
  machine,
  pair,
  args = '',
}: LaterPlace): Promise<FinishedTrace> {
  await expectNotLoaded(machine, 'nf_tables');
  await send({ machine, pair }, 5020);
  await using trace = await Trace.start(
    machine,
    `netns/${pair.server} --drops --stack --include-status ${args} -- udp dst port 5020`,
  );
  const rules =
    'table inet later { chain i { type filter hook input priority 0; udp dport 5020 drop; }; }';
  await machine.mustRun(`echo '${rules}' | nsenter --net=/run/netns/${pair.server} nft -f -`);
  for (const drops of [1, 2]) {
    await send({ machine, pair }, 5020);
    await seen(trace, new RegExp(`("reason":"NETFILTER_DROP"[\\s\\S]*){${drops}}`));
  }
  return await trace.stop();
}

/** Each drop has the name of its place and of its callers, from the first one on. */
export function expectDropsNamed({ events }: FinishedTrace): void {
  const drops = events.filter(({ drop }) => drop !== null);
  expect(drops).toHaveLength(2);
  for (const { drop, stack } of drops) {
    expect(drop).toEqual({
      ...{ class: 'lost', note: '', reason: 'NETFILTER_DROP' },
      location: { symbol: 'nft_do_chain', module: 'nf_tables', offsetBytes: expect.any(Number) },
    });
    expect(stack[0]?.symbol).toMatch(/^(sk_skb_reason_drop|kfree_skb_reason)$/);
    expect(symbolsOf(stack, 'nf_tables')).toEqual(['nft_do_chain', 'nft_do_chain_inet']);
    expect(stack.filter(({ symbol }) => symbol.startsWith('0x'))).toEqual([]);
  }
}

/** @param what with a number for each digit: `its \d+ functions that take an skb are not traced` */
export function expectToldOnce(
  { stderr, statuses }: FinishedTrace,
  module: string,
  what: RegExp,
): void {
  const notice = new RegExp(`module ${module} was loaded during the trace: ${what.source}`);
  expect(stderr.match(new RegExp(`^Note: ${notice.source}$`, 'gm'))).toHaveLength(1);
  const texts = statuses.flatMap((status) => (status.type === 'notice' ? [status.text] : []));
  expect(texts.filter((text) => notice.test(text))).toHaveLength(1);
}

/**
 * One qdisc's module goes during the trace and another's comes, as a rule to the same place: the function of vmlinux that both
 * call is shown as called by the one that was there.
 */
export async function expectReplacedModule({
  machine,
  pair,
  args = '',
}: LaterPlace): Promise<void> {
  const inClient = `tc -n ${pair.client} qdisc`;
  const device = `dev ${pair.clientInterface} root`;
  await using trace = await Trace.start(
    machine,
    `netns/${pair.client} --stack --func bfifo_enqueue ${args} -- udp dst port 5021`,
  );
  await machine.mustRun(`${inClient} add ${device} tbf rate 10mbit burst 10kb latency 70ms`);
  await send({ machine, pair }, 5021);
  // What has gone before its frame is looked up has no name.
  await seen(trace, /"name":"bfifo_enqueue"/);
  const places = [await addressOf(machine, 'sch_tbf')];
  await machine.mustRun(
    `set -e; ${inClient} del ${device}; rmmod sch_tbf
     ${inClient} add ${device} red limit 400000 min 30000 max 90000 avpkt 1000 burst 55 bandwidth 10Mbit`,
  );
  await send({ machine, pair }, 5021);
  places.push(await addressOf(machine, 'sch_red'));
  await seen(trace, /("name":"bfifo_enqueue"[\s\S]*){2}/);
  const { events } = await trace.stop();
  expect(
    events.map(({ stack }) => stack.slice(0, 2).map(({ symbol, module }) => [symbol, module])),
    `modules at ${places.join(' and ')}`,
  ).toEqual([
    [
      ['bfifo_enqueue', ''],
      ['tbf_enqueue', 'sch_tbf'],
    ],
    [
      ['bfifo_enqueue', ''],
      ['red_enqueue', 'sch_red'],
    ],
  ]);
}

/** Whether a probe keeps the module that it is in: kprobe.multi does since Linux 6.3, a plain kprobe does not. */
export interface AskedModule extends LaterPlace {
  readonly keepsModule: boolean;
}

/** A qdisc's module that is asked for by name comes during the trace, goes where it can, and comes again. */
export async function expectAskedModule({
  machine,
  pair,
  keepsModule,
  args = '',
}: AskedModule): Promise<void> {
  // Another test may have left it.
  await machine.run('rmmod sch_red');
  await expectNotLoaded(machine, 'sch_red');
  const inClient = `tc -n ${pair.client} qdisc`;
  const device = `dev ${pair.clientInterface} root`;
  const red = `${inClient} add ${device} red limit 400000 min 30000 max 90000 avpkt 1000 burst 55 bandwidth 10Mbit`;
  await using trace = await Trace.start(
    machine,
    `netns/${pair.client} --include-status --kmods sch_red --func 'red_enqueue|bfifo_enqueue' ${args} -- udp dst port 5023`,
  );
  await machine.mustRun(red);
  await trace.process.waitForOutput(/^Note: module sch_red was loaded .*$/m, { timeoutMs: 60_000 });
  await send({ machine, pair }, 5023);
  await seen(trace, /"name":"red_enqueue"/);
  await machine.mustRun(`${inClient} del ${device}`);
  const removed = await machine.run('rmmod sch_red');
  expect(removed.exitCode === 0, removed.stderr).toBe(!keepsModule);
  // Modules are looked for each second: one that comes back to its address in less time is not noticed.
  await delay(2_500);
  await machine.mustRun(red);
  // It is told once only that the module came.
  const again = /("name":"red_enqueue"[\s\S]*){2}/;
  for (let sent = 0; sent < 60 && !again.test(trace.process.stdout); sent++) {
    await send({ machine, pair }, 5023);
    await delay(500);
  }
  const { events, stderr } = await trace.stop();
  expect(stderr).toMatch(
    /^Note: Module sch_red is not loaded: its functions are traced when it is/m,
  );
  expect(stderr.match(/^Note: module sch_red was loaded during the trace: .*$/gm)).toEqual([
    expect.stringMatching(/: at most \d+\.\d s later its function was added to it$/),
  ]);
  const seenIn = (name: string) =>
    events.flatMap(({ function: hit }) => (hit.name === name ? [hit.module] : []));
  expect(seenIn('red_enqueue').length).toBeGreaterThan(1);
  expect(new Set(seenIn('red_enqueue'))).toEqual(new Set(['sch_red']));
  expect(new Set(seenIn('bfifo_enqueue'))).toEqual(new Set(['']));
  // Nothing holds it any more.
  await machine.mustRun(`${inClient} del ${device} && rmmod sch_red`);
}

/** A drop on a machine that hides addresses: told once, and the place is the address. */
export async function expectHiddenNames({ machine, pair }: LaterPlace): Promise<void> {
  const before = await machine.mustRun('sysctl -n kernel.kptr_restrict');
  await machine.mustRun('sysctl -qw kernel.kptr_restrict=2');
  try {
    await using trace = await Trace.start(
      machine,
      `netns/${pair.server} --backend tracepoint -- udp dst port 5022`,
    );
    await send({ machine, pair }, 5022);
    const { events, stderr } = await trace.stop();
    expect(stderr.match(/no names of functions: kernel\.kptr_restrict is 2/g)).toHaveLength(1);
    const [drop] = events.flatMap(({ drop: found }) => (found === null ? [] : [found]));
    expect(drop?.location).toEqual({
      ...{ symbol: expect.stringMatching(/^0xffffffff[0-9a-f]{8}$/), offsetBytes: 0, module: '' },
    });
  } finally {
    await machine.mustRun(`sysctl -qw kernel.kptr_restrict=${before}`);
  }
}

/** A busy emulated machine needs seconds to read its symbols, and at the end of a trace nobody waits so long. */
async function seen(trace: Trace, output: RegExp): Promise<void> {
  await trace.process.waitForOutput(output, { timeoutMs: 60_000 });
}

async function send({ machine, pair }: LaterPlace, port: number): Promise<void> {
  await sendUdp(machine, { netns: pair.client, address: serverAddress[4], port, count: 1 });
}

async function expectNotLoaded(machine: TestMachine, module: string): Promise<void> {
  const { exitCode } = await machine.run(`grep -q '^${module} ' /proc/modules`);
  expect(exitCode, `${module} must not be loaded when the trace begins`).not.toBe(0);
}

async function addressOf(machine: TestMachine, module: string): Promise<string> {
  return (await machine.mustRun(`awk '$1 == "${module}" { print $6 }' /proc/modules`)).trim();
}

function symbolsOf(stack: TracedEvent['stack'], module: string): string[] {
  return stack.filter((place) => place.module === module).map(({ symbol }) => symbol);
}
