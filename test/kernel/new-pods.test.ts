import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalAgent, openLocalAgent } from '../../agent/src/local-agent.ts';
import { openTracingHost } from '../../agent/src/trace/host.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { sendUdp } from '../scenario/traffic.ts';
import { hostMachine } from '../support/host-machine.ts';
import { NodeWithPods, type ShownPod } from '../support/node-with-pods.ts';
import { type PodEvent, PodTrace } from '../support/pod-trace.ts';
import { usualCpuShare } from '../support/usual-cpu-share.ts';

/*
 * Packets of a network namespace between its beginning and the moment when it is known whose it is.
 */

const { PodTargetState } = pwru.v1;
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const nowhere = '198.51.100.77';
const targetOf = (name: string) => ({ pod: { namespace: 'demo', name } });

let node: NodeWithPods;
let agent: LocalAgent;

beforeEach(async () => {
  node = await NodeWithPods.create();
  agent = openLocalAgent(
    await openTracingHost({ node: 'n1', log, pods: node, cpuShare: usualCpuShare() }),
    {
      node: 'n1',
      log,
    },
  );
});

afterEach(async () => {
  await agent.close();
  await node[Symbol.asyncDispose]();
});

const send = ({ netns }: ShownPod, address: string, port: number, count = 3) =>
  sendUdp(hostMachine, { netns, address, port, count });

const placesOf = (events: readonly PodEvent[]) => new Set(events.map(({ place }) => place));
const packetsOf = (events: readonly PodEvent[]) => new Set(events.map(({ packetId }) => packetId));

/** Datagrams to nowhere are dropped by the node: one event for each, while ARP adds clones. */
const dropsOf = (events: readonly PodEvent[]) =>
  events.filter(({ dropReason }) => dropReason !== '');

/** Every event that counts as produced came, and no packet counts that did not show. */
function expectExact({ accounting, events }: PodTrace): void {
  expect(Number(accounting.producedEvents ?? 0)).toBe(events.length);
  expect(Number(accounting.deliveredEvents ?? 0)).toBe(events.length);
  expect(Number(accounting.packets ?? 0)).toBe(packetsOf(events).size);
  expect(accounting.losses ?? []).toEqual([]);
}

describe('a pod that the session waits for', () => {
  test('is seen from its first packet on, with its name', async () => {
    await using trace = await PodTrace.start(agent, {
      targets: [targetOf('web')],
      filter: 'udp port 4100',
      track: true,
    });
    const pod = await node.add('web');
    node.notice(pod);
    await send(pod, nowhere, 4100);
    await delay(100);
    expect(trace.events).toEqual([]);
    await node.show(pod);
    await trace.untilEvents((events) => dropsOf(events).length === 3);
    await send(pod, nowhere, 4100, 2);
    await trace.stop();
    expect(dropsOf(trace.events)).toHaveLength(5);
    expect(placesOf(trace.events)).toEqual(new Set(['demo/web', 'node']));
    expectExact(trace);
    const untracedMs = trace.statuses.map((status) => Number(status.untracedMs ?? 0));
    expect(untracedMs).toEqual([0, expect.any(Number)]);
    // From the notice of the namespace to its entry in the kernel's table.
    expect(untracedMs[1]).toBeLessThan(100);
  });

  test('is held with `drops_only`, too', async () => {
    await using trace = await PodTrace.start(agent, {
      targets: [targetOf('web')],
      filter: 'udp port 4101',
      track: true,
      dropsOnly: true,
    });
    const pod = await node.add('web');
    node.notice(pod);
    await send(pod, nowhere, 4101);
    await node.show(pod);
    await trace.untilEvents((events) => dropsOf(events).length === 3);
    await trace.stop();
    expect(dropsOf(trace.events)).toHaveLength(3);
    const { producedEvents, withheldEvents, deliveredEvents, losses } = trace.accounting;
    expect(Number(producedEvents)).toBe(Number(deliveredEvents) + Number(withheldEvents ?? 0));
    expect(losses ?? []).toEqual([]);
  });

  test('that was not noticed tells how long it was not seen', async () => {
    await using trace = await PodTrace.start(agent, {
      targets: [targetOf('other')],
      filter: 'udp port 4102',
    });
    const other = await node.add('other');
    await node.show(other);
    const pod = await node.add('web');
    // Nobody waits for it.
    node.notice(pod);
    await send(pod, nowhere, 4102);
    await delay(300);
    await node.show(pod);
    trace.setPods([targetOf('other').pod, targetOf('web').pod]);
    await trace.untilStates((states) => states.length === 3);
    await send(pod, nowhere, 4102);
    await trace.stop();
    expect(dropsOf(trace.events)).toHaveLength(3);
    const untracedMs = Number(trace.statuses.at(-1)?.untracedMs ?? 0);
    expect(untracedMs).toBeGreaterThan(300);
    expect(untracedMs).toBeLessThan(10_000);
  });

  test('and that ends before its namespace is known is told, with its time', async () => {
    await using trace = await PodTrace.start(agent, { targets: [targetOf('web')] });
    const pod = await node.add('web');
    node.set(pod.pod, { kind: 'waiting' });
    await delay(200);
    await node.remove(pod);
    await trace.untilStates((states) => states.includes(PodTargetState.POD_TARGET_STATE_GONE));
    const { state, untracedMs, pod: told, message } = trace.statuses.at(-1) ?? {};
    expect({ state, uid: told?.uid }).toEqual({
      state: PodTargetState.POD_TARGET_STATE_GONE,
      uid: pod.pod.uid,
    });
    expect(Number(untracedMs)).toBeGreaterThan(190);
    expect(message).toMatch(/ended before its network namespace was found/);
    // Once, whatever else happens; the next pod of the name is another matter.
    const other = await node.add('other');
    await node.show(other);
    const next = await node.add('web');
    await node.show(next);
    await trace.untilStates((states) => states.length === 4);
    expect(trace.states.slice(2)).toEqual([
      PodTargetState.POD_TARGET_STATE_GONE,
      PodTargetState.POD_TARGET_STATE_RESOLVED,
    ]);
  });

  test('and that was traced and ends is no pod that was not seen', async () => {
    const pod = await node.add('web');
    await node.show(pod);
    await using trace = await PodTrace.start(agent, { targets: [targetOf('web')] });
    node.set(pod.pod, { kind: 'waiting' });
    await delay(50);
    await node.remove(pod);
    await trace.untilStates((states) => states.includes(PodTargetState.POD_TARGET_STATE_GONE));
    await trace.stop();
    expect(trace.statuses.every(({ untracedMs }) => Number(untracedMs ?? 0) === 0)).toBe(true);
  });
});

describe('a session that expects pods', () => {
  test('shows the first packets of one that is named when it is known already', async () => {
    await using trace = await PodTrace.start(agent, {
      ...{ podsOnly: true, expectsPods: true, track: true },
      filter: 'udp port 4103',
    });
    const pod = await node.add('job');
    node.notice(pod);
    await send(pod, nowhere, 4103);
    await node.show(pod);
    await delay(500);
    expect(trace.events).toEqual([]);
    trace.setPods([targetOf('job').pod]);
    await trace.untilEvents((events) => dropsOf(events).length === 3);
    await trace.stop();
    expect(placesOf(trace.events)).toEqual(new Set(['demo/job', 'node']));
    expectExact(trace);
  });

  test('shows nothing of one that nobody names, but what is in places of its own', async () => {
    const [target, stranger] = [await node.add('target'), await node.add('stranger')];
    await node.show(target);
    await using trace = await PodTrace.start(agent, {
      ...{ targets: [targetOf('target')], expectsPods: true, track: true },
      filter: 'udp port 4104',
    });
    node.notice(stranger);
    await send(stranger, nowhere, 4104);
    const sent = await send(stranger, target.address, 4104);
    await node.show(stranger);
    // Longer than a client may take to name it.
    await trace.untilEvents((events) => placesOf(events).size === 2);
    await send(stranger, nowhere, 4104);
    await trace.stop();
    expect(placesOf(trace.events)).toEqual(new Set(['demo/target', 'node']));
    expect(packetsOf(trace.events).size).toBe(sent);
  });

  test("shows nothing of a namespace that is no pod's", async () => {
    await using trace = await PodTrace.start(agent, {
      ...{ podsOnly: true, expectsPods: true, track: true },
      filter: 'udp port 4105',
    });
    const pod = await node.add('none');
    node.notice(pod);
    await send(pod, nowhere, 4105, 500);
    node.forget(pod);
    await send(pod, nowhere, 4105);
    await delay(200);
    await trace.stop();
    expect(trace.events).toEqual([]);
    expectExact(trace);
  });

  test('shows nothing of what has no verdict when it ends', async () => {
    await using trace = await PodTrace.start(agent, {
      ...{ podsOnly: true, expectsPods: true, track: true },
      filter: 'udp port 4106',
    });
    const pod = await node.add('late');
    node.notice(pod);
    await send(pod, nowhere, 4106);
    await trace.stop();
    expect(trace.events).toEqual([]);
    expectExact(trace);
  });
});
