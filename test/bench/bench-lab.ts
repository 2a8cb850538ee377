import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { dist } from '../support/trace.ts';
import { clientAddress, makeVethPair, serverAddress, type VethPair } from '../support/veth-pair.ts';
import { bootGuest, type Guest } from '../vm/lab/guest.ts';

/** On a tmpfs of the guest: what is started from there is not read through the host. */
const home = '/run/pwru-bench';

/** Echoed by the server. */
export const echoPort = 7000;
/** Dropped as it comes in: each packet's way is the same however busy the receiver. */
export const dropPort = 7001;
/** Nothing goes there. */
export const unusedPort = 9999;

export interface BenchLabOptions {
  readonly icount: boolean;
  /** Path of the original pwru. */
  readonly peer: string;
}

/** What one run of test/bench/traffic.c came to. */
export interface TrafficCount {
  readonly packets: number;
  readonly elapsedNs: number;
}

/** A guest with both tracers on its tmpfs and all traffic between two namespaces of its own. */
export class BenchLab implements AsyncDisposable {
  readonly guest: Guest;
  readonly pair: VethPair;
  /** A namespace without traffic. */
  readonly silent = 'pwru-silent';

  private constructor(guest: Guest, pair: VethPair) {
    this.guest = guest;
    this.pair = pair;
  }

  static async boot({ icount, peer }: BenchLabOptions): Promise<BenchLab> {
    buildTraffic();
    const guest = await bootGuest({ kernel: '6.12', icount, memoryMib: 4096 });
    try {
      await guest.mustRun(`mkdir ${home}; cp -r ${dist}/. ${peer} ${home}`, { timeoutMs: 300_000 });
      const pair = await makeVethPair(guest);
      const lab = new BenchLab(guest, pair);
      await lab.#settle();
      await lab.#serve();
      return lab;
    } catch (failure) {
      await guest[Symbol.asyncDispose]();
      throw failure;
    }
  }

  /** A file or folder beside the tracers. */
  path(name: string): string {
    return `${home}/${name}`;
  }

  pong(protocol: 'udp' | 'tcp', durationMs: number): Promise<TrafficCount> {
    return this.#drive(`pong ${protocol} ${serverAddress[4]} ${echoPort} ${durationMs}`);
  }

  flood(port: number, durationMs: number): Promise<TrafficCount> {
    return this.#drive(`flood ${serverAddress[4]} ${port} ${durationMs}`);
  }

  /** The bash command that sends as many packets as it can. */
  floodCommand(port: number, durationMs: number): string {
    return this.#command(`flood ${serverAddress[4]} ${port} ${durationMs}`);
  }

  /** The bash command that sends this many packets a second. */
  paceCommand(port: number, durationMs: number, perSecond: number): string {
    return this.#command(`pace ${serverAddress[4]} ${port} ${durationMs} ${perSecond}`);
  }

  /** Waits until no function of the kernel carries a probe. */
  async untilNoProbes(): Promise<void> {
    await this.guest.mustRun(
      'while grep -q . /sys/kernel/tracing/enabled_functions; do sleep 0.2; done',
      { timeoutMs: 600_000 },
    );
  }

  /** Both ends know each other for good: a packet that asks for its neighbour goes another way than the next one. */
  async #settle(): Promise<void> {
    const { client, server, clientInterface, serverInterface } = this.pair;
    await this.guest.mustRun(`set -e
      mac() { ip netns exec $1 cat /sys/class/net/$2/address; }
      ip -n ${client} neigh replace ${serverAddress[4]} nud permanent dev ${clientInterface} lladdr $(mac ${server} ${serverInterface})
      ip -n ${server} neigh replace ${clientAddress[4]} nud permanent dev ${serverInterface} lladdr $(mac ${client} ${clientInterface})`);
  }

  async #serve(): Promise<void> {
    const { guest, pair, silent } = this;
    await guest.mustRun(`ip netns add ${silent}
      nsenter --net=/run/netns/${pair.server} nft 'table ip bench { chain input { type filter hook input priority 0; udp dport ${dropPort} drop; }; }'`);
    await guest.start(
      `exec nsenter --net=/run/netns/${pair.server} ${home}/traffic serve ${echoPort}`,
    );
  }

  async #drive(args: string): Promise<TrafficCount> {
    const command = `exec ${this.#command(args)}`;
    return parseTraffic(await this.guest.mustRun(command, { timeoutMs: 600_000 }));
  }

  #command(args: string): string {
    return `nsenter --net=/run/netns/${this.pair.client} ${home}/traffic ${args}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.guest[Symbol.asyncDispose]();
  }
}

/** What traffic.c prints. */
export function parseTraffic(output: string): TrafficCount {
  const [packets, elapsedNs] = output.trim().split(' ').map(Number);
  if (packets === undefined || elapsedNs === undefined) {
    throw new Error(`This is no count of packets: ${output}`);
  }
  return { packets, elapsedNs };
}

/** Into dist, with which it goes to the guest; static, so that it starts fast. */
function buildTraffic(): void {
  const source = join(import.meta.dirname, 'traffic.c');
  execFileSync('gcc', ['-O2', '-static', '-o', join(dist, 'traffic'), source]);
}
