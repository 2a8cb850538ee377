import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ResourceStack } from '../../agent/src/core/resource.ts';
import type { TestMachine } from '../support/machine.ts';
import { dist, Trace, type TracedEvent } from '../support/trace.ts';
import { makeVethPair, serverAddress, type VethPair } from '../support/veth-pair.ts';
import { inodeOfNetns } from './isolation.ts';

const trafficTool = join(import.meta.dirname, '..', 'support', 'traffic.py');

/** What a trace of pings and of one TCP port showed. */
export interface BlindTrace {
  readonly events: readonly TracedEvent[];
  /** Of packets that the trace must not show. */
  readonly strangers: readonly TracedEvent[];
  readonly packets: number;
  readonly blindSoftirqs: number;
  readonly identityCut: number;
}

export interface BlindTraceOptions {
  /** Flags of the trace. */
  readonly args: string;
  /** A program on a function takes long, so that the kernel often skips the others. */
  readonly isOftenBlind: boolean;
  /** Done once the trace has begun. */
  readonly meanwhile?: () => Promise<void>;
}

const tracedPort = 4013;
const otherPort = 4014;

/**
 * Packets are received on CPU 1, by softirqs that interrupt a task there that sends other packets, often while it is in a BPF
 * program: then no program on a function sees the end of what is received, and its addresses go to the packets of that task.
 */
export async function traceBesideBlindSoftirqs(
  machine: TestMachine,
  { args, isOftenBlind, meanwhile }: BlindTraceOptions,
): Promise<BlindTrace> {
  await using traced = await makeVethPair(machine);
  await using other = await makeVethPair(machine);
  for (const pair of [traced, other]) await receiveOnCpu1(machine, pair);
  const own = await Promise.all(
    [traced.client, traced.server].map((name) => inodeOfNetns(machine, name)),
  );
  await using _servers = await startEchoServers(machine, [traced.server, other.server]);
  await using trace = await Trace.start(
    machine,
    `netns/${traced.client} --track --include-status ${args} -- 'icmp or tcp port ${tracedPort}'`,
  );
  await meanwhile?.();
  await using _spin = isOftenBlind ? await startSpinning(machine) : undefined;
  await machine.mustRun(
    [
      `nsenter --net=/run/netns/${traced.client} taskset -c 0 python3 ${trafficTool} ping ${serverAddress[4]} 120 & one=$!`,
      `${sendDatagrams(other)} & two=$!`,
      `${talk(traced, tracedPort, 0)} & three=$!`,
      `${talk(other, otherPort, 1)} & four=$!`,
      'wait $one && wait $three && wait $four; kill $two',
    ].join('\n'),
    { timeoutMs: 240_000 },
  );
  // What is not read when it ends is not shown.
  for (let shown = -1; shown < trace.process.stdout.length; await delay(2_000))
    shown = trace.process.stdout.length;
  const { events, statuses } = await trace.stop();
  const [summary] = statuses.flatMap((status) => (status.type === 'summary' ? [status] : []));
  const isStranger = ({ netns, tuple }: TracedEvent) =>
    (netns !== null && !own.includes(netns.inode)) ||
    [tuple?.sourcePort, tuple?.destinationPort].some((port) => port === 9 || port === otherPort);
  const { packets = 0, blindSoftirqs = 0, identityCut = 0 } = summary?.nodes[0] ?? {};
  return { events, strangers: events.filter(isStranger), packets, blindSoftirqs, identityCut };
}

/** What comes for the server is put into CPU 1's queue, by an interrupt. */
async function receiveOnCpu1(machine: TestMachine, pair: VethPair): Promise<void> {
  for (const [netns, device] of [
    [pair.server, pair.serverInterface],
    [pair.client, pair.clientInterface],
  ]) {
    await machine.mustRun(
      `ip netns exec ${netns} sh -c 'echo 2 > /sys/class/net/${device}/queues/rx-0/rps_cpus'`,
    );
  }
}

/** Disposing it takes the program away. */
async function startSpinning(machine: TestMachine): Promise<AsyncDisposable> {
  const script = join(import.meta.dirname, '../support/attach-bpf.py');
  const spin = await machine.start(
    `exec python3 ${script} ${join(dist, `bpf/spin_test.${process.arch}.bpf.o`)}`,
  );
  await spin.waitForOutput(/attached/);
  return spin;
}

/** A command that sends until it is killed. */
const sendDatagrams = (pair: VethPair): string =>
  `nsenter --net=/run/netns/${pair.client} taskset -c 1 python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True: s.sendto(b"x" * 100, ("${serverAddress[4]}", 9))'`;

/** A command that sends a little and takes it back, often. */
const talk = (pair: VethPair, port: number, cpu: number): string =>
  `nsenter --net=/run/netns/${pair.client} taskset -c ${cpu} python3 -c '
import socket
s = socket.create_connection(("${serverAddress[4]}", ${port}))
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
for _ in range(120):
    s.sendall(b"x" * 300)
    s.recv(1000)'`;

/** At both ports; disposing the stack ends them. */
async function startEchoServers(
  machine: TestMachine,
  namespaces: readonly string[],
): Promise<ResourceStack> {
  await using stack = new ResourceStack();
  for (const netns of namespaces) {
    const server = stack.use(
      await machine.start(
        `exec nsenter --net=/run/netns/${netns} taskset -c 0 python3 -uc '
import select, socket
sockets = [socket.create_server(("", port)) for port in (${tracedPort}, ${otherPort})]
print("bound")
listening = list(sockets)
while True:
    for s in select.select(sockets, [], [])[0]:
        if s in listening: sockets.append(s.accept()[0])
        else:
            got = s.recv(1000)
            if got: s.sendall(got)
            else: sockets.remove(s)'`,
      ),
    );
    await server.waitForOutput(/bound/);
  }
  return stack.move();
}
