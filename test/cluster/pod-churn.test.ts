import { expect } from 'vitest';
import { DeployedAgents } from './agents.ts';
import { leakedDescriptors } from './churn/agent-process.ts';
import { measureChurn } from './churn/measure-churn.ts';
import { test } from './cluster-test.ts';

/** How long a namespace may be held after its sandbox's end. */
const releaseMs = 2_000;
/** How long one may be held for which no pod comes. */
const podlessMs = 15_000;

test('pods that come and go during a trace leave nothing behind in the agent', {
  timeout: 900_000,
}, async ({ lab: cluster, namespace }) => {
  await using agents = await DeployedAgents.deploy(cluster);
  const report = await measureChurn({
    ...{ cluster, agents, namespace, marks: [10, 30] },
    ...{ atATime: 6 },
  });
  const { marks, namespaces, descriptors } = report;
  process.stdout.write(`30 pods took ${(report.churnMs / 1_000).toFixed(1)} s\n`);
  expect(report.tracedPods).toBe(30);
  // A kubelet may make a sandbox more than it needs.
  const held = namespaces.filter(({ wasHeld }) => wasHeld);
  expect(held.length).toBeGreaterThanOrEqual(30);
  const late = held.filter(
    ({ endedMs = Number.NaN, releasedMs = Number.NaN }) => !(releasedMs - endedMs <= releaseMs),
  );
  // One of a sandbox that never was a pod's is let go of when its mount goes, or when no pod has come for it.
  expect(late.length, JSON.stringify(late)).toBeLessThanOrEqual(held.length - 30);
  for (const { cameMs, unmountedMs = Number.POSITIVE_INFINITY, releasedMs = Number.NaN } of late) {
    const dueMs = Math.min(unmountedMs, cameMs + podlessMs);
    expect(releasedMs - dueMs, JSON.stringify(late)).toBeLessThan(releaseMs);
  }
  expect(leakedDescriptors(descriptors.before, descriptors.after)).toEqual({});
  const [first, last] = marks;
  expect(leakedDescriptors(first?.descriptors ?? {}, last?.descriptors ?? {})).toEqual({});
  const grownBytes = (last?.memory.liveBytes ?? 0) - (first?.memory.liveBytes ?? 0);
  expect(grownBytes).toBeLessThan(10e6);
});
