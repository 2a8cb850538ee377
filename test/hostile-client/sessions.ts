import Long from 'long';
import { ResourceStack } from '../../agent/src/core/resource.ts';
import { type RawHttp2, statusOf } from '../server/raw-http2.ts';
import type { Attack } from './attack.ts';
import { startTrace, traceRequest } from './calls.ts';

const heartbeat = traceRequest({ heartbeat: {} });
const mib = (count: number) => Long.fromNumber(count * 1024 * 1024, true);

/**
 * All sessions and rings that there are, over connections which read nothing: some whose HTTP/2 lives and some whose does not.
 */
export async function greedySessions(attack: Attack): Promise<void> {
  await using stack = new ResourceStack();
  const streams = [];
  for (const windowBytes of [65_535, 2 ** 31 - 1]) {
    const client = stack.use(await attack.connect(windowBytes));
    for (const megabytes of [64, 100, 200, 1_024, 1, 1]) {
      const stream = startTrace(client, {
        ...{ track: true, stack: true, ringBudgetBytes: mib(megabytes) },
        ...(megabytes === 1 ? { dropsOnly: true, allDrops: true } : {}),
      });
      streams.push(stream);
      attack.count('greedy sessions: asked for');
    }
    if (windowBytes > 65_535) client.stopReading();
  }
  for (let beats = 0; beats < 5; beats += 1) {
    await attack.pause(4_000);
    for (const stream of streams) if (stream.writable) stream.write(heartbeat);
  }
}

/** Names 512 other pods 64 times a second, and reads nothing of what becomes of them. */
export async function podFlood(attack: Attack): Promise<void> {
  using client = await attack.connect();
  const stream = startTrace(client, { podsOnly: true, expectsPods: true, ringBudgetBytes: mib(1) });
  for (let round = 0; round < 600 && !attack.isOver && stream.writable; round += 1) {
    const pods = Array.from({ length: 512 }, (_, index) => ({
      namespace: 'demo',
      name: `pod-${round}-${index}`.padEnd(200, 'x'),
    }));
    stream.write(traceRequest({ podTargets: { pods } }));
    attack.count('pod targets: named 512');
    await attack.pause(16);
  }
}

/** Sessions that are left as soon as they are asked for, or when they have begun. */
export async function sessionChurn(attack: Attack): Promise<void> {
  using client = await attack.connect();
  for (let round = 0; round < 20 && !client.session.destroyed && !attack.isOver; round += 1) {
    const targets = [{ netnsName: attack.netns }];
    const stream = startTrace(client, { targets, ringBudgetBytes: mib(round % 2 === 0 ? 1 : 16) });
    const status = statusOf(stream);
    await leave(stream, round, client);
    attack.count(`session churn: ended with ${await status}`);
  }
}

async function leave(
  stream: ReturnType<typeof startTrace>,
  round: number,
  client: RawHttp2,
): Promise<void> {
  await client.ping();
  if (round % 3 === 0) stream.close(8);
  else if (round % 3 === 1) stream.end();
  else stream.write(traceRequest({ start: {} }));
}
