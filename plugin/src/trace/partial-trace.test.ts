import Long from 'long';
import { describe, expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { pass, playTime, settle } from '../../../test/support/played-time.ts';
import type { MemoryCluster } from '../../testing/memory-cluster.ts';
import { begun, live, lost } from '../../testing/played-cluster.ts';
import { accounting, summary } from '../../testing/recorded-session.ts';
import { AgentError } from '../agents/agent-client.ts';

const { LossStage } = pwru.v1;

playTime();

const json = '-o json --include-status';

/** Ctrl-C, which each node confirms with what its trace came to. */
async function ended(
  cluster: MemoryCluster,
  accounts: Readonly<Record<string, pwru.v1.Accounting.$Properties>>,
) {
  cluster.run.stop('interrupt');
  for (const [node, more] of Object.entries(accounts)) {
    cluster.send(node, { summary: { ...summary, accounting: { ...accounting, ...more } } });
    cluster.agents.stream(node).end();
  }
  await pass(2_000);
  const last = cluster.lines.at(-1) as {
    complete: boolean;
    nodes: Array<{ node: string; complete: boolean }>;
  };
  return {
    exitCode: await cluster.exit,
    text: cluster.stderr.text.match(/^Partial trace: .*$/m)?.[0],
    complete: last.complete,
    nodes: Object.fromEntries(last.nodes.map(({ node, complete }) => [node, complete])),
  };
}

const stages = Object.entries(LossStage).filter(
  ([, stage]) => stage !== LossStage.LOSS_STAGE_UNSPECIFIED,
) as ReadonlyArray<[string, pwru.v1.LossStage]>;

describe('a trace is partial, in its exit code, its summary and its JSON', () => {
  test.each(stages)('when an event was lost: %s', async (_, stage) => {
    const cluster = await begun(['a@n1', 'b@n2'], json);
    const losses = [{ stage, cpu: 0, events: Long.UONE }];
    expect(await ended(cluster, { n1: { losses }, n2: {} })).toEqual({
      ...{ exitCode: 3, text: 'Partial trace: 1 event lost', complete: false },
      nodes: { n1: false, n2: true },
    });
  });

  test('when a node was not traced for a while, though it is again', async () => {
    const cluster = await begun(['a@n1', 'b@n2'], json);
    cluster.agents.stream('n2').fail(lost());
    await live(cluster, 1_000, 'n1');
    cluster.start('n2');
    await settle();
    expect(await ended(cluster, { n1: {}, n2: {} })).toEqual({
      ...{ exitCode: 3, text: 'Partial trace: 1 gap', complete: false },
      nodes: { n1: true, n2: false },
    });
  });

  test('when a node is not traced in the end', async () => {
    const cluster = await begun(['a@n1', 'b@n2'], json);
    cluster.agents.refuse('n2', new AgentError('unreachable', 'x'));
    cluster.agents.stream('n2').fail(lost());
    await settle();
    expect(await ended(cluster, { n1: {} })).toEqual({
      ...{ exitCode: 3, text: 'Partial trace: n2 not traced in full', complete: false },
      nodes: { n1: true, n2: false },
    });
  });

  test('when a node was not ready before the end', async () => {
    const cluster = await begun(['a@n1'], json);
    cluster.move(['a@n1', 'b@n2']);
    await live(cluster, 1_000, 'n1');
    expect(await ended(cluster, { n1: {} })).toEqual({
      ...{ exitCode: 3, text: 'Partial trace: n2 not traced', complete: false },
      nodes: { n1: true, n2: false },
    });
  });

  test('when pods are more than an agent takes', async () => {
    const pods = Array.from({ length: 513 }, (_, index) => `p${index}@n1`);
    const cluster = await begun(pods, json);
    expect(await ended(cluster, { n1: {} })).toEqual({
      ...{ exitCode: 3, text: 'Partial trace: n1 not traced in full', complete: false },
      nodes: { n1: false },
    });
  });

  test('when a node that lost events was left before the end', async () => {
    const cluster = await begun(['a@n1', 'b@n2'], json);
    cluster.move(['a@n1']);
    await live(cluster, 31_000, 'n1', 'n2');
    const losses = [{ stage: LossStage.LOSS_STAGE_KERNEL_RING, cpu: 0, events: Long.UONE }];
    cluster.send('n2', { summary: { ...summary, accounting: { ...accounting, losses } } });
    cluster.agents.stream('n2').end();
    await settle();
    expect(await ended(cluster, { n1: {} })).toEqual({
      ...{ exitCode: 3, text: 'Partial trace: 1 event lost', complete: false },
      nodes: { n1: true, n2: false },
    });
  });
});

describe('a trace is whole', () => {
  test.each([
    ['held back', { withheldEvents: Long.fromNumber(20, true) }],
    ['missed by the kernel', { missedHits: Long.fromNumber(3, true) }],
    ['undecided', { undecidedHits: Long.fromNumber(3, true) }],
    ['of packets no longer followed', { identityEvictions: Long.fromNumber(3, true) }],
  ])('though events or hits were %s', async (_, more) => {
    const cluster = await begun(['a@n1'], json);
    expect(await ended(cluster, { n1: more })).toEqual({
      ...{ exitCode: 0, text: undefined, complete: true, nodes: { n1: true } },
    });
  });

  test('though a node went away with its last pod', async () => {
    const cluster = await begun(['a@n1', 'b@n2'], json);
    cluster.agents.refuse('n2', new AgentError('unreachable', 'x'));
    cluster.agents.stream('n2').fail(lost());
    cluster.move(['a@n1']);
    await live(cluster, 33_000, 'n1');
    expect(await ended(cluster, { n1: {} })).toMatchObject({
      ...{ exitCode: 0, text: undefined, complete: true },
    });
  });
});
