import { expect, test } from 'vitest';
import { MemoryCluster } from '../../testing/commands/memory-cluster.ts';
import { standingOfCluster } from './overview.ts';

const ask = (cluster: MemoryCluster) =>
  standingOfCluster(cluster, { agentNamespace: 'pwru' }, 'https://a:6443, namespace shop');
const where = 'https://a:6443, namespace shop: agents in namespace pwru';

test('without agents the next thing is to install them', async () => {
  expect(await ask(new MemoryCluster())).toEqual({
    state: `${where}: none yet`,
    next: 'kubectl pwru deploy --image IMAGE',
  });
});

test.each([
  [2, 'kubectl pwru pod/NAME --dst-port 80'],
  [1, 'kubectl pwru doctor'],
])('with %d of 2 agents it is %s', async (ready, next) => {
  const cluster = new MemoryCluster();
  cluster.addDaemonSet({
    ...{ observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2 },
    ...{ numberAvailable: ready, numberReady: ready },
  });
  expect(await ask(cluster)).toEqual({ state: `${where}: ${ready} of 2 nodes ready`, next });
});

test('where the agents are on no node, doctor says why', async () => {
  const cluster = new MemoryCluster();
  cluster.addDaemonSet({ observedGeneration: 1, desiredNumberScheduled: 0 });
  expect((await ask(cluster)).next).toBe('kubectl pwru doctor');
});
