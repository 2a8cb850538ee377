import { expect, test } from 'vitest';
import { BootClock } from '../../agent/src/kernel/boot-clock.ts';
import { traceServiceDefinition } from '../../agent/src/server/service-definitions.ts';
import type { SessionSink } from '../../agent/src/trace/ports.ts';
import { Outbox } from '../../agent/src/trace/session/outbox.ts';
import { PodTargets } from '../../agent/src/trace/session/pod-targets.ts';
import { UndecidedEvents } from '../../agent/src/trace/stream/undecided-events.ts';
import type { pwru } from '../../proto/gen/pwru.js';
import { holdTimers, passUntil } from '../support/played-time.ts';
import { AgentFixture, TraceClient, until } from './agent-fixture.ts';
import { frame, RawHttp2 } from './raw-http2.ts';
import type { ScriptedSession } from './scripted-host.ts';

/** A node without a pod. */
const noPods = {
  nodeNamespace: undefined,
  nodeAddresses: () => [],
  pods: () => [],
  newNamespaces: () => [],
  subscribe: () => ({ [Symbol.dispose]: () => {} }),
};

interface Followed {
  writes: number;
  /** The first pod of each selection that came. */
  readonly named: string[];
}

/** Makes a scripted session follow its pods as a real one does. */
function followPods(session: ScriptedSession): Followed {
  const followed: Followed = { writes: 0, named: [] };
  const sink: SessionSink = {
    get closed() {
      return session.sink.closed;
    },
    write: (response) => {
      followed.writes += 1;
      return session.sink.write(response);
    },
  };
  const undecided = new UndecidedEvents(1);
  const targets = new PodTargets(
    { targets: [], addresses: [], ports: [] },
    {
      ...{
        source: noPods,
        outbox: new Outbox(sink),
        undecided,
        clock: new BootClock(),
        expectsPods: false,
      },
      setPlaces: () => 0,
    },
  );
  session.setPods = (pods) => {
    followed.named.push(pods.targets[0]?.name ?? '');
    targets.set(pods);
  };
  void session.ended.finally(() => targets[Symbol.dispose]());
  return followed;
}

const namesOf = (round: number, count: number): pwru.v1.IPodTarget[] =>
  Array.from({ length: count }, (_, index) => ({
    namespace: 'demo',
    name: `pod-${round}-${index}`,
  }));

const { trace } = traceServiceDefinition;
const set = (pods: pwru.v1.IPodTarget[]) => frame(trace.requestSerialize({ podTargets: { pods } }));

test('a client that never reads and names other pods all the time makes no queue', async () => {
  using _held = holdTimers();
  await using agent = await AgentFixture.open({ unreadGraceMs: 100 });
  let followed: Followed = { writes: 0, named: [] };
  agent.host.onSession = (session) => {
    followed = followPods(session);
    session.announceStart();
  };
  using client = await RawHttp2.open(agent.socketPath);
  // The client's HTTP/2 lives; what comes on this stream stays unread.
  const call = client.request(trace.path);
  call.write(frame(trace.requestSerialize({ start: { podsOnly: true } })));
  await until(() => agent.host.sessions.length === 1);
  for (let round = 0; round < 60; round += 1) call.write(set(namesOf(round, 512)));
  // What is named last counts in the end.
  await passUntil(() => followed.named.includes('pod-59-0'));
  // HTTP/2 lets 64 KiB go out unread, a thousand states.
  expect(followed.writes).toBeLessThan(2_000);
  expect(followed.named.length).toBeLessThan(30);
});

test('a client that reads late learns the latest state of each pod that it names', async () => {
  await using agent = await AgentFixture.open();
  agent.host.onSession = (session) => {
    followPods(session);
    session.announceStart();
  };
  const client = new TraceClient(agent.connect()).start({ podsOnly: true });
  await client.started();
  client.call.pause();
  client.call.write({ podTargets: { pods: namesOf(1, 512) } });
  client.call.write({ podTargets: { pods: namesOf(2, 512) } });
  client.call.resume();
  const told = () =>
    new Set(client.responses.flatMap(({ podTarget }) => podTarget?.target?.name ?? []));
  await until(() => namesOf(2, 512).every(({ name }) => told().has(name ?? '')));
});
