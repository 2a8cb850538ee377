import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FakeCall, fakeAgent } from '../testing/fake-agent.ts';
import { apiServer } from '../testing/kubernetes/api-server.ts';
import { KubeconfigFolder } from '../testing/kubernetes/kubeconfig-folder.ts';
import { makeProgramFolder, type ProgramFolder } from '../testing/program-folder.ts';
import {
  dictionaryEntries,
  events,
  recordedResponses,
  started,
  summary,
} from '../testing/recorded-session.ts';
import { helpFor } from './cli/help.ts';
import { version } from './version.ts';

// The program as it is shipped: one CommonJS bundle, in a process of its own.
let programs: ProgramFolder;
beforeAll(async () => {
  programs = await makeProgramFolder();
});
afterAll(() => programs[Symbol.asyncDispose]());

/** Says that tracing has begun, sends events until it is stopped, then the summary. */
async function endlessSession(call: FakeCall): Promise<void> {
  let stopped = false;
  void call
    .untilRequest((request) => request.stop != null)
    .then(() => {
      stopped = true;
    });
  void call.cancelled.then(() => {
    stopped = true;
  });
  await call.send({ started }, { dictionary: { entries: dictionaryEntries } });
  while (!stopped) {
    await call.send({ events: { events } });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await call.send({ summary });
  call.end();
}

describe('kubectl-pwru', () => {
  test('prints its help and its version', async () => {
    expect(await programs.run('--help')).toEqual({
      exitCode: 0,
      stdout: helpFor('trace'),
      stderr: '',
    });
    expect(await programs.run('--version')).toEqual({
      exitCode: 0,
      stdout: `kubectl-pwru ${version}\n`,
      stderr: '',
    });
  });

  test.each(['pod/x', 'status', 'deploy --image=x'])(
    'prints what is wrong with a login plugin as kubectl does, in lines (%s)',
    async (command) => {
      using folder = new KubeconfigFolder();
      const kubeconfig = folder.writeKubeconfig({
        cluster: { server: 'https://127.0.0.1:1' },
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1',
            command: 'no-such-plugin',
            interactiveMode: 'Never',
            installHint: 'Install it with:\n  brew install \x1b[31mit',
          },
        },
      });
      const { exitCode, stderr } = await programs.run(
        ...command.split(' '),
        '--kubeconfig',
        kubeconfig,
      );
      expect(exitCode).toBe(1);
      expect(stderr.slice(stderr.indexOf('Unable'))).toBe(
        `Unable to connect to the server: getting credentials: exec: executable no-such-plugin not found

It looks like you are trying to use a client-go credential plugin that is not installed.

To learn more about this feature, consult the documentation available at:
      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins

Install it with:
  brew install \\x1b[31mit
`,
      );
    },
  );

  test('exits with 2 on a bad command line, saying what is wrong', async () => {
    expect(await programs.run('--dst-port', '70000')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        "error: Cannot use --dst-port 70000: a port is 0 to 65535\nSee 'kubectl pwru --help' for usage.\n",
    });
  });

  test('alone prints a short help, how it stands and what comes next, and traces nothing', async () => {
    const { exitCode, stdout, stderr } = await programs.run();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Packet, where are you\? /);
    expect(stdout).toMatch(
      /\n\nThere is no kubeconfig, so there is no cluster\.\nNext: kubectl pwru --local --drops {3}\(this machine\), or --kubeconfig FILE\n$/,
    );
    expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
  });

  test('alone tells that the cluster does not answer, and the next thing is doctor', async () => {
    using folder = new KubeconfigFolder();
    const kubeconfig = folder.writeKubeconfig({ cluster: { server: 'https://127.0.0.1:1' } });
    const child = spawn(process.execPath, [programs.bundle], {
      env: { ...process.env, HOME: programs.path, KUBECONFIG: kubeconfig },
    });
    const [stdout, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nThe cluster: .*127\.0\.0\.1:1.*\nNext: kubectl pwru doctor\n$/);
  });

  test('never traces the whole machine unasked', async () => {
    expect(await programs.run('--timeout', '1s')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        "error: Cannot trace: there is no kubeconfig and no target; --local traces this machine, --kubeconfig names a cluster\nSee 'kubectl pwru --help' for usage.\n",
    });
  });

  test('exits with 5 when there is no agent', async () => {
    expect(await programs.run('--agent', 'unix:/nonexistent/agent.sock')).toEqual({
      exitCode: 5,
      stdout: '',
      stderr:
        'error: Cannot reach the agent at unix:/nonexistent/agent.sock: connect ENOENT /nonexistent/agent.sock\n',
    });
  });

  test('exits with 0 after --limit events, rows on standard output and all else on standard error', async () => {
    await using agent = await fakeAgent(endlessSession);
    const { exitCode, stdout, stderr } = await programs.run(
      '--agent',
      agent.address,
      '--limit',
      '12',
      '-o',
      'json',
    );
    expect(exitCode).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).node),
    ).toEqual(Array(12).fill(started.node));
    expect(stderr).toContain('Traced for 12.3 s');
  });

  test('exits with 3 when the agent dies during a trace', async () => {
    await using agent = await fakeAgent((call) => call.send(...recordedResponses.slice(0, -1)));
    const { child, exit } = programs.start('--agent', agent.address);
    const stderr = text(child.stderr);
    await once(child.stdout, 'data');
    agent.kill();
    expect(await exit).toBe(3);
    expect(await stderr).toContain('error: Lost the agent at unix:');
  });

  test('exits with 0 and a summary when the reader goes away', async () => {
    await using agent = await fakeAgent(endlessSession);
    const { child, exit } = programs.start('--agent', agent.address);
    const stderr = text(child.stderr);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(await exit).toBe(0);
    expect(await stderr).toContain('Traced for 12.3 s');
  });

  test('goes on when standard error is closed', async () => {
    await using agent = await fakeAgent(endlessSession);
    const { child, exit } = programs.start(
      '--agent',
      agent.address,
      '--limit',
      '5',
      '--no-headers',
    );
    child.stderr.destroy();
    expect((await text(child.stdout)).match(/^0x/gm)).toHaveLength(5);
    expect(await exit).toBe(0);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops in good order on %s and exits with 0',
    async (signal) => {
      await using agent = await fakeAgent(endlessSession);
      const { child, exit } = programs.start('--agent', agent.address);
      const stderr = text(child.stderr);
      child.stdout.resume();
      await once(child.stdout, 'data');
      child.kill(signal);
      expect(await exit).toBe(0);
      expect(await stderr).toContain('Traced for 12.3 s');
    },
  );

  test('takes the ^C of a terminal away before the summary', async () => {
    await using agent = await fakeAgent((call) =>
      call.send({ started }).then(async () => {
        await call.untilRequest((request) => request.stop != null);
        await call.send({ summary });
        call.end();
      }),
    );
    // Runs it in a terminal of its own, and types Ctrl-C when it has printed the header; prints what stands there then.
    const interrupt = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0: os.execvp(sys.argv[1], sys.argv[1:])
text = b""
typed = False
while True:
    try: more = os.read(terminal, 4096)
    except OSError: break
    text += more
    if b" FUNC" in text and not typed:
        os.write(terminal, b"\\x03")
        typed = True
os.write(1, text)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;
    const python = spawn(
      'python3',
      ['-c', interrupt, process.execPath, programs.bundle, '--agent', agent.address],
      { env: { ...process.env, HOME: programs.path, KUBECONFIG: '' } },
    );
    const [shown, [exitCode]] = await Promise.all([text(python.stdout), once(python, 'exit')]);
    expect(exitCode).toBe(0);
    expect(shown).toContain('^C\r\x1b[KTraced for 12.3 s');
  });

  test('is begun by a shell that says nothing', async () => {
    const { stdout, stderr } = await promisify(execFile)(programs.launcher, ['--version']);
    expect({ stdout, stderr }).toEqual({ stdout: `kubectl-pwru ${version}\n`, stderr: '' });
  });

  test('goes on after a SIGHUP that whoever started it has ignored', async () => {
    await using agent = await fakeAgent(endlessSession);
    const { child, exit } = programs.start('--agent', agent.address);
    // As nohup does; the launcher is a shell's script.
    const launched = spawn(
      'sh',
      ['-c', `trap '' HUP; exec "$0" "$@"`, programs.launcher, '--agent', agent.address],
      { env: { ...process.env, HOME: programs.path, KUBECONFIG: '' } },
    );
    const launchedExit = once(launched, 'exit').then(([code, signal]) => code ?? signal);
    const output = text(launched.stderr);
    for (const { stdout } of [child, launched]) await once(stdout, 'data');
    let lengthBytes = 0;
    child.stdout.resume();
    launched.stdout.on('data', (chunk: Buffer) => {
      lengthBytes += chunk.length;
    });
    child.kill('SIGHUP');
    launched.kill('SIGHUP');
    // The one that does not ignore it has ended, the other one goes on.
    expect(await exit).toBe(0);
    const before = lengthBytes;
    await expect.poll(() => lengthBytes).toBeGreaterThan(before + 10_000);
    launched.kill('SIGINT');
    expect(await launchedExit).toBe(0);
    expect(await output).toContain('Traced for 12.3 s');
  });

  test.each(['trace', 'command'])(
    'ends by SIGHUP, not by a crash, when its terminal is closed (%s)',
    async (what) => {
      await using agent = await fakeAgent(endlessSession);
      await using server = await apiServer({});
      const args =
        what === 'trace' ? ['--agent', agent.address] : ['status', '--server', server.url];
      // Runs it in a terminal of its own; prints how it ended when that is closed.
      const closeTerminal = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0: os.execvp(sys.argv[1], sys.argv[1:])
if sys.stdin.readline() == "after output\\n": os.read(terminal, 1)
os.close(terminal)
print(os.waitpid(pid, 0)[1])`;
      const python = spawn(
        'python3',
        ['-c', closeTerminal, process.execPath, programs.bundle, ...args],
        { env: { ...process.env, HOME: programs.path, KUBECONFIG: '' } },
      );
      if (what === 'command') await expect.poll(() => server.requests.length).toBeGreaterThan(0);
      python.stdin.end(what === 'trace' ? 'after output\n' : 'now\n');
      // A wait status: the number of the signal.
      expect((await text(python.stdout)).trim()).toBe('1');
    },
  );

  test('exits with 130 when interrupted before tracing began', async () => {
    await using agent = await fakeAgent(async (call) => {
      await call.send({ status: { state: 2, functionsTotal: 10 } });
      await call.untilRequest((request) => request.stop != null);
      call.fail(1, 'The session was stopped');
    });
    const { child, exit } = programs.start('--agent', agent.address);
    const stderr = text(child.stderr);
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await exit).toBe(130);
    expect(await stderr).toBe('Attaching to 10 functions\n');
  });

  test('ends after an interrupt though nobody reads what it prints', async () => {
    let isFull = false;
    await using agent = await fakeAgent(async (call) => {
      await call.send({ started }, { dictionary: { entries: dictionaryEntries } });
      // More than the pipe and the program's own queues hold.
      const many = Array.from({ length: 200 }, () => events).flat();
      for (let sent = 0; sent < 100; sent++) await call.send({ events: { events: many } });
      isFull = true;
      await call.untilRequest((request) => request.stop != null);
      await call.send({ summary });
      call.end();
    });
    const { child, exit } = programs.start('--agent', agent.address, '-o', 'json');
    const stderr = text(child.stderr);
    await once(child.stdout, 'readable');
    child.kill('SIGINT');
    expect(await exit).toBe(0);
    expect(await stderr).toContain('Traced for 12.3 s');
    expect(isFull).toBe(true);
  });

  test('ends at once on a second interrupt', async () => {
    let ask = () => {};
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    await using agent = await fakeAgent(async (call) => {
      await call.send({ started }, { events: { events } });
      await call.untilRequest((request) => request.stop != null);
      ask();
    });
    const { child, exit } = programs.start('--agent', agent.address);
    const stderr = text(child.stderr);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    await asked;
    child.kill('SIGINT');
    expect(await exit).toBe(0);
    // Without it the trace waits for its agent, and has a summary.
    expect(await stderr).not.toContain('Traced for');
  });
});
