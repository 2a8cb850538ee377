import { join } from 'node:path';
import { expect } from 'vitest';
import { ResourceStack } from '../../agent/src/core/resource.ts';
import type { DropClassName } from '../../plugin/src/events/drop-class.ts';
import type { TestMachine } from '../support/machine.ts';
import { Trace, type TracedEvent } from '../support/trace.ts';
import { makeVethPair, serverAddress, type VethPair } from '../support/veth-pair.ts';
import type { GuestProcess } from '../vm/lab/guest-process.ts';
import { type ExpectedLoss, lossByRule, lossMatcher } from './expected-loss.ts';

const trafficTool = join(import.meta.dirname, '..', 'support', 'traffic.py');

/** Port of what has to be called lost, in every case: a rule drops it at the server. */
const lostPort = 9_999;

/** A kind of traffic in which the kernel drops packets that are no loss, and its twin, where there is a loss. */
export interface DropCase {
  readonly name: string;
  /** Both namespaces are traced unless another target is named. */
  readonly targets?: (pair: VethPair) => string;
  /** Beside what drops `lostPort`. */
  readonly prepare?: (scene: Scene) => Promise<void>;
  readonly healthy: (scene: Scene) => Promise<unknown>;
  /** The same with a loss in it. */
  readonly faulty?: (scene: Scene) => Promise<unknown>;
  /** Classes of the drops that the healthy traffic may make, beside what new interfaces send to all. */
  readonly classes: readonly DropClassName[];
  /** The loss of `faulty`; by the rule when absent. */
  readonly loss?: ExpectedLoss;
  /** Reasons of losses that `faulty` makes beside it. */
  readonly otherLosses?: RegExp;
}

/** Two hosts, and traffic between them. */
export interface Scene {
  readonly machine: TestMachine;
  readonly pair: VethPair;
  /** traffic.py in the client's or the server's namespace. */
  readonly client: (command: string) => Promise<string>;
  readonly server: (command: string) => Promise<string>;
  /** In the background, until the scene ends; resolves when it says that it is ready. */
  readonly startServer: (command: string) => Promise<GuestProcess>;
  readonly startClient: (command: string) => Promise<GuestProcess>;
}

const [server4, server6] = [serverAddress[4], serverAddress[6]];

/** A SYN and a datagram that a rule drops. */
const loseByRule = async ({ client }: Scene) => {
  await client(`send-udp ${server4} ${lostPort} 1`);
  await client(`send-udp ${server6} ${lostPort} 1`);
};

export const dropCases: readonly DropCase[] = [
  {
    name: 'connections that are closed in good order',
    prepare: async ({ startServer }) => {
      await startServer(`serve ${server4} 80 5000`);
      await startServer(`serve ${server6} 80 5000`);
    },
    healthy: async ({ client }) => {
      expect(await client(`get ${server4} 80 5`)).toContain('received 25000');
      expect(await client(`get ${server6} 80 5`)).toContain('received 25000');
    },
    classes: ['discarded'],
  },
  {
    name: 'a download on a half-closed connection, whose acknowledgements nobody reads',
    prepare: async ({ startServer, machine, pair }) => {
      await startServer(`serve ${server4} 81 5000000`);
      await startServer(`serve ${server4} 82 300000`);
      await machine.mustRun(
        `nsenter --net=/run/netns/${pair.client} nft 'add table ip pwru_lossy; add chain ip pwru_lossy in { type filter hook input priority 0; }; add rule ip pwru_lossy in tcp sport 82 tcp flags & psh == psh drop'`,
      );
    },
    healthy: async ({ client }) => {
      expect(await client(`get ${server4} 81 1 WAIT`)).toContain('received 5000000');
    },
    // Segments with PSH are lost each time that they are sent.
    faulty: ({ client }) => client(`get-stalled ${server4} 82 2`),
    classes: ['discarded'],
    // Presumably a segment that is overtaken by a part of it that was sent again: seen once, on 7.3 under emulation.
    otherLosses: /^TCP_RFC7323_PAWS$/,
  },
  {
    name: 'pings that a raw socket gets the answers of',
    healthy: async ({ client }) => {
      expect(await client(`ping ${server4} 3`)).toContain('answered 3');
      expect(await client(`ping ${server6} 3`)).toContain('answered 3');
    },
    faulty: ({ client }) => client(`echo-reply ${server4}`),
    classes: ['copy', 'discarded'],
    loss: { reason: 'NO_SOCKET', since: '5.18', places: ['ping_rcv', 'icmp_rcv'] },
  },
  {
    name: 'keep-alives of an idle connection',
    prepare: async ({ startServer }) => {
      await startServer(`serve ${server4} 83 10`);
    },
    healthy: ({ client }) => client(`keep-alive ${server4} 83 2.5`),
    faulty: ({ client }) => client(`strange-data ${server4} 83`),
    classes: ['discarded'],
    loss: { reason: 'TCP_INVALID_SEQUENCE', since: '5.18', places: ['tcp_validate_incoming'] },
    otherLosses: /^TCP_OLD_SEQUENCE$/,
  },
  {
    name: 'a connection whose client has closed it, and whose server asks whether it still lives and answers',
    prepare: async ({ startServer }) => {
      await startServer(`serve-after-end ${server4} 85 1.5`);
      await startServer(`serve-after-end ${server6} 85 1.5`);
      await startServer(`full-listener ${server4} 86 600`);
    },
    healthy: ({ client }) => client(`end-first 2.5 85 ${server4} ${server6}`),
    faulty: ({ client }) => client(`overflow ${server4} 86`),
    classes: ['discarded'],
    loss: { reason: 'TCP_LISTEN_OVERFLOW', since: '6.15', places: ['tcp_v4_rcv'], isData: true },
    // The first answer to a SYN, what is sent again since it was held back, and the end of the handshake.
    otherLosses: /^(NETFILTER_DROP|NOT_SPECIFIED|TCP_INVALID_SYN|TCP_LISTEN_OVERFLOW)$/,
  },
  {
    name: 'router solicitations and groups that nobody has joined',
    healthy: async ({ client, pair }) => {
      await client(`router-solicitation ${pair.clientInterface}`);
      await client(`multicast ff02::1234 4000 ${pair.clientInterface}`);
      await client(`multicast 239.1.2.3 4000 ${pair.clientInterface}`);
    },
    faulty: async ({ client, pair }) => {
      await client(`multicast 239.1.2.3 ${lostPort} ${pair.clientInterface}`);
      await client(`multicast ff02::1 ${lostPort} ${pair.clientInterface}`);
    },
    classes: ['unwanted', 'discarded'],
  },
  {
    name: 'datagrams that nobody reads before the socket is closed',
    healthy: async ({ client, startServer }) => {
      const holder = await startServer(`hold-udp ${server4} 4001`);
      await client(`send-udp ${server4} 4001 3`);
      holder.signal('SIGTERM');
      await holder.wait();
    },
    faulty: ({ client }) => client(`send-udp ${server4} 4001 1`),
    classes: ['discarded'],
    loss: { reason: 'NO_SOCKET', since: '5.17', places: ['__udp4_lib_rcv'] },
  },
  {
    name: 'packets that are captured',
    prepare: async ({ startServer, startClient }) => {
      await startServer(`hold-udp ${server4} 4002`);
      await startServer('capture 60');
      await startClient('capture 60');
    },
    healthy: ({ client }) => client(`send-udp ${server4} 4002 5`),
    faulty: async (scene) => {
      // What a capture has not read yet must not pass for a copy on its way.
      const late = await scene.startServer('capture 60');
      late.signal('SIGSTOP');
      await loseByRule(scene);
      late.signal('SIGCONT');
    },
    classes: ['copy', 'discarded'],
  },
];

/** Runs the case: its healthy traffic makes no loss, the loss among it is told. */
export async function expectDropClasses(
  machine: TestMachine,
  dropCase: DropCase,
  args = '',
): Promise<void> {
  await using pair = await makeVethPair(machine);
  await using scene = await openScene(machine, pair);
  await dropAtServer(scene);
  await dropCase.prepare?.(scene);
  const targets = dropCase.targets?.(pair) ?? `netns/${pair.client} netns/${pair.server} --track`;
  const healthy = await traced(scene, `${targets} --drops=all ${args}`, async (healthyScene) => {
    await dropCase.healthy(healthyScene);
    // A capture in an emulated guest takes its time to read, and its copy is waited for.
    await machine.mustRun('sleep 4');
  });
  expect(lossesOf(healthy.events), `${dropCase.name}: ${healthy.stderr}`).toEqual([]);
  const classes = new Set(
    healthy.events.flatMap(({ drop }) => (drop === null ? [] : [drop.class])),
  );
  expect(
    [...classes].filter(
      (name) => name !== 'unwanted' && !dropCase.classes.includes(name as DropClassName),
    ),
  ).toEqual([]);
  const faulty = dropCase.faulty ?? loseByRule;
  const { loss = lossByRule, otherLosses } = dropCase;
  const isExpected = await lossMatcher(machine);
  const mixed = await traced(scene, `${targets} --drops ${args}`, async (mixedScene, trace) => {
    await dropCase.healthy(mixedScene);
    await faulty(mixedScene);
    await trace.waitForEvent((event) => isExpected(event, loss));
  });
  const found = mixed.events.filter((event) => isExpected(event, loss));
  expect(found.length, `${lossesOf(mixed.events).join()}: ${mixed.stderr}`).toBeGreaterThan(0);
  const others = mixed.events.filter((event) => !isExpected(event, loss));
  expect(
    lossesOf(others).filter((text) => otherLosses?.test(text.split(' ')[0] ?? '') !== true),
  ).toEqual([]);
  for (const { stderr } of [healthy, mixed]) expect(stderr).toMatch(/ 0 lost, /);
}

async function traced(
  scene: Scene,
  args: string,
  traffic: (scene: Scene, trace: Trace) => Promise<unknown>,
): Promise<{ readonly events: readonly TracedEvent[]; readonly stderr: string }> {
  await using trace = await Trace.start(scene.machine, args);
  await traffic(scene, trace);
  return await trace.stop();
}

/** `REASON at PLACE` of each. */
function lossesOf(events: readonly TracedEvent[]): string[] {
  return events.flatMap(({ drop }) =>
    drop?.class === 'lost' ? [`${drop.reason} at ${drop.location?.symbol}`] : [],
  );
}

async function dropAtServer({ machine, pair }: Scene): Promise<void> {
  await machine.mustRun(`nsenter --net=/run/netns/${pair.server} nft -f - <<'RULES'
table inet pwru_lost {
  chain input {
    type filter hook input priority 0
    udp dport ${lostPort} drop
  }
}
RULES`);
}

async function openScene(machine: TestMachine, pair: VethPair): Promise<Scene & AsyncDisposable> {
  const processes = new ResourceStack();
  const inside = (netns: string, command: string) =>
    `nsenter --net=/run/netns/${netns} python3 ${trafficTool} ${command}`;
  const start = async (netns: string, command: string) => {
    const process = await machine.start(`exec ${inside(netns, command)}`);
    processes.use(process);
    await process.waitForOutput(/^ready$/m, { timeoutMs: 60_000 });
    return process;
  };
  return {
    machine,
    pair,
    client: (command) => machine.mustRun(inside(pair.client, command), { timeoutMs: 120_000 }),
    server: (command) => machine.mustRun(inside(pair.server, command), { timeoutMs: 120_000 }),
    startServer: (command) => start(pair.server, command),
    startClient: (command) => start(pair.client, command),
    [Symbol.asyncDispose]: () => processes[Symbol.asyncDispose](),
  };
}
