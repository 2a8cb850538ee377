// The client's side of the measurement: the plugin's gRPC client and decoder, every field read. Tells when it has
// decoded as many events as each line on standard input asks for.
import { createInterface } from 'node:readline';
import { GrpcAgentClient } from '../../plugin/src/agents/grpc-client.ts';
import { EventCursor } from '../../plugin/src/events/cursor.ts';
import { eventBatchOf } from '../../plugin/src/events/trace-response.ts';
import { pwru } from '../../proto/gen/pwru.js';

const heartbeatMs = 5_000;

/** A sum over every field, so that none is decoded for nothing. */
function sumOf(event: EventCursor): number {
  const { bytes } = event;
  return (
    event.bootTimeNsHigh +
    event.bootTimeNsLow +
    event.skbAddressHigh +
    event.skbAddressLow +
    event.packetIdHigh +
    event.packetIdLow +
    event.functionId +
    event.cpu +
    event.netnsInode +
    event.interfaceId +
    event.processId +
    event.mark +
    event.lengthBytes +
    event.mtuBytes +
    event.etherType +
    event.ipVersion +
    (bytes[event.sourceAddressStart] ?? 0) +
    event.sourceAddressLength +
    (bytes[event.destinationAddressStart] ?? 0) +
    event.destinationAddressLength +
    event.ipProtocol +
    event.sourcePort +
    event.destinationPort +
    event.tcpFlags +
    event.icmpTypeCode +
    event.vlanTci +
    Number(event.hasVlan) +
    event.dropReasonId +
    event.dropLocationId +
    event.stackLocationIds.length
  );
}

async function main(): Promise<void> {
  const client = new GrpcAgentClient(`unix:${process.argv[2]}`);
  const stream = client.trace({});
  const heartbeat = setInterval(() => stream.send({ heartbeat: {} }), heartbeatMs);
  const cursor = new EventCursor();
  let decoded = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let sum = 0;
  let bytes = 0;
  let cpuBefore = process.cpuUsage();
  const check = () => {
    if (decoded < wanted) return;
    const { user, system } = process.cpuUsage(cpuBefore);
    process.stdout.write(
      `decoded ${decoded} ${process.hrtime.bigint()} ${user + system} ${bytes} ${sum}\n`,
    );
    wanted = Number.POSITIVE_INFINITY;
    decoded = 0;
    bytes = 0;
    cpuBefore = process.cpuUsage();
  };
  createInterface({ input: process.stdin }).on('line', (line) => {
    wanted = Number(line);
    check();
  });
  process.once('SIGTERM', () => stream.cancel());
  for await (const response of stream.responses) {
    const batch = eventBatchOf(response);
    if (batch === undefined) {
      if (pwru.v1.TraceResponse.decode(response).started) process.stdout.write('started\n');
      continue;
    }
    bytes += batch.length;
    cursor.reset(batch);
    for (; cursor.next(); decoded++) sum = (sum + sumOf(cursor)) % 2 ** 40;
    check();
  }
  clearInterval(heartbeat);
  client.close();
}

void main();
