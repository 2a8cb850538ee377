import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { lossTotals } from '../../plugin/src/accounting.ts';
import { GrpcAgentClient } from '../../plugin/src/grpc-client.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { sendUdp } from '../scenario/traffic.ts';
import { bpfLinks, eventually, TestAgent } from '../support/agent.ts';
import { hostMachine } from '../support/host-machine.ts';
import { PodSurroundings } from '../support/pod-surroundings.ts';
import { statusMib } from '../support/process-usage.ts';
import { makeVethPair, serverAddress, type VethPair } from '../support/veth-pair.ts';

/** How long all tricks are played. `PWRU_TEST_HOSTILE_S` makes it longer, for instance 300. */
const hostileSeconds = Number(process.env['PWRU_TEST_HOSTILE_S'] ?? 15);

const honestPort = 5_000;
const hostilePort = 6_000;

/** Programs for other processes, each in one file. */
async function bundle(folder: string): Promise<{ loopWatch: string; hostileClient: string }> {
  const entries = {
    loopWatch: '../support/loop-watch.ts',
    hostileClient: '../hostile-client/main.ts',
  };
  await build({
    entryPoints: Object.fromEntries(
      Object.entries(entries).map(([name, path]) => [name, join(import.meta.dirname, path)]),
    ),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    ...{ bundle: true, platform: 'node', target: 'node20' },
  });
  return {
    loopWatch: join(folder, 'loopWatch.cjs'),
    hostileClient: join(folder, 'hostileClient.cjs'),
  };
}

/** A session whose client does what it should, and what it got. */
class HonestSession {
  events = 0;
  summary: pwru.v1.ISummary | undefined;
  readonly #client: GrpcAgentClient;
  readonly #stream: ReturnType<GrpcAgentClient['trace']>;
  readonly #heartbeat: NodeJS.Timeout;
  readonly over: Promise<void>;
  #onStarted: () => void = () => {};

  private constructor(address: string, netnsName: string) {
    this.#client = new GrpcAgentClient(address);
    this.#stream = this.#client.trace({
      targets: [{ netnsName }],
      filter: `udp dst port ${honestPort}`,
    });
    this.#heartbeat = setInterval(() => this.#stream.send({ heartbeat: {} }), 5_000);
    this.over = this.#read();
  }

  /** Returns once packets are traced. */
  static async start(address: string, netnsName: string): Promise<HonestSession> {
    const session = new HonestSession(address, netnsName);
    const started = new Promise<void>((resolve) => {
      session.#onStarted = resolve;
    });
    await Promise.race([started, session.over]);
    return session;
  }

  async #read(): Promise<void> {
    for await (const bytes of this.#stream.responses) {
      const { started, events, summary } = pwru.v1.TraceResponse.decode(bytes);
      if (started) this.#onStarted();
      this.events += events?.events?.length ?? 0;
      if (summary) this.summary = summary;
    }
  }

  async stop(): Promise<pwru.v1.IAccounting> {
    this.#stream.send({ stop: {} });
    await this.over;
    clearInterval(this.#heartbeat);
    this.#client.close();
    return this.summary?.accounting ?? {};
  }
}

/** Few packets for the honest session, and many that only a session which traces everything sees. */
async function sendTraffic(
  pair: VethPair,
  { hostile, isOver }: { readonly hostile: boolean; readonly isOver: () => boolean },
): Promise<number> {
  const flow = { netns: pair.client, address: serverAddress[4] };
  let sent = 0;
  while (!isOver()) {
    sent += await sendUdp(hostMachine, { ...flow, port: honestPort, count: 100 });
    if (hostile) await sendUdp(hostMachine, { ...flow, port: hostilePort, count: 2_000 });
    await delay(200);
  }
  return sent;
}

/** Reads the memory that is an agent's own while something runs. @returns the largest figure */
async function peakOwnMib(pid: number, running: Promise<unknown>): Promise<number> {
  let peakMib = 0;
  let isOver = false;
  void running.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    peakMib = Math.max(peakMib, statusMib(pid, 'RssAnon'));
    await delay(100);
  }
  return peakMib;
}

test(
  'an agent lives with a client that plays every trick at the same time',
  async () => {
    await using pair = await makeVethPair(hostMachine);
    await using surroundings = await PodSurroundings.open();
    const folder = await mkdtemp(join(tmpdir(), 'pwru-hostile-'));
    const { loopWatch, hostileClient } = await bundle(folder);
    const loopFile = join(folder, 'loop');
    const before = `${surroundings.before}
    export NODE_OPTIONS='--require ${loopWatch}' PWRU_LOOP_FILE=${loopFile}`;
    await using agent = await TestAgent.start(hostMachine, surroundings.flags, before);
    const { pid } = agent.process;

    const honest = await HonestSession.start(agent.address, pair.server);
    let isOver = false;
    const quietEndsAtMs = performance.now() + 5_000;
    const idle = sendTraffic(pair, {
      hostile: false,
      isOver: () => performance.now() > quietEndsAtMs,
    });
    // RssAnon is the heap, malloc's memory and stacks. Rings are file mappings, each of whose pages is there twice; their memory
    // is the kernel's, and what of it one agent gives away has its own bound.
    const idleMib = await peakOwnMib(pid, idle);
    let sent = await idle;

    const beganAtMs = Date.now();
    await using client = await hostMachine.start(
      `exec nice -n 19 node ${hostileClient} ${agent.socket} ${pair.client} ${hostileSeconds}`,
    );
    const attack = client.wait({ timeoutMs: (hostileSeconds + 60) * 1_000 });
    const traffic = sendTraffic(pair, { hostile: true, isOver: () => isOver });
    const peakMib = await peakOwnMib(pid, attack);
    const { stdout, exitCode, stderr } = await attack;
    const endedAtMs = Date.now();
    isOver = true;
    sent += await traffic;
    const accounting = await honest.stop();

    const holds = (await readFile(loopFile, 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { atMs: number; ownMs: number; blockedMs: number })
      .filter(({ atMs }) => atMs > beganAtMs && atMs < endedAtMs);
    const longest = (key: 'ownMs' | 'blockedMs') =>
      Math.round(Math.max(0, ...holds.map((hold) => hold[key])));
    const figures = {
      ...{ hostileSeconds, sent, events: honest.events },
      ...{
        idleMib,
        peakMib,
        longestOwnMs: longest('ownMs'),
        longestBlockedMs: longest('blockedMs'),
      },
      holdsOver50Ms: holds.filter(({ ownMs }) => ownMs > 50).length,
    };
    await annotate(`${JSON.stringify(figures)} ${stdout} ${stderr}`);
    expect(exitCode).toBe(0);

    expect(Number(accounting.producedEvents)).toBe(honest.events);
    expect(Number(accounting.deliveredEvents)).toBe(honest.events);
    expect(lossTotals(accounting.losses ?? []).totalEvents).toBe(0n);
    expect(honest.events).toBeGreaterThanOrEqual(sent);
    expect(peakMib).toBeLessThan(idleMib + 64);
    expect(longest('ownMs')).toBeLessThan(100);
    await eventually('the agent holds nothing of BPF', 30_000, async () => {
      return (await agent.bpfFds()).length === 0;
    });
    await agent[Symbol.asyncDispose]();
    expect(await bpfLinks(hostMachine)).toEqual([]);
    await rm(folder, { recursive: true });
  },
  (hostileSeconds + 120) * 1_000,
);
