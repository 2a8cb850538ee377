import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { traceServiceDefinition } from '../../agent/src/server/service-definitions.ts';
import {
  clientPreface as preface,
  resetCalls,
  emptySettings as settings,
} from '../server/http2-frames.ts';
import { frame, statusOf } from '../server/raw-http2.ts';
import { type Attack, within } from './attack.ts';
import { traceRequest } from './calls.ts';

const { trace, stopSession } = traceServiceDefinition;
const bomb = frame(gzipSync(Buffer.alloc(64 * 1024 * 1024)));
bomb[0] = 1;

async function openSocket(attack: Attack): Promise<Socket> {
  const socket = connect(attack.socketPath);
  socket.on('error', () => {});
  await within(5_000, once(socket, 'connect'));
  socket.resume();
  return socket;
}

/** Bytes that are no HTTP/2, or stop being it. */
export async function rubbish(attack: Attack): Promise<void> {
  const texts = [
    randomBytes(200_000),
    Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
    Buffer.concat([preface, randomBytes(200_000)]),
    Buffer.concat([preface, settings, randomBytes(200_000)]),
    Buffer.concat([preface, Buffer.from('ffffff000000000001', 'hex')]),
    // 20,000 frames each: SETTINGS, PING, and PRIORITY of streams that there are not.
    Buffer.concat([preface, ...Array<Buffer>(20_000).fill(settings)]),
    Buffer.concat([
      ...[preface, settings],
      ...Array<Buffer>(20_000).fill(
        Buffer.from(`0000080600${'0'.repeat(8)}${'1'.repeat(16)}`, 'hex'),
      ),
    ]),
    Buffer.concat([
      ...[preface, settings],
      ...Array<Buffer>(20_000).fill(Buffer.from('000005020000000003000000000f', 'hex')),
    ]),
  ];
  for (const text of texts) {
    const socket = await openSocket(attack);
    socket.write(text);
    await attack.pause(20);
    socket.destroy();
    attack.count('rubbish: sent');
  }
}

/** Messages that are too large, claim to be, unpack to more, or are none; headers of the same kinds. */
export async function malformedMessages(attack: Attack): Promise<void> {
  const messages: Array<[Buffer, Record<string, string>?]> = [
    [traceRequest({ start: { filter: 'x'.repeat(300_000) } })],
    [Buffer.from([0, 0xff, 0xff, 0xff, 0xff])],
    [bomb, { 'grpc-encoding': 'gzip' }],
    [frame(randomBytes(100_000))],
    [frame(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]))],
    [frame(Buffer.from([0x0a, 0x04, 0x12, 0x02, 0xc3, 0x28]))],
    [
      Buffer.concat([
        traceRequest({ start: { targets: [{ netnsName: 'none' }] } }),
        frame(randomBytes(100)),
      ]),
    ],
    [Buffer.alloc(500_000)],
    [frame(Buffer.alloc(255 * 1024, 0x0a))],
    [traceRequest({ heartbeat: {} }), { 'grpc-timeout': '99999999H' }],
    [traceRequest({ heartbeat: {} }), { 'grpc-encoding': 'rot13' }],
    [traceRequest({ heartbeat: {} }), { 'x-large': 'x'.repeat(60_000) }],
    [traceRequest({ heartbeat: {} }), { 'x-bin': '\xff%%' }],
  ];
  for (const path of [trace.path, stopSession.path, '/no.Service/Method']) {
    for (const [bytes, headers] of messages) {
      using client = await attack.connect();
      const stream = client.request(path, headers);
      const status = statusOf(stream);
      stream.end(bytes);
      attack.count(`malformed messages: ended with ${await within(12_000, status)}`);
    }
  }
}

/** Connections that say nothing, half of something, or go as they come. */
export async function halfOpen(attack: Attack): Promise<void> {
  const sockets: Socket[] = [];
  const bytes = [
    Buffer.alloc(0),
    preface.subarray(0, 10),
    preface,
    Buffer.concat([preface, settings]),
  ];
  for (let index = 0; index < 100; index += 1) {
    const socket = await openSocket(attack);
    socket.write(bytes[index % bytes.length] ?? preface);
    if (index % 2 === 0) socket.destroy();
    else sockets.push(socket);
    attack.count('half-open connections: opened');
  }
  const half = Buffer.alloc(200 * 1024);
  half.writeUInt32BE(250 * 1024, 1);
  using client = await attack.connect();
  for (let index = 0; index < 16; index += 1) client.request(stopSession.path).write(half);
  await attack.pause(1_000);
  for (const socket of sockets) socket.destroy();
}

/** Streams that are reset as soon as they are open, of a method and of none, and floods of messages within one. */
export async function churn(attack: Attack): Promise<void> {
  const start = trace.requestSerialize({ start: { filter: 'tcp and (' } });
  for (const path of [trace.path, stopSession.path, '/no.Service/Method']) {
    const socket = await openSocket(attack);
    socket.write(resetCalls(path, start, 1_000));
    attack.count('churn: 1,000 streams reset');
    await attack.pause(100);
    socket.destroy();
  }
  using flooding = await attack.connect();
  const stream = flooding.request(trace.path);
  const heartbeat = traceRequest({ heartbeat: {} });
  const begin = traceRequest({ start: { targets: [{ netnsName: attack.netns }] } });
  stream.write(Buffer.concat([begin, ...Array.from({ length: 50_000 }, () => heartbeat)]));
  attack.count(`churn: flood of messages ended with ${await within(12_000, statusOf(stream))}`);
}
