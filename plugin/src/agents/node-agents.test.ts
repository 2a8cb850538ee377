import { describe, expect, test } from 'vitest';
import { type AgentPod, NodeAgents } from './node-agents.ts';

const daemonSet = { metadata: { name: 'pwru-agent', namespace: 'pwru', uid: 'ds-1' } };

interface PodParts {
  readonly node?: string;
  readonly owner?: object;
  readonly deleted?: boolean;
  readonly status?: AgentPod['status'];
  readonly spec?: AgentPod['spec'];
}

const running: AgentPod['status'] = {
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'True' }],
};

function pod(name: string, parts: PodParts = {}): AgentPod {
  const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'pwru-agent', uid: 'ds-1' };
  return {
    metadata: {
      name,
      namespace: 'pwru',
      uid: name,
      labels: { app: 'pwru-agent' },
      ownerReferences: [{ ...owner, controller: true, ...parts.owner }],
      ...(parts.deleted === true ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: { nodeName: parts.node ?? 'n', ...parts.spec },
    status: parts.status ?? running,
  } as AgentPod;
}

function agents(...pods: AgentPod[]): NodeAgents {
  return new NodeAgents('pwru', daemonSet, pods);
}

describe('NodeAgents', () => {
  test('takes pods that the DaemonSet controls, and no others with its labels', () => {
    const found = agents(
      pod('good', { node: 'a' }),
      pod('other', { node: 'b', owner: { uid: 'ds-2' } }),
      pod('owned only', { node: 'c', owner: { controller: false } }),
    );
    expect(found.on('a')).toEqual({
      kind: 'ready',
      place: { node: 'a', pod: { namespace: 'pwru', name: 'good' }, port: 50_051 },
    });
    const reason = 'DaemonSet pwru-agent in namespace pwru has no pod there';
    expect(found.on('b')).toEqual({ kind: 'none', node: 'b', reason });
    expect(found.on('c')).toMatchObject({ kind: 'none' });
    expect([...found].map(({ kind }) => kind)).toEqual(['ready']);
  });

  test('says that nothing is installed', () => {
    expect(new NodeAgents('ns', undefined, [pod('x')]).on('n')).toMatchObject({
      kind: 'none',
      reason: 'there is no DaemonSet pwru-agent in namespace ns',
    });
  });

  test('reads the port from the manifest', () => {
    const ports = [
      {
        ports: [
          { name: 'http', containerPort: 1 },
          { name: 'grpc', containerPort: 2 },
        ],
      },
    ];
    expect(agents(pod('p', { spec: { nodeName: 'n', containers: ports } })).on('n')).toMatchObject({
      place: { port: 2 },
    });
  });

  test('prefers the pod that can be used', () => {
    const starting = { phase: 'Pending' };
    for (const order of [0, 1]) {
      const two = [pod('going', { deleted: true }), pod('coming', { status: starting })];
      if (order === 1) two.reverse();
      expect(agents(...two).on('n')).toMatchObject({
        kind: 'not-ready',
        place: { pod: { name: 'coming' } },
      });
      expect(agents(...two, pod('ready')).on('n')).toMatchObject({ kind: 'ready' });
    }
  });

  test.each<[string, PodParts, string]>([
    ['deleted', { deleted: true }, 'it is being deleted'],
    [
      'evicted',
      { status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' } },
      'Evicted: The node was low on memory.',
    ],
    [
      'without a place',
      {
        status: {
          phase: 'Pending',
          conditions: [
            { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no CPU' },
          ],
        },
      },
      'Unschedulable: no CPU',
    ],
    [
      'without an image',
      {
        status: {
          phase: 'Pending',
          conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
          containerStatuses: [
            { state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling' } } },
          ],
        },
      },
      'ImagePullBackOff: Back-off pulling',
    ],
    [
      'whose probe fails',
      {
        status: {
          phase: 'Running',
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              reason: 'ContainersNotReady',
              message: 'containers with unready status: [agent]',
            },
          ],
          containerStatuses: [{ state: {} }],
        },
      },
      'ContainersNotReady: containers with unready status: [agent]',
    ],
    ['new', { status: {} }, 'it is Pending'],
  ])('tells why a pod %s is not ready', (_, parts, reason) => {
    expect(agents(pod('p', parts)).on('n')).toMatchObject({ kind: 'not-ready', reason });
  });

  test('knows for which node a pod without a place is meant', () => {
    const matchFields = [{ key: 'metadata.name', values: ['m'] }];
    const affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
      },
    };
    const waiting = { ...pod('p', { status: { phase: 'Pending' } }), spec: { affinity } };
    expect(agents(waiting).on('m')).toMatchObject({ kind: 'not-ready' });
  });
});
