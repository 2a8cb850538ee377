import { ResourceStack } from '../../agent/src/core/resource.ts';
import {
  healthServiceDefinition,
  infoServiceDefinition,
  reflectionServiceDefinition,
  traceServiceDefinition,
} from '../../agent/src/server/service-definitions.ts';
import { frame, statusOf } from '../server/raw-http2.ts';
import type { Attack } from './attack.ts';
import { call, startTrace } from './calls.ts';

/** Expressions that are refused, and some whose programs are just small enough. */
const expressions = [
  '.{0,1000}'.repeat(300),
  '(?:.{0,30}){0,30}'.repeat(5),
  '\\pL{1000}',
  'x'.repeat(64 * 1024),
  '.{0,1000}.{0,1000}.{0,900}',
  '(.?){900}.*x',
  '(.?){450}.*x',
  '.{0,900}',
  '[a-z_]{0,1000}(_[a-z]{0,900})?',
  `.*(${'ab|'.repeat(1_300)}c)`,
];

const filters = [
  'host tcp-evil',
  'tcp and (',
  'x'.repeat(16 * 1024),
  Array.from({ length: 900 }, (_, index) => `port ${index + 1}`).join(' or '),
  Array.from({ length: 250 }, (_, index) => `tcp[${index % 60}:4] = ${index}`).join(' or '),
];

/** Expressions with large programs, to list functions by and to trace. */
export async function expressionBombs(attack: Attack): Promise<void> {
  using client = await attack.connect();
  await Promise.all(
    expressions.map(async (functionRegex) => {
      const listed = await call(client, infoServiceDefinition.listFunctions, { functionRegex });
      attack.count(`expressions: listing ended with ${listed}`);
    }),
  );
  for (const functionRegex of expressions) {
    const traced = startTrace(client, { functionRegex, ringBudgetBytes: (1024 * 1024) as never });
    traced.end();
    attack.count(`expressions: trace ended with ${await statusOf(traced)}`);
  }
}

/** Requests that are refused, for each reason there is. */
export async function refusedRequests(attack: Attack): Promise<void> {
  using client = await attack.connect();
  const starts = [
    ...filters.map((filter) => ({ filter })),
    { targets: [{ netnsName: 'there-is-none' }] },
    { targets: [{ netnsName: '../../etc' }] },
    { targets: [{ pid: 4_194_304 }] },
    { targets: [{ pod: { namespace: 'demo', name: 'x' } }], podsOnly: true, ports: [{ port: 0 }] },
    { modules: ['there_is_none'] },
    { backend: 'kprobe.multi' },
    { mark: { value: 1, mask: 0 } },
    { ringBudgetBytes: (2 ** 40) as never },
  ];
  for (const start of starts) {
    const stream = startTrace(client, start);
    const status = statusOf(stream);
    stream.end();
    attack.count(`refused requests: trace ended with ${await status}`);
  }
  const { stopSession } = traceServiceDefinition;
  for (const id of ['', 'ffffffffffffffff', '\u{1f4a3}'.repeat(10_000)]) {
    attack.count(`refused requests: stop ended with ${await call(client, stopSession, { id })}`);
  }
}

/** Lists sessions, asks for everything that an agent knows of itself, and for its health. */
export async function questions(attack: Attack): Promise<void> {
  using client = await attack.connect();
  for (let round = 0; round < 50 && !attack.isOver; round += 1) {
    await Promise.all([
      ...Array.from({ length: 10 }, () => call(client, traceServiceDefinition.listSessions, {})),
      call(client, infoServiceDefinition.getInfo, {}),
      call(client, healthServiceDefinition.check, { service: '' }),
      call(client, healthServiceDefinition.check, { service: 'x'.repeat(100_000) }),
    ]);
    attack.count('questions: 13 answered');
  }
}

/** Asks on every stream of some connections, and reads no answer. */
export async function unreadAnswers(attack: Attack): Promise<void> {
  await using stack = new ResourceStack();
  const { path, requestSerialize } = reflectionServiceDefinition('v1').serverReflectionInfo;
  const describe = frame(
    requestSerialize({ fileContainingSymbol: 'pwru.v1.TraceService' }) as Buffer,
  );
  const list = frame(infoServiceDefinition.listFunctions.requestSerialize({}) as Buffer);
  for (let connection = 0; connection < 4; connection += 1) {
    const client = stack.use(await attack.connect());
    client.stopReading();
    for (let index = 0; index < 8; index += 1) {
      client.request(infoServiceDefinition.listFunctions.path).end(list);
      const reflection = client.request(path);
      for (let times = 0; times < 1_000; times += 1) reflection.write(describe);
    }
    attack.count('unread answers: connections');
  }
  await attack.pause(4_000);
}

/** 256 streams that may stay open without a request, over 16 connections. */
export async function idleStreams(attack: Attack): Promise<void> {
  await using stack = new ResourceStack();
  const { watch } = healthServiceDefinition;
  for (let connection = 0; connection < 16; connection += 1) {
    const client = stack.use(await attack.connect());
    for (let index = 0; index < 16; index += 1) {
      const isWatch = index % 2 === 0;
      const { path } = isWatch
        ? watch
        : reflectionServiceDefinition(index % 4 === 1 ? 'v1' : 'v1alpha').serverReflectionInfo;
      const stream = client.request(path);
      stream.resume();
      if (isWatch) stream.end(frame(watch.requestSerialize({ service: '' }) as Buffer));
      attack.count('idle streams: opened');
    }
  }
  await attack.pause(5_000);
}
