import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { Trace, type TracedEvent } from '../support/trace.ts';
import { dropTcpPort, makeVethPair, serverAddress, tryToConnect } from '../support/veth-pair.ts';

/** Softirqs that last are run by a task of their own. */
const softirqTask = /^ksoftirqd\//;

/**
 * A client sends a SYN, and its kernel sends it again after a second: asserts that only the first one is shown as the client's
 * own, and that nobody is shown as the receiver of either, since both are received in a softirq.
 */
export async function expectSenderOnlyWhereItSends(machine: TestMachine, args = ''): Promise<void> {
  await using pair = await makeVethPair(machine);
  await dropTcpPort(machine, pair.server, 80);
  // Else the SYN waits for the neighbour's answer, which a softirq receives and which then sends the SYN.
  await tryToConnect(machine, { netns: pair.client, address: serverAddress[4], port: 9 });
  await using trace = await Trace.start(
    machine,
    `netns/${pair.client} netns/${pair.server} ${args} -- 'tcp dst port 80'`,
  );
  await machine.run(
    `nsenter --net=/run/netns/${pair.client} bash -c 'printf sender > /proc/$$/comm
       exec 9<> <(:); (exec 8<> /dev/tcp/${serverAddress[4]}/80) 2> /dev/null & sender=$!
       read -rt 1.7 -u 9; kill $sender; wait'`,
  );
  const { events } = await trace.stop();
  const sent = events.filter((event) => event.function.name === 'net_dev_queue');
  const [first, again] = sent;
  expect(first?.process).toMatchObject({ name: 'sender', interrupted: false });
  expect(again?.packetId).not.toBe(first?.packetId);
  expectNobody(again);
  const received = events.filter((event) => event.function.name === 'netif_receive_skb');
  expect(received.length).toBeGreaterThanOrEqual(2);
  for (const event of received) expectNobody(event);
}

function expectNobody(event: TracedEvent | undefined): void {
  const { name = '', interrupted } = event?.process ?? {};
  if (!softirqTask.test(name)) expect({ name, interrupted }).toEqual({ name, interrupted: true });
}
