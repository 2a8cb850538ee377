import { DeployedAgents } from './agents.ts';
import { test as base } from './cluster-test.ts';

/** vitest's `test` with agents on every node of the cluster, from the file's first test to its last. */
export const test = base.extend<{ agents: DeployedAgents }>({
  agents: [
    async ({ cluster }, use) => {
      await using agents = await DeployedAgents.deploy(cluster);
      await use(agents);
    },
    { scope: 'file', auto: true },
  ],
});
