import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { makeProgramFolder, type ProgramFolder } from '../../plugin/testing/program-folder.ts';
import { test } from './cluster-test.ts';
import { startPod } from './pods.ts';

let programs: ProgramFolder;
beforeAll(async () => {
  programs = await makeProgramFolder();
});
afterAll(() => programs[Symbol.asyncDispose]());

describe('completion under kubectl 1.32', () => {
  test('lists pods, nodes and namespaces of the cluster', async ({ lab: cluster, namespace }) => {
    await startPod(cluster, { namespace, name: 'complete-me' });
    /** What kubectl's own completion gives for these words: lines, the directive last. */
    const complete = async (...words: string[]) => {
      const environment = {
        ...process.env,
        ...cluster.env,
        PATH: `${programs.path}:${process.env['PATH']}`,
      };
      const kubectl = cluster.kubectlPath('1.32');
      const args = ['__complete', 'pwru', ...words];
      const { stdout } = await promisify(execFile)(kubectl, args, { env: environment });
      return stdout.trimEnd().split('\n');
    };
    expect(await complete('-n', namespace, 'complete')).toEqual(['complete-me', ':4']);
    expect(await complete('-n', namespace, 'po/')).toEqual(['po/complete-me', ':4']);
    expect(await complete(`${namespace}/pod/c`)).toEqual([`${namespace}/pod/complete-me`, ':4']);
    expect(await complete('node/')).toEqual(['node/node-1', 'node/node-2', ':4']);
    expect(await complete('--node', 'node-1,')).toEqual(['node-1,node-2', ':4']);
    expect(await complete('-n', namespace.slice(0, -1))).toContain(namespace);
    expect(await complete('svc/')).toEqual(['svc/kubernetes', ':4']);
    expect(await complete('cronjob/')).toEqual([':4']);
    expect(await complete('cron')).toEqual(['cronjob/\ttraces a cronjob', ':6']);
    expect(await complete('stat')).toEqual([
      'status\tlist the agents with their versions, kernels and backends',
      ':4',
    ]);
    // Someone who may not list them gets none, and no error.
    expect(await complete('--as=jane', 'po/')).toEqual([':4']);
  });

  test('finds the plugin', async ({ lab: cluster }) => {
    const environment = {
      ...process.env,
      ...cluster.env,
      PATH: `${programs.path}:${process.env['PATH']}`,
    };
    const { stdout } = await promisify(execFile)(
      cluster.kubectlPath('1.32'),
      ['plugin', 'list', '--name-only'],
      { env: environment },
    );
    expect(stdout.split('\n')).toContain('kubectl-pwru');
  });
});
