import { describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { playTime, settle } from '../../../test/support/played-time.ts';
import { begun, live, stopped } from '../../testing/played-cluster.ts';
import { summary } from '../../testing/recorded-session.ts';

const { PodTargetState } = pwru.v1;

playTime();

describe('pods', () => {
  test('are set when they change, and followed on nodes to which they move', async () => {
    const cluster = await begun(['a@n1']);
    cluster.move(['a@n1', 'b@n1']);
    expect(cluster.agents.stream('n1').requests.at(-1)).toMatchObject({
      podTargets: { pods: [{ name: 'a' }, { name: 'b' }] },
    });
    cluster.move(['b@n1', 'a@n2']);
    await settle();
    expect(cluster.agents.latest('n2').start?.targets).toMatchObject([{ pod: { name: 'a' } }]);
    cluster.start('n2');
    cluster.move(['a@n2']);
    await live(cluster, 29_000, 'n1', 'n2');
    expect(cluster.asked('n1')).not.toContain('stop');
    await live(cluster, 2_000, 'n1', 'n2');
    expect(cluster.asked('n1').at(-1)).toBe('stop');
    cluster.send('n1', { summary });
    await live(cluster, 1_000, 'n2');
    expect(await stopped(cluster, 'n2')).toBe(0);
    expect(cluster.stderr.text).toMatch(/^Traced for .+: 3 pods on 2 nodes/m);
  });

  test('of a service have its addresses beside them, on every node, also without pods', async () => {
    const cluster = await begun(['a@n1', '@n2', '=10.96.0.1', '=fd00::1']);
    const addresses = [Uint8Array.of(10, 96, 0, 1), Uint8Array.of(0xfd, ...Array(14).fill(0), 1)];
    expect(cluster.agents.latest('n1').start).toMatchObject({ podsOnly: true, addresses });
    expect(cluster.agents.latest('n2').start).toMatchObject({
      ...{ podsOnly: true, targets: [], addresses },
    });
    cluster.move(['a@n1', '@n2', '=10.96.0.2']);
    expect(cluster.agents.stream('n2').requests.at(-1)).toEqual({
      podTargets: { pods: [], addresses: [Uint8Array.of(10, 96, 0, 2)], ports: [] },
    });
    cluster.move(['a@n1', '@n2', '=10.96.0.2']);
    expect(cluster.asked('n2')).toEqual(['podTargets']);
  });

  test('come back to a node that is still open, or was closed', async () => {
    const cluster = await begun(['a@n1', 'b@n2']);
    cluster.move(['b@n2']);
    await live(cluster, 20_000, 'n1', 'n2');
    cluster.move(['a@n1', 'b@n2']);
    await live(cluster, 60_000, 'n1', 'n2');
    expect(cluster.asked('n1')).not.toContain('stop');
    cluster.move(['b@n2']);
    await live(cluster, 30_000, 'n1', 'n2');
    cluster.send('n1', { summary });
    await settle();
    cluster.move(['a@n1', 'b@n2']);
    await settle();
    expect(cluster.agents.of('n1')).toHaveLength(2);
    cluster.start('n1');
    await settle();
    expect(await stopped(cluster, 'n1', 'n2')).toBe(0);
  });

  test('that are followed by name are so for half a minute after they have gone', async () => {
    const cluster = await begun(['db=@n1', 'x@n1']);
    cluster.move(['x@n1']);
    const names = () =>
      cluster.agents
        .stream('n1')
        .requests.at(-1)
        ?.podTargets?.pods?.map(({ name }) => name);
    expect(cluster.asked('n1')).toEqual([]);
    await live(cluster, 31_000, 'n1');
    expect(names()).toEqual(['x']);
    cluster.move(['db=@n1', 'x@n1']);
    expect(names()).toEqual(['db', 'x']);
  });

  test('that come and go are told', async () => {
    const cluster = await begun(['a@n1']);
    const pod = [...cluster.follower.state.pods.values()][0];
    if (pod === undefined) throw new Error('There is no pod');
    cluster.pods.changed([
      { kind: 'added', pod, cause: 'deploy/web rolled out' },
      { kind: 'removed', pod: { ...pod, namespace: 'shop', name: '\x1b[2J' }, cause: 'deleted' },
    ]);
    expect(cluster.stderr.text).toContain(
      '+ pod/a (node n1): deploy/web rolled out\n- shop/pod/\\x1b[2J (node n1): deleted\n',
    );
    const many = Array.from({ length: 12 }, () => ({ kind: 'added' as const, pod, cause: 'x' }));
    cluster.pods.changed(many);
    expect(cluster.stderr.text.match(/^\+ pod\/a \(node n1\): x$/gm)).toHaveLength(10);
    expect(cluster.stderr.text).toContain('and 2 more changes\n');
  });

  const about = (state: pwru.v1.PodTargetState, message = '') => ({
    podTarget: {
      target: { namespace: 'demo', name: 'a', uid: 'uid-a-n1' },
      ...{ state, message },
    },
  });

  test('that wait, are replaced, or have the network of the node are told', async () => {
    const cluster = await begun(['a@n1']);
    cluster.send('n1', about(PodTargetState.POD_TARGET_STATE_WAITING));
    await live(cluster, 2_000, 'n1');
    expect(cluster.stderr.text).not.toContain('waits');
    await live(cluster, 3_000, 'n1');
    cluster.send('n1', about(PodTargetState.POD_TARGET_STATE_RESOLVED));
    cluster.send('n1', about(PodTargetState.POD_TARGET_STATE_REPLACED));
    cluster.send('n1', about(PodTargetState.POD_TARGET_STATE_HOST_NETWORK));
    await settle();
    expect(cluster.stderr.text).toContain(
      'pod/a (node n1): waits for its sandbox\n' +
        'pod/a (node n1): has a new sandbox, which is traced now\n' +
        "pod/a (node n1): not traced, since its packets are its node's; --host-network=node traces the whole node\n",
    );
    expect(await stopped(cluster, 'n1')).toBe(0);
  });

  test('whose network namespace is not known make the node degraded, and the trace partial', async () => {
    const cluster = await begun(['a@n1'], '-o json --include-status');
    cluster.send('n1', about(PodTargetState.POD_TARGET_STATE_UNRESOLVED, 'no CRI socket'));
    await settle();
    expect(cluster.stderr.text).toContain('pod/a (node n1): not traced: no CRI socket\n');
    expect(cluster.lines.at(-1)).toMatchObject({ type: 'node', state: 'degraded' });
    expect(cluster.lines.find(({ type }) => type === 'pod')).toEqual({
      ...{
        type: 'pod',
        time: '2026-11-22T17:29:00.000Z',
        node: 'n1',
        namespace: 'demo',
        name: 'a',
      },
      ...{ uid: '', state: 'unresolved', method: '', netnsInode: 0, addresses: [] },
      message: 'no CRI socket',
      untracedMs: 0,
    });
    expect(await stopped(cluster, 'n1')).toBe(3);
  });
});
