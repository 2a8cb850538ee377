import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { LabCluster } from './lab/lab-cluster.ts';
import { namedClusterSettings, needsLab } from './lab/named-cluster.ts';
import { startCluster } from './lab/start-cluster.ts';
import { waitUntil } from './lab/wait-until.ts';
import { startPod } from './pods.ts';
import { marksOf, remainsOf } from './remains.ts';

describe('the end of a cluster', () => {
  test('leaves nothing, and with a subnet of eight addresses five pods have run', async ({
    skip,
  }) => {
    skip(namedClusterSettings() !== undefined, needsLab);
    await using cluster = await startCluster({ nodes: [{ podSubnet: '10.244.9.0/29' }] });
    const names = ['a', 'b', 'c', 'd', 'e'];
    const addresses = await Promise.all(
      names.map((name) => startPod(cluster, { namespace: 'default', name })),
    );
    expect(addresses.sort()).toEqual(names.map((_, index) => `10.244.9.${index + 2}`));
    const marks = await marksOf(cluster);
    expect((await remainsOf(marks)).length).toBeGreaterThan(10);
    await cluster[Symbol.asyncDispose]();
    expect(await remainsOf(marks)).toEqual([]);
  });

  test('comes with the end of its process, even by SIGKILL, and leaves nothing', async ({
    skip,
  }) => {
    skip(namedClusterSettings() !== undefined, needsLab);
    const script = 'echo "$PWRU_CLUSTER"; exec cat';
    const parent = spawn(
      process.execPath,
      ['tools/cluster.mjs', '--nodes', '1', '--', 'sh', '-c', script],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const [folder] = (await once(createInterface(parent.stdout), 'line')) as [string];
    const cluster = await LabCluster.attach(folder);
    await startPod(cluster, { namespace: 'default', name: 'orphan' });
    const marks = await marksOf(cluster);
    expect((await remainsOf(marks)).length).toBeGreaterThan(10);
    parent.kill('SIGKILL');
    parent.stdin.end();
    await once(parent, 'exit');
    await waitUntil(async () => (await remainsOf(marks)).length === 0, {
      goal: 'gone',
      timeoutMs: 60_000,
    });
  });
});
