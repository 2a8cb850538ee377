import { describe, expect } from 'vitest';
import { denying } from '../support/deny-calls.ts';
import { dist, pwru } from '../support/trace.ts';
import { askOfBackends, expectAgreement } from '../vm/backend-answers.ts';
import { guestTest } from '../vm/guest-test.ts';

/*
 * A kernel with plain kprobes, of Debian 12, and what keeps them from an agent that may do all else.
 */

const test = guestTest('6.1');

const httpPort = 9_090;
const capabilities = ['bpf', 'perfmon', 'syslog', 'sys_ptrace', 'dac_read_search'] as const;

/** A few functions: each plain kprobe takes its time. */
const few = `--func 'ip_rcv|ip_output|net_dev_queue|consume_skb' --timeout 300ms -- udp port 9`;

describe('plain kprobes on Linux 6.1', () => {
  test('are left where kernel.perf_event_paranoid is 3 and an agent has its five capabilities', {
    timeout: 600_000,
  }, async ({ guest }) => {
    await guest.mustRun(`set -e
      sysctl -qw kernel.perf_event_paranoid=3 kernel.kptr_restrict=1
      mkdir /run/rights
      # The checkout may lie where only root gets.
      cp -r ${dist} /run/rights/dist
      cp "$(readlink -f "$(command -v node)")" /run/rights/node
      setcap ${capabilities.map((name) => `cap_${name}`).join()}+p /run/rights/node
      install -d -o 65532 /run/rights/socket`);
    const socket = '/run/rights/socket/agent.sock';
    await using agent = await guest.start(
      `exec setpriv --reuid=65532 --regid=0 --clear-groups --bounding-set=-all,+${capabilities.join(',+')} --inh-caps=-all \\
        /run/rights/node /run/rights/dist/pwru-agent --socket ${socket} --http-address 127.0.0.1:${httpPort}`,
    );
    await agent.waitForOutput(/^Ready on /m, { timeoutMs: 120_000 });
    const asked = { flag: `--agent unix:${socket}`, httpPort };
    const paranoid = await askOfBackends(guest, asked);
    expectAgreement(paranoid, 'tracepoint');
    expect(paranoid.said).toMatch(
      /^kprobe is not used: perf_event_open\(2\): EACCES \(kernel\.perf_event_paranoid is 3, and CAP_SYS_ADMIN is missing\)$/m,
    );
    expect(paranoid.doctor).toMatch(/sysctl -w kernel\.perf_event_paranoid=2/);
    // Root of this machine has CAP_SYS_ADMIN, and kprobes.
    const root = await guest.run(`${pwru} --local ${few}`, { timeoutMs: 120_000 });
    expect(root.stderr).toMatch(/^Tracing \d+ functions .* by kprobe$/m);
    // What the remedy says helps, at once.
    await guest.mustRun('sysctl -qw kernel.perf_event_paranoid=2');
    const free = await askOfBackends(guest, asked);
    expectAgreement(free, 'kprobe');
    expect(free.said).not.toMatch(/^kprobe is not used/m);
  });

  test('are left where a seccomp profile forbids perf_event_open(2), which is blamed', async ({
    guest,
  }) => {
    const words = denying('perf_event_open');
    const { exitCode, stderr } = await guest.run(`${words} ${pwru} --local ${few}`, {
      timeoutMs: 120_000,
    });
    expect(stderr).toMatch(/^Tracing \d+ functions .* by tracepoint$/m);
    expect(stderr).toMatch(
      /^kprobe is not used: perf_event_open\(2\): EPERM \(a seccomp profile refuses perf_event_open\(2\): the capabilities are there/m,
    );
    expect(exitCode).toBe(0);
    const named = await guest.run(`${words} ${pwru} --local --backend kprobe ${few}`);
    expect(named.stderr).toMatch(
      /^error: Cannot use backend kprobe: perf_event_open\(2\): EPERM \(a seccomp .*available: tracepoint\)$/m,
    );
    expect(named.exitCode).toBe(1);
  });

  test('are left by a session that cannot attach all it was to attach, after a trial that went well', async ({
    guest,
  }) => {
    // Two of each probe, and the trial's few, fit; a thousand do not.
    const limit = 'ulimit -n 300; exec';
    const trace = `${pwru} --local --timeout 300ms`;
    const { exitCode, stderr } = await guest.run(`${limit} ${trace} -- udp port 9`, {
      timeoutMs: 240_000,
    });
    expect(stderr).toMatch(/^Attaching to 1,\d+ functions/m);
    expect(stderr).toMatch(/^Tracing \d+ functions .* by tracepoint, \d+ refused$/m);
    expect(stderr).toMatch(
      /^kprobe is not used: \w+\(2\): EMFILE \(this process has too many open files\)$/m,
    );
    expect(exitCode).toBe(0);
    // Not where the user says which.
    const named = await guest.run(`${limit} ${trace} --backend kprobe -- udp port 9`, {
      timeoutMs: 240_000,
    });
    expect(named.stderr).toMatch(/^error: Cannot attach kprobes: \w+\(2\): EMFILE/m);
    expect(named.exitCode).toBe(1);
  });
});
