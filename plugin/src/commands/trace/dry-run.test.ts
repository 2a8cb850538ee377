import { expect, test } from 'vitest';
import { pwru } from '../../../../proto/gen/pwru.js';
import { traceOptions } from '../../../testing/follow-line.ts';
import { MemoryKubeApi } from '../../../testing/memory-kube-api.ts';
import { createPod } from '../../../testing/memory-workloads.ts';
import { kinds } from '../../kubernetes/resources.ts';
import { dryRunCluster, dryRunMachine } from './dry-run.ts';

function cluster(): MemoryKubeApi {
  const api = new MemoryKubeApi();
  api.create(kinds.daemonSet, { metadata: { name: 'pwru-agent', namespace: 'pwru' } });
  createPod(api, { name: 'web', node: 'n1', addresses: ['10.0.0.1'] });
  return api;
}

test('dryRunCluster tells targets, and nodes that could not be traced, and leaves no watch', async () => {
  const api = cluster();
  const printed: string[] = [];
  const exitCode = await dryRunCluster(api, {
    options: traceOptions('pod/web'),
    print: (lines) => printed.push(...lines),
    note: () => {},
  });
  expect(exitCode).toBe(5);
  expect(printed).toEqual([
    'NODE   NAMESPACE   POD   ADDRESSES   TRACED',
    'n1     demo        web   10.0.0.1    the pod',
    'n1: not traced: DaemonSet pwru-agent in namespace pwru has no pod there',
  ]);
  expect(api.openWatches).toBe(0);
});

test('dryRunCluster prints the whole filter, as agents would get it', async () => {
  const api = cluster();
  createPod(api, { name: 'peer', node: 'n1', addresses: ['10.0.0.2'] });
  const line = 'pod/web --to peer --tcp-flags syn,!ack --dst-port 80';
  const filter =
    'dst port 80 and (tcp[13] & 18 = 2 or (ip6[6] = 6 and ip6[53] & 18 = 2)) and dst host 10.0.0.2';
  const printed: string[] = [];
  const parts = { print: (lines: readonly string[]) => printed.push(...lines), note: () => {} };
  await dryRunCluster(api, { ...parts, options: traceOptions(line) });
  expect(printed).toContain(`Filter: ${filter}`);
  await dryRunCluster(api, { ...parts, options: traceOptions(`${line} -o json`) });
  expect(JSON.parse(printed.at(-1) ?? '')).toMatchObject({ filter });
});

test('dryRunCluster says what a trace would wait for', async () => {
  const notes: string[] = [];
  const parts = { print: () => {}, note: (text: string) => void notes.push(text) };
  const of = (line: string) => dryRunCluster(cluster(), { ...parts, options: traceOptions(line) });
  expect(await of('-l app=nothing')).toBe(0);
  expect(notes).toEqual([
    'No pods now: a trace would wait for pods of -l app=nothing in namespace demo',
  ]);
  await of('pod/web');
  expect(notes).toHaveLength(1);
});

test('dryRunCluster prints one JSON object', async () => {
  const printed: string[] = [];
  await dryRunCluster(cluster(), {
    options: traceOptions('pod/web -o json'),
    print: (lines) => printed.push(...lines),
    note: () => {},
  });
  expect(printed).toHaveLength(1);
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({
    targets: [{ name: 'n1', pods: [{ name: 'web' }] }],
    nodes: [{ node: 'n1', functions: 0, problem: expect.stringContaining('has no pod there') }],
  });
});

test('dryRunMachine asks for what would be traced', async () => {
  const printed: string[] = [];
  let asked: pwru.v1.ListFunctionsRequest.$Properties | undefined;
  const exitCode = await dryRunMachine(
    {
      getInfo: async () =>
        new pwru.v1.GetInfoResponse({
          ...{ node: 'n1', version: '0.1.0', kernelRelease: '6.12.0' },
          backends: [
            { status: { name: 'fentry.multi', available: false } },
            { status: { name: 'kprobe.multi', available: true } },
          ],
        }),
      listFunctions: async (request) => {
        asked = request;
        return new pwru.v1.ListFunctionsResponse({
          functions: [{ name: 'ip_rcv' }],
          refused: [{ name: 'x' }],
        });
      },
    },
    {
      options: traceOptions(['--local', '--func', 'ip_.*', '--all-kmods', '--port', '80']),
      print: (lines) => printed.push(...lines),
      note: () => {},
    },
  );
  expect(exitCode).toBe(0);
  expect(asked).toEqual({ functionRegex: 'ip_.*', backend: '', modules: [], allModules: true });
  expect(printed).toEqual([
    'n1: 1 function by kprobe.multi, 1 refused (6.12.0, agent 0.1.0)',
    'Filter: port 80',
  ]);
});
