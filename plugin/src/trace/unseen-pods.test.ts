import Long from 'long';
import { beforeEach, describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { UnseenPods, unseenLines, unseenText } from './unseen-pods.ts';

const { PodTargetState } = pwru.v1;
let nowMs = 0;
let unseen: UnseenPods;
const node = { name: 'n1', state: { kind: 'tracing' } } as const;

beforeEach(() => {
  nowMs = 0;
  unseen = new UnseenPods(() => nowMs);
  unseen.began();
  nowMs = 10_000;
});

function status(fields: {
  uid: string;
  untracedMs: number;
  netnsInode?: number;
  state?: pwru.v1.PodTargetState;
}): pwru.v1.PodTargetStatus {
  const { uid, untracedMs, netnsInode = 7, state } = fields;
  return new pwru.v1.PodTargetStatus({
    target: { namespace: 'demo', name: uid },
    state: state ?? PodTargetState.POD_TARGET_STATE_RESOLVED,
    pod: { namespace: 'demo', name: uid, uid },
    netnsInode,
    untracedMs: Long.fromNumber(untracedMs, true),
  });
}

describe('UnseenPods', () => {
  test('knows of a pod that came during the trace and was not traced at first', () => {
    const told = status({ uid: 'a', untracedMs: 812 });
    const pod = unseen.take(node, told);
    expect(pod).toMatchObject({ node: 'n1', uid: 'a', untracedMs: 812, isWhole: false });
    // Several reports ask.
    expect(unseen.take(node, told)).toBe(pod);
    expect(unseen.pods).toEqual([pod]);
  });

  test('has nothing to say of one that was traced from its beginning on', () => {
    expect(unseen.take(node, status({ uid: 'a', untracedMs: 0 }))).toBeUndefined();
    expect(unseen.take(node, status({ uid: 'b', untracedMs: 49 }))).toBeUndefined();
  });

  test('has nothing to say of one that was there before the trace', () => {
    expect(unseen.take(node, status({ uid: 'a', untracedMs: 10_001 }))).toBeUndefined();
    const early = new UnseenPods(() => nowMs);
    expect(early.take(node, status({ uid: 'a', untracedMs: 100 }))).toBeUndefined();
  });

  test('has nothing to say of one that another session has traced already', () => {
    unseen.take(node, status({ uid: 'a', untracedMs: 0 }));
    expect(unseen.take(node, status({ uid: 'a', untracedMs: 5_000 }))).toBeUndefined();
    expect(unseen.take(node, status({ uid: 'a', untracedMs: 300, netnsInode: 8 }))).toBeDefined();
  });

  test('waits until the node is traced', () => {
    const attaching = { name: 'n2', state: { kind: 'attaching', done: 0, total: 1 } } as const;
    expect(unseen.take(attaching, status({ uid: 'a', untracedMs: 0 }))).toBeUndefined();
    const later = { ...attaching, state: { kind: 'tracing' } } as const;
    expect(unseen.take(later, status({ uid: 'a', untracedMs: 2_000 }))?.untracedMs).toBe(2_000);
  });

  test('knows of one that ended before it was traced', () => {
    const state = PodTargetState.POD_TARGET_STATE_GONE;
    const pod = unseen.take(node, status({ uid: 'a', untracedMs: 1_900, netnsInode: 0, state }));
    expect(pod && unseenText(pod)).toBe(
      'ended before it could be traced: none of its 1.9 s were seen',
    );
  });
});

describe('a pod that comes and goes', () => {
  const pod = {
    ...{ namespace: 'demo', name: 'a', uid: 'a', node: 'n1', addresses: [], hostNetwork: false },
    ...{ targets: [], followName: false, hostPorts: [], addressesOnly: false },
  };
  const change = (kind: 'added' | 'removed', isWhole = false) =>
    unseen.changed([{ kind, pod, cause: '' }], () => isWhole);

  test('while nobody traces its node is not seen, which is told when no agent can say otherwise', () => {
    change('added');
    nowMs += 1_500;
    change('removed');
    expect(unseen.settle(false)).toEqual([]);
    nowMs += 2_000;
    expect(unseen.settle(false)).toMatchObject([{ uid: 'a', untracedMs: 1_500, isWhole: true }]);
    expect(unseen.settle(true)).toEqual([]);
    expect(unseen.pods).toHaveLength(1);
  });

  test('is seen when an agent says so, also late', () => {
    change('added');
    change('removed');
    unseen.take(node, status({ uid: 'a', untracedMs: 0 }));
    expect(unseen.settle(true)).toEqual([]);
  });

  test('is told once when an agent says that it was not traced', () => {
    change('added');
    change('removed');
    const state = PodTargetState.POD_TARGET_STATE_GONE;
    unseen.take(node, status({ uid: 'a', untracedMs: 1_900, netnsInode: 0, state }));
    expect(unseen.settle(true)).toEqual([]);
    expect(unseen.pods).toHaveLength(1);
  });

  test('is seen on a node that is traced whole, of which no agent says anything', () => {
    change('added', true);
    change('removed', true);
    expect(unseen.settle(true)).toEqual([]);
  });

  test('is nothing when it was there before the trace', () => {
    change('removed');
    expect(unseen.settle(true)).toEqual([]);
  });
});

test('unseenLines() names them, up to ten', () => {
  expect(unseenLines([], 'demo')).toEqual([]);
  for (const [index, name] of 'a b c d e f g h i j k l'.split(' ').entries())
    unseen.take(node, status({ uid: name, untracedMs: 50 + 100 * index }));
  expect(unseenLines(unseen.pods.slice(0, 2), 'demo')).toEqual([
    'Not seen: pod/a first 0.05 s, pod/b first 0.1 s',
  ]);
  expect(unseenLines(unseen.pods, 'shop')[0]).toMatch(
    /^Not seen: demo\/pod\/a first .*, 2 more pods$/,
  );
});
