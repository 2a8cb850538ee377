import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { Trace, type TracedEvent } from '../support/trace.ts';
import { makeVethPair, serverAddress } from '../support/veth-pair.ts';

const port = 5051;

/** Sends a byte ten times a second, and ends when the client has sent all of its data. */
const server = `
import socket
listening = socket.create_server(("", ${port}))
print("bound", flush=True)
connection = listening.accept()[0]
connection.settimeout(0.1)
while True:
    connection.send(b"x")
    try:
        connection.recv(1000)
        break
    except TimeoutError: pass`;

const client = `
import socket
connection = socket.create_connection(("${serverAddress[4]}", ${port}))
connection.recv(1)
connection.send(b"y" * 300)
while connection.recv(100): pass`;

/**
 * Data that is sent again, since the network has lost it, acknowledges more each time: it is the same packet for as long as TCP keeps
 * it.
 */
export async function expectSamePacketSentAgain(
  machine: TestMachine,
  sent: { readonly place: string; readonly args: string },
): Promise<void> {
  await using pair = await makeVethPair(machine);
  const sendingsOf = (events: readonly TracedEvent[]) =>
    events.filter(
      ({ function: { name }, lengthBytes }) => name === sent.place && lengthBytes > 300,
    );
  const rules = (text: string) =>
    machine.mustRun(`nsenter --net=/run/netns/${pair.server} nft -f - <<'RULES'\n${text}\nRULES`);
  await rules(`table ip pwru_test {
  chain input {
    type filter hook input priority 0
    tcp dport ${port} meta length > 300 drop
  }
}`);
  const inNetns = (netns: string, script: string) =>
    `exec nsenter --net=/run/netns/${netns} python3 -c '${script}'`;
  await using listening = await machine.start(inNetns(pair.server, server));
  await listening.waitForOutput(/bound/);
  await using trace = await Trace.start(
    machine,
    `netns/${pair.client} --track ${sent.args} -- tcp dst port ${port}`,
  );
  await using talking = await machine.start(inNetns(pair.client, client));
  for (let look = 0; look < 240 && sendingsOf(trace.shown).length < 3; look++) await delay(250);
  await rules('delete table ip pwru_test');
  await talking.wait({ timeoutMs: 60_000 });
  const { events, exitCode } = await trace.stop();
  expect(exitCode).toBe(0);
  const sendings = sendingsOf(events);
  expect(sendings.length).toBeGreaterThan(2);
  expect(new Set(sendings.map(({ packetId }) => packetId)).size).toBe(1);
  // What acknowledges the server's bytes are other packets.
  const others = events.filter(
    ({ function: { name }, lengthBytes }) => name === sent.place && lengthBytes < 300,
  );
  expect(new Set(others.map(({ packetId }) => packetId)).size).toBe(others.length);
}
