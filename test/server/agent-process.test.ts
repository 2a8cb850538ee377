import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client, credentials } from '@grpc/grpc-js';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { pwru } from '../../proto/gen/pwru.js';
import { TraceClient, until } from './agent-fixture.ts';

const { EndReason } = pwru.v1;

let bundleDirectory = '';

// One CommonJS file, as the executable is shipped.
beforeAll(async () => {
  bundleDirectory = await mkdtemp(join(tmpdir(), 'pwru-bundle-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'scripted-agent.ts')],
    outfile: join(bundleDirectory, 'agent.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    logLevel: 'error',
  });
});

afterAll(() => rm(bundleDirectory, { recursive: true, force: true }));

/** The executable's main part as a process of its own. */
class AgentProcess implements AsyncDisposable {
  readonly socketPath: string;
  readonly process: ChildProcess;
  /** Exit code, or the signal that ended it. */
  readonly exited: Promise<number | string>;
  readonly #directory: string;
  readonly #output: { stdout: Promise<string>; stderr: Promise<string> };
  #stdout = '';

  private constructor(directory: string, args: readonly string[]) {
    this.#directory = directory;
    this.socketPath = join(directory, 'agent.sock');
    const given = args.length === 0 ? ['--socket', this.socketPath] : args;
    this.process = spawn(process.execPath, [join(bundleDirectory, 'agent.cjs'), ...given], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_NAME: 'node-b' },
    });
    const { stdout, stderr } = this.process;
    if (stdout === null || stderr === null) throw new Error('There are no pipes');
    this.#output = { stdout: text(stdout), stderr: text(stderr) };
    stdout.on('data', (chunk: Buffer) => {
      this.#stdout += chunk.toString();
    });
    this.exited = once(this.process, 'exit').then(
      ([code, signal]) => (code ?? signal) as number | string,
    );
  }

  static async open(...args: string[]): Promise<AgentProcess> {
    return new AgentProcess(await mkdtemp(join(tmpdir(), 'pwru-process-')), args);
  }

  get stdout(): Promise<string> {
    return this.#output.stdout;
  }

  get stderr(): Promise<string> {
    return this.#output.stderr;
  }

  async ready(): Promise<void> {
    await until(() => this.#stdout.includes('Ready on'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/** A running trace on the process. */
async function startTrace(agent: AgentProcess, clientName = '') {
  const client = new Client(`unix:${agent.socketPath}`, credentials.createInsecure());
  const trace = new TraceClient(client).start({ clientName });
  await trace.started();
  return { trace, [Symbol.dispose]: () => client.close() };
}

/** What is logged of a session that did not end in time. */
const sessionsLeft = expect.objectContaining({
  msg: 'Sessions did not end before the deadline',
  sessions: 1,
});

describe('pwru-agent', () => {
  test('--version prints the version of the package', async () => {
    await using agent = await AgentProcess.open('--version');
    expect(await agent.exited).toBe(0);
    expect(await agent.stdout).toBe(`${packageJson.version}\n`);
  });

  test('--help names every flag', async () => {
    await using agent = await AgentProcess.open('--help');
    expect(await agent.exited).toBe(0);
    const flags = (await agent.stdout).match(/--[a-z-]+(?= )/g);
    expect(flags).toEqual(expect.arrayContaining(['--socket', '--listen', '--max-sessions']));
  });

  test.each([
    { args: ['--nonsense'], code: 2, says: "Unknown option '--nonsense'" },
    { args: ['--socket=', '--listen', '0.0.0.0:0'], code: 2, says: '--allow-remote' },
    {
      args: ['--socket', '/proc/agent.sock'],
      code: 1,
      says: 'Cannot listen on unix:/proc/agent.sock',
    },
  ])('$args: exit code $code and one sentence', async ({ args, code, says }) => {
    await using agent = await AgentProcess.open(...args);
    expect(await agent.exited).toBe(code);
    const stderr = await agent.stderr;
    expect(stderr).toContain(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends the sessions, removes the socket, exits 0',
    async (signal) => {
      await using agent = await AgentProcess.open();
      await agent.ready();
      using running = await startTrace(agent);
      agent.process.kill(signal);
      expect(await running.trace.over).toBeUndefined();
      expect(running.trace.summary?.reason).toBe(EndReason.END_REASON_AGENT_SHUTDOWN);
      expect(await agent.exited).toBe(0);
      expect(existsSync(agent.socketPath)).toBe(false);
      const lines = (await agent.stderr)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object);
      expect(lines.at(0)).toMatchObject({ node: 'node-b', msg: 'Ready' });
      expect(lines).toContainEqual(expect.objectContaining({ signal, msg: 'Shutting down' }));
      expect(lines).not.toContainEqual(sessionsLeft);
    },
  );

  test('a session that does not end holds it up for 2 s at most', async () => {
    await using agent = await AgentProcess.open();
    await agent.ready();
    using _running = await startTrace(agent, 'stubborn');
    agent.process.kill('SIGTERM');
    expect(await agent.exited).toBe(0);
    const last = (await agent.stderr).trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toEqual(sessionsLeft);
  });

  test('a second signal ends it at once', async () => {
    await using agent = await AgentProcess.open();
    await agent.ready();
    using _running = await startTrace(agent, 'stubborn');
    agent.process.kill('SIGTERM');
    await until(() => !existsSync(agent.socketPath));
    agent.process.kill('SIGINT');
    // It would be 0 after the two seconds.
    expect(await agent.exited).toBe(128 + 2);
  });

  test('a second agent on the same socket exits 1 and leaves the first one alone', async () => {
    await using first = await AgentProcess.open();
    await first.ready();
    await using second = await AgentProcess.open('--socket', first.socketPath);
    expect(await second.exited).toBe(1);
    expect(await second.stderr).toContain('another agent is running');
    using running = await startTrace(first);
    running.trace.call.write({ stop: {} });
    expect(await running.trace.over).toBeUndefined();
  });
});
