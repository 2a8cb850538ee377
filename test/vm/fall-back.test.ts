import { describe, expect } from 'vitest';
import { TestAgent } from '../support/agent.ts';
import { pwru } from '../support/trace.ts';
import { askOfBackends, expectAgreement, expectNoBackend } from './backend-answers.ts';
import { guestTest } from './guest-test.ts';
import type { Guest } from './lab/guest.ts';

/*
 * A kernel that has kprobe.multi and does not let it be used: another backend is taken, everything that speaks of it agrees and
 * names the cause, and once the cause is gone the same agent has kprobe.multi again.
 */

const test = guestTest('6.12');

const httpPort = 9_090;

/** Starts an agent, which lives as long as `use` takes. */
async function withAgent(guest: Guest, use: (flag: string) => Promise<void>): Promise<void> {
  await using agent = await TestAgent.start(guest, `--http-address 127.0.0.1:${httpPort}`);
  await use(`--agent ${agent.address}`);
}

const cases = [
  {
    name: 'kernel.kptr_restrict=2',
    on: 'sysctl -qw kernel.kptr_restrict=2',
    off: 'sysctl -qw kernel.kptr_restrict=1',
    said: /^kprobe\.multi and kprobe are not used: kernel\.kptr_restrict is 2/m,
    remedy: /sysctl -w kernel\.kptr_restrict=1/,
  },
  {
    name: 'kernel.ftrace_enabled=0',
    on: 'sysctl -qw kernel.ftrace_enabled=0',
    off: 'sysctl -qw kernel.ftrace_enabled=1',
    said: /^kprobe\.multi and kprobe are not used: a probe was attached and is never hit: kernel\.ftrace_enabled is 0/m,
    remedy: /sysctl -w kernel\.ftrace_enabled=1/,
  },
] as const;

describe('a kernel with kprobe.multi and', () => {
  test.for(cases)(
    '$name is traced by tracepoints',
    async ({ on, off, said, remedy }, { guest }) => {
      await guest.mustRun(on);
      try {
        await withAgent(guest, async (flag) => {
          const restricted = await askOfBackends(guest, { flag, httpPort });
          expectAgreement(restricted, 'tracepoint');
          expect(restricted.said).toMatch(said);
          expect(restricted.doctor).toMatch(remedy);
          await guest.mustRun(off);
          const free = await askOfBackends(guest, { flag, httpPort });
          expectAgreement(free, 'kprobe.multi');
          expect(free.said).not.toMatch(/not used/);
          expect(free.complaints).toEqual([]);
        });
      } finally {
        await guest.mustRun(off);
      }
    },
  );

  test('ftrace that is turned off while an agent runs is not taken for something that works', async ({
    guest,
  }) => {
    const [, { on, off, said }] = cases;
    await withAgent(guest, async (flag) => {
      const trace = `${pwru} ${flag} --func 'ip_rcv|consume_skb' --timeout 100ms -- udp port 9`;
      await guest.mustRun(`until ${pwru} ${flag} status > /dev/null; do :; done`);
      expect((await guest.run(trace)).stderr).toMatch(/^Tracing .* by kprobe\.multi$/m);
      await guest.mustRun(on);
      try {
        const { stderr } = await guest.run(trace);
        expect(stderr).toMatch(/^Tracing .* by tracepoint$/m);
        expect(stderr).toMatch(said);
      } finally {
        await guest.mustRun(off);
      }
    });
  });

  test('no tracefs is traced by kprobe.multi, and told what would list its functions', async ({
    guest,
  }) => {
    const all = `${pwru} --local --timeout 100ms -- udp port 9`;
    const listed = await guest.run(all, { timeoutMs: 120_000 });
    await guest.mustRun('umount /sys/kernel/debug; umount /sys/kernel/tracing');
    try {
      // The same functions, by as few links: nothing is left to be found out by attaching.
      const unlisted = await guest.run(all, { timeoutMs: 120_000 });
      expect(tracingLine(unlisted.stderr)).toMatch(/ by kprobe\.multi/);
      expect(tracingLine(unlisted.stderr)).toBe(tracingLine(listed.stderr));
      await withAgent(guest, async (flag) => {
        const without = await askOfBackends(guest, { flag, httpPort });
        expectAgreement(without, 'kprobe.multi');
        expect(without.complaints).toEqual([
          expect.stringMatching(
            /^list of traceable functions: tracefs is not mounted.*mount -t tracefs tracefs \/sys\/kernel\/tracing/,
          ),
        ]);
        await guest.mustRun('mount -t tracefs tracefs /sys/kernel/tracing');
        const doctor = await guest.mustRun(`${pwru} ${flag} doctor`);
        expect(doctor).toMatch(/^ok +list of traceable functions/m);
      });
    } finally {
      await guest.mustRun(
        `mountpoint -q /sys/kernel/tracing || mount -t tracefs tracefs /sys/kernel/tracing
        mount -t debugfs debugfs /sys/kernel/debug`,
      );
    }
  });

  // Last: a kernel does not come back from it.
  test('lockdown cannot be traced at all, and lockdown is blamed', async ({ guest }) => {
    await guest.mustRun(
      `mount -t securityfs securityfs /sys/kernel/security
      echo confidentiality > /sys/kernel/security/lockdown`,
    );
    const why = /the kernel is locked down \(confidentiality\)/;
    await withAgent(guest, async (flag) => {
      const locked = await askOfBackends(guest, { flag, httpPort });
      expectNoBackend(locked, why);
      expect(locked.doctor).toMatch(/lockdown=integrity/);
      // As in a container, which does not have the file.
      await guest.mustRun('umount /sys/kernel/security');
      const unseen = await guest.run(`${pwru} ${flag} --timeout 100ms`);
      expect(unseen.stderr).toMatch(why);
      expect(unseen.exitCode).toBe(1);
    });
  });
});

/** `Tracing 1,607 functions on lab (6.12...) by kprobe.multi, 100 refused` */
function tracingLine(stderr: string): string {
  return /^Tracing .*$/m.exec(stderr)?.[0] ?? stderr;
}
