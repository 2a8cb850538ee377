import { expect } from 'vitest';
import { hostMachine } from '../support/host-machine.ts';
import { withCluster } from '../support/machine.ts';
import { Trace } from '../support/trace.ts';
import { test } from './agents-test.ts';
import { startPod } from './pods.ts';

test('packets that leave for a node that is not traced are told, and not where it is traced', {
  timeout: 600_000,
}, async ({ lab: cluster, namespace }) => {
  const [first = '', second = ''] = cluster.nodes.map(({ name }) => name);
  await startPod(cluster, { namespace, name: 'client', node: first });
  const address = await startPod(cluster, { namespace, name: 'server', node: second });
  const machine = withCluster(hostMachine, cluster.kubeconfig);
  const inClient = ['-n', namespace, 'exec', 'client', '--'];
  const told = new RegExp(
    `^Packets for pod/server \\(${address}\\) left ${first} by eth0:\\d+ for ${second}, which is not traced$`,
    'm',
  );
  const lines = async (targets: string) => {
    await using trace = await Trace.start(machine, `${targets} -n ${namespace} -- icmp`);
    await cluster.kubectl([...inClient, 'ping', '-c', '1', '-W', '2', address]);
    await trace.waitForEvent(({ tuple }) => tuple?.destinationName?.name === 'server');
    const { stderr, exitCode } = await trace.stop();
    expect(exitCode).toBe(0);
    return stderr.split('\n').filter((line) => /^Packets for |^What becomes/.test(line));
  };
  expect(await lines('pod/client')).toEqual([
    expect.stringMatching(told),
    `What becomes of them there: --all-nodes in place of the targets, to trace more than ${first}`,
  ]);
  expect(await lines('pod/client pod/server')).toEqual([]);
  // Here nothing is lost, so that all events are held back.
  await using trace = await Trace.start(machine, `pod/client -n ${namespace} --drops -- icmp`);
  await cluster.kubectl([...inClient, 'ping', '-c', '1', '-W', '2', address]);
  const { stderr, events } = await trace.stop();
  expect(events).toEqual([]);
  expect(stderr).toMatch(told);
});
