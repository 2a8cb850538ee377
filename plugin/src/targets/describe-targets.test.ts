import { expect, test } from 'vitest';
import { FollowedLine } from '../../testing/follow-line.ts';
import { MemoryKubeApi } from '../../testing/memory-kube-api.ts';
import { createPod, setPod } from '../../testing/memory-workloads.ts';
import { kinds } from '../kubernetes/resources.ts';
import { describeTargets, descriptionLines } from './describe-targets.ts';

function cluster(): MemoryKubeApi {
  const api = new MemoryKubeApi();
  createPod(api, { name: 'web-b', node: 'n2', addresses: ['10.0.0.2', 'fd00::2'] });
  createPod(api, { name: 'web-a', node: 'n2', addresses: ['10.0.0.1'] });
  createPod(api, { name: 'pending' });
  createPod(api, { name: 'done', node: 'n1', phase: 'Succeeded', addresses: ['10.0.0.9'] });
  createPod(api, { name: 'host', node: 'n1', hostNetwork: true, addresses: ['192.0.2.1'] });
  return api;
}

test('descriptionLines is a table as kubectl has them', async () => {
  using line = await FollowedLine.open(cluster(), '--all --from web-a --to web-b');
  expect(descriptionLines(describeTargets(line.follower))).toEqual([
    'NODE     NAMESPACE   POD       ADDRESSES          TRACED',
    'n2       demo        web-a     10.0.0.1           the pod',
    'n2       demo        web-b     10.0.0.2,fd00::2   the pod',
    '<none>   demo        pending   <none>             the pod, when it is scheduled',
    'n1       demo        done      10.0.0.9           nothing: completed',
    'n1       demo        host      192.0.2.1          nothing: host network',
    'Added to the filter: src host 10.0.0.1',
    'Added to the filter: dst host (10.0.0.2 or fd00::2)',
  ]);
});

test('descriptionLines names whole nodes, and those of clients', async () => {
  const api = cluster();
  for (const name of ['n1', 'n2', 'n3']) api.create(kinds.node, { metadata: { name } });
  api.create(kinds.service, { metadata: { name: 'web' }, spec: { clusterIP: '10.96.0.1' } });
  using line = await FollowedLine.open(
    api,
    'node/n3 pod/host svc/web --from web-a --host-network=node',
  );
  expect(descriptionLines(describeTargets(line.follower))).toEqual([
    'NODE   NAMESPACE   POD      ADDRESSES   TRACED',
    'n1     demo        host     192.0.2.1   the whole node',
    'n2     demo        web-a    10.0.0.1    packets to and from the service',
    'n3     <none>      <none>   <none>      the whole node',
    'Addresses of services: 10.96.0.1',
    'Added to the filter: src host 10.0.0.1',
  ]);
});

test('descriptionLines names the ports at which services and pods are reached beside', async () => {
  const api = new MemoryKubeApi();
  const pod = createPod(api, { name: 'proxy', node: 'n1', addresses: ['10.0.0.1'] });
  setPod(api, pod, {
    spec: {
      nodeName: 'n1',
      containers: [{ name: 'main', ports: [{ containerPort: 80, hostPort: 8_080 }] }],
    },
  });
  api.create(kinds.service, {
    metadata: { name: 'web' },
    spec: {
      clusterIP: '10.96.0.1',
      ports: [{ port: 80, nodePort: 30_080 }],
      externalIPs: ['203.0.113.7'],
    },
  });
  using line = await FollowedLine.open(api, 'proxy svc/web');
  expect(descriptionLines(describeTargets(line.follower)).slice(2)).toEqual([
    'Addresses of services: 10.96.0.1',
    'Also reached at: 203.0.113.7:80/TCP (external IP), node port 30080/TCP, host port 8080/TCP',
  ]);
});
