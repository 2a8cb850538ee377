import { expect } from 'vitest';
import type { TestMachine } from '../support/machine.ts';
import { dist, pwru } from '../support/trace.ts';
import { guestTest } from './guest-test.ts';

/*
 * What the agent needs its capabilities for where it traces by kprobe.multi: as in a pod from deploy/, a user other than root
 * whose Node is permitted some, with kernel addresses hidden from who lacks CAP_SYSLOG, and without debugfs.
 * test/cluster/rights.test.ts does the same in pods.
 */

const capabilities = ['bpf', 'perfmon', 'syslog', 'sys_ptrace', 'dac_read_search'] as const;

type Capability = (typeof capabilities)[number];

/** How a trace ends, and what an agent says on /readyz and to doctor. */
interface Outcome {
  readonly ready: string;
  readonly trace: string;
  readonly doctor: string;
}

const test = guestTest('6.12');

test('without any of its capabilities an agent cannot trace by kprobe.multi', {
  timeout: 600_000,
}, async ({ guest }) => {
  await guest.mustRun(`set -e
    echo 1 > /proc/sys/kernel/kptr_restrict
    umount /sys/kernel/debug
    mkdir /run/rights
    # The checkout may lie where only root gets.
    cp -r ${dist} /run/rights/dist
    cp "$(readlink -f "$(command -v node)")" /run/rights/node
    setcap ${capabilities.map((name) => `cap_${name}`).join()}+p /run/rights/node`);
  await using sleeper = await guest.start('exec sleep 10000');
  const target = `pid/${sleeper.pid}`;

  const whole = await tryAgent(guest, { without: undefined, target });
  expect(whole.ready).toBe('ok agent\nok bpf');
  expect(whole.trace).toMatch(/^Tracing \d+ functions .* by kprobe\.multi/m);

  for (const without of ['bpf', 'perfmon'] as const) {
    const { ready, trace } = await tryAgent(guest, { without, target });
    const missing = `bpf\\(2\\): EPERM \\(CAP_${without.toUpperCase()} is missing\\)`;
    expect(ready).toMatch(new RegExp(`^not ready bpf: .*${missing}`, 'm'));
    expect(trace).toMatch(new RegExp(`^error: Cannot trace: .*${missing}`, 'm'));
  }
  const blind = await tryAgent(guest, { without: 'syslog', target });
  expect(blind.ready).toBe('ok agent\nok bpf');
  expect(blind.trace).toMatch(/^Tracing .* by tracepoint/m);
  expect(blind.trace).toMatch(/^kprobe\.multi and kprobe are not used: CAP_SYSLOG is missing/m);
  expect((await tryAgent(guest, { without: 'sys_ptrace', target })).trace).toMatch(
    /^error: Cannot open network namespace .*EACCES/m,
  );
  // The kernel's own list of functions is not read then: their code tells as well.
  const unlisted = await tryAgent(guest, { without: 'dac_read_search', target });
  expect(unlisted.trace).toMatch(/^Tracing .* by kprobe\.multi/m);
  expect(unlisted.doctor).toMatch(
    /^warning +list of traceable functions +.*CAP_DAC_READ_SEARCH is missing/m,
  );
  expect(whole.doctor).toMatch(/^ok +list of traceable functions/m);
});

/** Starts an agent without a capability, and a trace of a few functions for a process of root's. */
async function tryAgent(
  machine: TestMachine,
  { without, target }: { readonly without: Capability | undefined; readonly target: string },
): Promise<Outcome> {
  const kept = capabilities.filter((name) => name !== without).map((name) => `+${name}`);
  await machine.mustRun('rm -rf /run/rights/socket; install -d -o 65532 /run/rights/socket');
  const socket = '/run/rights/socket/agent.sock';
  await using agent = await machine.start(
    `exec setpriv --reuid=65532 --regid=0 --clear-groups --bounding-set=-all,${kept.join()} --inh-caps=-all \\
      /run/rights/node /run/rights/dist/pwru-agent --socket ${socket} --http-address 127.0.0.1:9090`,
  );
  await agent.waitForOutput(/^Ready on /m, { timeoutMs: 120_000 });
  // An agent that has just begun may not answer within the 10 s that a connection has.
  const ready = await machine.run(
    `until [ -s /run/rights/ready ]; do
      exec 3<>/dev/tcp/127.0.0.1/9090
      printf 'GET /readyz HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n' >&3; sed '1,/^\\r$/d' <&3 > /run/rights/ready
    done
    cat /run/rights/ready; rm /run/rights/ready`,
    { timeoutMs: 120_000 },
  );
  const trace = await machine.run(
    `${pwru} --agent unix:${socket} --timeout 500ms --func 'ip_rcv|consume_skb' ${target} 2>&1`,
    { timeoutMs: 120_000 },
  );
  const doctor = await machine.run(`${pwru} --agent unix:${socket} doctor`, { timeoutMs: 120_000 });
  return { ready: ready.stdout.trim(), trace: trace.stdout, doctor: doctor.stdout };
}
