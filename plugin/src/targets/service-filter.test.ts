import type { V1Pod, V1ServicePort } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { FollowedLine } from '../../testing/follow-line.ts';
import { MemoryKubeApi } from '../../testing/memory-kube-api.ts';
import { createPod, setPod } from '../../testing/memory-workloads.ts';
import { kinds } from '../kubernetes/resources.ts';

/** Service `web` with these ports, and behind it pod `a`, which listens at `targetPorts`. */
function cluster(
  ports: readonly V1ServicePort[],
  targetPorts: ReadonlyArray<{ port: number; protocol?: string }>,
  name = 'web',
) {
  const api = new MemoryKubeApi();
  const pod = addService(api, { name, ports, targetPorts });
  return { api, pod };
}

function addService(
  api: MemoryKubeApi,
  parts: {
    readonly name: string;
    readonly ports: readonly V1ServicePort[];
    readonly targetPorts: ReadonlyArray<{ port: number; protocol?: string }>;
  },
): V1Pod {
  const { name, ports, targetPorts } = parts;
  api.create(kinds.service, {
    metadata: { name },
    spec: { clusterIP: '10.96.0.9', selector: { app: name }, ports },
  });
  const labels = { app: name };
  const pod = createPod(api, { name: `${name}-a`, labels, node: 'n1', addresses: ['10.0.0.1'] });
  const targetRef = { kind: 'Pod', name: `${name}-a`, uid: pod.metadata?.uid };
  api.create(kinds.endpointSlice, {
    metadata: { name: `${name}-1`, labels: { 'kubernetes.io/service-name': name } },
    ...{ addressType: 'IPv4', ports: targetPorts },
    endpoints: [{ addresses: ['10.0.0.1'], targetRef }],
  });
  return pod;
}

async function termsOf(api: MemoryKubeApi, line: string) {
  using followed = await FollowedLine.open(api, line);
  return { terms: [...followed.follower.filterTerms], said: followed.said };
}

describe('svc/NAME alone', () => {
  test('is what belongs to its ports: its own, those of its pods, and those of the nodes', async () => {
    const { api, pod } = cluster(
      [
        { port: 80, targetPort: 'http', nodePort: 30_080 },
        { port: 53, protocol: 'UDP' },
      ],
      [
        { port: 8_080, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
    );
    const container = { name: 'c', ports: [{ containerPort: 8_080, hostPort: 9_080 }] };
    setPod(api, pod, { spec: { containers: [container] } });
    const { terms, said } = await termsOf(api, 'svc/web');
    expect(terms).toEqual([
      '(tcp port 80 or udp port 53 or tcp port 30080 or tcp port 8080 or tcp port 9080)',
    ]);
    expect(said).toEqual([
      'svc/web: only what belongs to tcp port 80, udp port 53, tcp port 30080, tcp port 8080, tcp port 9080; --all-ports traces all packets of its pods',
    ]);
  });

  test('also with what does not say which ports: --drops, --from, addresses', async () => {
    const { api } = cluster([{ port: 80 }], [{ port: 80 }]);
    createPod(api, { name: 'client', node: 'n2', addresses: ['10.0.0.7'] });
    for (const flags of ['--drops', '--src 10.0.0.7', '--ifname eth0'])
      expect((await termsOf(api, `svc/web ${flags}`)).terms).toEqual(['tcp port 80']);
    expect((await termsOf(api, 'svc/web --from pod/client')).terms).toEqual([
      'src host 10.0.0.7',
      'tcp port 80',
    ]);
  });

  test.each(['--all-ports', '-- icmp', '--port 81', '--proto udp', '--filter tcp'])(
    'is all packets, or what is said, with %s',
    async (flags) => {
      const { api } = cluster([{ port: 80 }], [{ port: 80 }]);
      expect(await termsOf(api, `svc/web ${flags}`)).toEqual({ terms: [], said: [] });
    },
  );

  test('is all packets beside another target, which has no such ports', async () => {
    const { api } = cluster([{ port: 80 }], [{ port: 80 }]);
    createPod(api, { name: 'other', node: 'n1' });
    expect((await termsOf(api, 'svc/web pod/other')).terms).toEqual([]);
  });

  test('is the ports of all services that are named, and all packets when one has none', async () => {
    const { api } = cluster([{ port: 80 }], [{ port: 80 }]);
    addService(api, { name: 'db', ports: [{ port: 5_432 }], targetPorts: [{ port: 5_432 }] });
    expect((await termsOf(api, 'svc/web svc/db')).terms).toEqual([
      '(tcp port 80 or tcp port 5432)',
    ]);
    addService(api, { name: 'headless', ports: [], targetPorts: [] });
    expect(await termsOf(api, 'svc/web svc/headless')).toEqual({ terms: [], said: [] });
  });

  test('is all packets when a filter has no room for its ports, and says so', async () => {
    const ports = Array.from({ length: 33 }, (_, index) => ({ port: 1_000 + index }));
    const { api } = cluster(ports, ports);
    expect(await termsOf(api, 'svc/web')).toEqual({
      terms: [],
      said: [
        'svc/web: it has 33 ports, which a filter has no room for: all packets of its pods are traced',
      ],
    });
  });

  test('says when it gets another port, which sessions that run do not admit', async () => {
    const { api } = cluster([{ port: 80 }], [{ port: 80 }]);
    using followed = await FollowedLine.open(api, 'svc/web');
    api.create(kinds.endpointSlice, {
      metadata: { name: 'web-2', labels: { 'kubernetes.io/service-name': 'web' } },
      ...{ addressType: 'IPv4', ports: [{ port: 8_081 }], endpoints: [] },
    });
    await followed.untilSaid(
      'svc/web has tcp port 8081 too now: nodes that are traced already do not admit that; start the trace again to see it',
    );
    expect(followed.follower.filterTerms).toEqual(['(tcp port 80 or tcp port 8081)']);
  });
});
