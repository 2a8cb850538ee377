import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AgentHttp } from '../support/agent-http.ts';
import { denying } from '../support/deny-calls.ts';
import { hostMachine } from '../support/host-machine.ts';
import { dist, pwru } from '../support/trace.ts';

/*
 * A machine on which this process may not do what it has the capabilities for: everything that speaks of it says the same, and
 * names what is in the way. Other ways of refusing take a kernel of their own: test/vm/fall-back.test.ts.
 */

/** Columns of `kubectl pwru status` and lines of `doctor`, as JSON. */
async function ask(words: string, command: string): Promise<Record<string, unknown>[]> {
  const { stdout } = await hostMachine.run(`${words} ${pwru} --local ${command} -o json`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const blamed =
  'bpf(2): EPERM (a seccomp profile refuses bpf(2): the capabilities are there, and /proc/self/status says Seccomp: 2)';

describe('where a seccomp profile forbids bpf(2)', () => {
  const words = denying('bpf');

  test('a trace ends with that', async () => {
    const { exitCode, stderr } = await hostMachine.run(`${words} ${pwru} --local --timeout 1s`);
    expect(stderr).toContain(`error: Cannot trace: no backend works on this kernel: ${blamed}\n`);
    expect(stderr).not.toMatch(/CAP_\w+ (is|are) missing/);
    expect(exitCode).toBe(1);
  });

  test('doctor says that, and what helps', async () => {
    const findings = await ask(words, 'doctor');
    expect(findings).toContainEqual(
      expect.objectContaining({
        ...{ check: 'backend', status: 'failure', detail: expect.stringContaining(blamed) },
        remedy: expect.stringMatching(/^seccompProfile/),
      }),
    );
    // What depends on no system call is answered all the same.
    expect(findings).toContainEqual(expect.objectContaining({ check: 'BTF', status: 'ok' }));
  });

  test('status has no backend, each with its reason, and --dry-run fails likewise', async () => {
    const [status] = await ask(words, 'status');
    const backends = status?.['backends'] as Array<{ available: boolean; reason: string }>;
    expect(backends.map(({ available }) => available)).toEqual([false, false, false]);
    expect(backends.at(-1)?.reason).toBe(blamed);
    const { exitCode, stderr } = await hostMachine.run(`${words} ${pwru} --local --dry-run`);
    expect(stderr).toContain(blamed);
    expect(exitCode).toBe(1);
  });

  test('an agent is not ready, and lives', async () => {
    await using agent = await hostMachine.start(
      `exec ${words} ${join(dist, 'pwru-agent')} --socket= --listen 127.0.0.1:0 --http-address 127.0.0.1:0`,
    );
    const http = await AgentHttp.of(agent);
    const { status, text } = await http.get('/readyz');
    expect(text).toBe(
      `ok agent\nnot ready bpf: Cannot trace: no backend works on this kernel: ${blamed}\n`,
    );
    expect(status).toBe(503);
    expect((await http.get('/healthz')).status).toBe(200);
  });
});

test('a seccomp profile that forbids nothing that a trace needs is not blamed', async () => {
  // A filter is there all the same.
  const words = denying('perf_event_open');
  const { exitCode, stderr } = await hostMachine.run(`${words} ${pwru} --local --timeout 200ms`);
  expect(stderr).toMatch(/^Tracing \d+ functions /m);
  expect(exitCode).toBe(0);
  const findings = await ask(words, 'doctor');
  expect(findings.find(({ check }) => check === 'backend')).not.toMatchObject({
    status: 'failure',
  });
});

test('in a user namespace, root has no capability that counts', async () => {
  const { exitCode, stderr } = await hostMachine.run(
    `unshare --user --map-root-user ${pwru} --local --timeout 1s`,
  );
  expect(stderr).toMatch(
    /^error: Cannot trace: .*this process is in a user namespace, whose capabilities do not count here/m,
  );
  expect(exitCode).toBe(1);
});
