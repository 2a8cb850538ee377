import { expect } from 'vitest';
import type { BackendName } from '../../agent/src/trace/request/trace-spec.ts';
import type { TestMachine } from '../support/machine.ts';
import { Trace } from '../support/trace.ts';
import { dropTcpPort, makeVethPair, serverAddress, tryToConnect } from '../support/veth-pair.ts';

/** A place where a packet is sent, on behalf of whoever does so, and one where it is received. */
const tracepoints = { sent: 'net_dev_queue', received: 'netif_receive_skb' };
const functions = { sent: 'ip_output', received: 'ip_rcv' };

/**
 * A client sends a SYN, and its kernel sends it again after a second, whatever runs then: asserts that only the first one is shown
 * as the client's own, and that nobody is shown as the receiver of either, since both are received in a softirq.
 *
 * @param isTold whether the kernel tells; else that it does not is said of each
 */
export async function expectSenderOnlyWhereItSends(
  machine: TestMachine,
  { backend, isTold }: { readonly backend: BackendName; readonly isTold: boolean },
): Promise<void> {
  const told = (interrupted: boolean) => ({ interrupted: isTold ? interrupted : null });
  const places = backend === 'tracepoint' ? tracepoints : functions;
  await using pair = await makeVethPair(machine);
  await dropTcpPort(machine, pair.server, 80);
  // Else the SYN waits for the neighbour's answer, which a softirq receives and which then sends the SYN.
  await tryToConnect(machine, { netns: pair.client, address: serverAddress[4], port: 9 });
  await using trace = await Trace.start(
    machine,
    `netns/${pair.client} netns/${pair.server} --backend ${backend} --func '${Object.values(places).join('|')}' -- 'tcp dst port 80'`,
  );
  // Each processor has a bystander to interrupt, in its own code.
  await machine.run(
    `nsenter --net=/run/netns/${pair.client} bash -c '
       for cpu in $(seq $(nproc)); do (printf bystander > /proc/$BASHPID/comm; while :; do :; done) & done
       printf sender > /proc/$$/comm
       exec 9<> <(:); (exec 8<> /dev/tcp/${serverAddress[4]}/80) 2> /dev/null &
       read -rt 1.7 -u 9; kill $(jobs -p); wait'`,
  );
  const { events } = await trace.stop();
  const [first, again] = events.filter((event) => event.function.name === places.sent);
  expect(first?.process).toMatchObject({ name: 'sender', ...told(false) });
  expect(again?.packetId).not.toBe(first?.packetId);
  expect(again?.process).toMatchObject(told(true));
  const received = events.filter((event) => event.function.name === places.received);
  expect(received.length).toBeGreaterThanOrEqual(2);
  for (const event of received) expect(event.process).toMatchObject(told(true));
}
