import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryAgent } from '../../testing/commands/query-agent.ts';
import { shippedTexts } from '../../testing/commands/shipped-manifests.ts';
import { makeProgramFolder, type ProgramFolder } from '../../testing/program-folder.ts';
import { version } from '../version.ts';
import { adaptManifests, type Manifest, parseManifests } from './deploy/manifests.ts';

// The program as it is shipped: one CommonJS bundle, in a process of its own.
let programs: ProgramFolder;
beforeAll(async () => {
  programs = await makeProgramFolder();
});
afterAll(() => programs[Symbol.asyncDispose]());

/** An API server that takes every request and never answers. */
async function silentServer() {
  const requests: string[] = [];
  const server = createServer((request) => requests.push(request.url ?? ''));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...{ requests, url: `http://127.0.0.1:${port}` },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An agent whose list of functions is longer than what a pipe takes at once. */
function manyFunctions() {
  const functions = Array.from({ length: 8_000 }, (_, index) => ({
    name: `function_with_a_long_name_${index}`,
  }));
  return queryAgent({ functions: { functions } });
}

describe('the sub-commands', () => {
  test('ask an agent that is elsewhere', async () => {
    await using agent = await queryAgent({ functions: { functions: [{ name: 'ip_rcv' }] } });
    const address = `unix:${agent.socketPath}`;
    expect(await programs.run('functions', '--agent', address, '--no-headers')).toEqual({
      exitCode: 0,
      stdout: 'ip_rcv   -   0   -\n',
      stderr: `1 function on ${address}, 0 refused\n`,
    });
    expect(await programs.run('version', '--agent', address)).toMatchObject({
      exitCode: 0,
      stdout: `kubectl-pwru ${version}\npwru-agent 0.1.0 (API revision 2) on ${address}\n`,
    });
    expect(await programs.run('stop', '--agent', address, 'abc')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'error: Cannot stop session "abc": no agent has it\n',
    });
  });

  test('exit with 5 when there is none', async () => {
    expect(await programs.run('status', '--agent', 'unix:/nonexistent/agent.sock')).toMatchObject({
      exitCode: 5,
      stderr:
        'error: Cannot reach the agent at unix:/nonexistent/agent.sock: connect ENOENT /nonexistent/agent.sock\n',
    });
  });

  test('complete function names and session ids of an agent', async () => {
    await using agent = await queryAgent({
      functions: { functions: [{ name: 'tcp_v4_rcv' }, { name: 'tcp_ack' }] },
      sessions: [{ id: 'abc' }],
    });
    const flag = `--agent=unix:${agent.socketPath}`;
    expect(await programs.run('__complete', 'functions', flag, 'tcp_')).toMatchObject({
      exitCode: 0,
      stdout: 'tcp_ack\ntcp_v4_rcv\n:4\n',
    });
    expect(agent.asked?.functionRegex).toBe('tcp_.*');
    expect(await programs.run('__complete', 'stop', flag, '')).toMatchObject({
      stdout: 'abc\n:4\n',
    });
  });

  test('print the manifests that would be applied', async () => {
    const flags = ['--image', 'example/pwru:2', '--node-selector', 'pool=edge,disk=ssd'];
    const printed = await programs.run(
      'deploy',
      '--print-only',
      '--agent-namespace',
      'net',
      ...flags,
    );
    expect(printed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(loadAll(printed.stdout) as Manifest[]).toEqual(
      adaptManifests(parseManifests(shippedTexts()), {
        ...{ agentNamespace: 'net', image: 'example/pwru:2' },
        nodeSelector: { pool: 'edge', disk: 'ssd' },
        runtimeSocket: true,
      }),
    );
  });

  test('do not install an image that is in no registry, unless it is said that the nodes have it', async () => {
    const image = `localhost/pwru-agent:${version}`;
    const refused = await programs.run('deploy', '--server', 'https://127.0.0.1:1');
    expect(refused).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `error: Cannot deploy: the image ${image} is in no registry; name one that the nodes can pull with --image (the project's Dockerfile makes it), or with --image ${image} say that the nodes have it\n`,
    });
    const said = await programs.run('deploy', '--image', image, '--server', 'https://127.0.0.1:1');
    expect(said).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('127.0.0.1:1') });
  });

  test.each([['--no-headers'], ['-o=json']])(
    'all arrives where a pipe is read slowly: %s',
    async (flag) => {
      await using agent = await manyFunctions();
      const args = ['functions', flag, '--agent', `unix:${agent.socketPath}`];
      const { exitCode, stdout } = await programs.run(...args);
      expect(stdout.length).toBeGreaterThan(4 * 64 * 1024);
      const piped = await programs.runInPipe('{ sleep 0.5; cat; }', ...args);
      expect(piped).toEqual({ exitCode, stdout });
    },
  );

  test('end quietly when the reader has enough', async () => {
    await using agent = await manyFunctions();
    const args = ['functions', '--no-headers', '--agent', `unix:${agent.socketPath}`];
    const { exitCode, stdout } = await programs.runInPipe('head -n 1', ...args);
    expect({ exitCode, lines: stdout.split('\n').length }).toEqual({ exitCode: 0, lines: 2 });
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'end at once by %s where nobody reads what is left',
    async (signal) => {
      await using agent = await manyFunctions();
      const args = ['functions', '-o', 'json', '--agent', `unix:${agent.socketPath}`];
      const { child, exit } = programs.start(...args);
      await once(child.stdout, 'readable');
      child.kill(signal);
      expect(await exit).toBe(signal);
    },
  );

  test('end quietly when the reader goes away', async () => {
    const { child, exit } = programs.start('deploy', '--print-only');
    child.stdout.destroy();
    const [exitCode, stderr] = await Promise.all([exit, text(child.stderr)]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  test('fail when standard output cannot be written', async () => {
    await using full = await open('/dev/full', 'w');
    const args = [programs.bundle, 'deploy', '--print-only'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', full.fd, 'pipe'] });
    const stderr = await text(child.stderr as Readable);
    expect(stderr).toMatch(/^error: Cannot write: .*ENOSPC.*\n$/);
    expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(1);
  });

  test('say as kubectl that no server answers', async () => {
    const { exitCode, stderr } = await programs.run('status', '--server', 'http://127.0.0.1:1');
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n',
    );
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'end at once and silently on %s',
    async (signal) => {
      await using server = await silentServer();
      const { child, exit } = programs.start('deploy', '--image', 'x', '--server', server.url);
      const output = Promise.all([text(child.stdout), text(child.stderr)]);
      await expect.poll(() => server.requests.length).toBeGreaterThan(0);
      const beganMs = performance.now();
      child.kill(signal);
      expect(await exit).toBe(130);
      // A request that nobody answers is given up after 65 s.
      expect(performance.now() - beganMs).toBeLessThan(30_000);
      expect(await output).toEqual(['', '']);
    },
  );
});
