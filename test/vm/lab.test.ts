import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { test as base, describe, expect } from 'vitest';
import { bootGuest, type Guest } from './lab/guest.ts';

const test = base.extend<{ kernel: string; guest: Guest }>({
  kernel: ['6.12', { scope: 'file' }],
  guest: [
    async ({ kernel }, use) => {
      await using guest = await bootGuest({ kernel });
      await use(guest);
    },
    { scope: 'file' },
  ],
});

describe('guest.run', () => {
  test('gives output, errors and exit code of a script', async ({ guest }) => {
    const result = await guest.run('echo out; echo err >&2; exit 7');
    expect(result).toMatchObject({ exitCode: 7, stdout: 'out\n', stderr: 'err\n' });
    expect(result.output.split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  test('gives 128 + signal for a script that kills itself', async ({ guest }) => {
    expect((await guest.run('kill -TERM $$')).exitCode).toBe(143);
  });

  test('brings 5 MiB of output unharmed', async ({ guest }) => {
    const { stdout, stderr } = await guest.run(
      'head -c 5M /dev/urandom | base64 -w 100 > /tmp/big; sha256sum < /tmp/big >&2; cat /tmp/big',
    );
    expect(stdout.length).toBeGreaterThan(5 * 1024 * 1024);
    expect(stderr).toContain(createHash('sha256').update(stdout).digest('hex'));
  });

  test('kills a script at its time-out and says what it had written', async ({ guest }) => {
    await expect(guest.run('echo before; sleep 987', { timeoutMs: 2_000 })).rejects.toThrow(
      /within 2000 ms.*\nbefore/s,
    );
    expect((await guest.run('sleep 0.5; pgrep -f "sleep 98[7]"')).exitCode).toBe(1);
  });

  test('ends although a child in the background holds the output open', async ({ guest }) => {
    const { exitCode } = await guest.run('sleep 300 & echo started', { timeoutMs: 20_000 });
    expect(exitCode).toBe(0);
  });

  test('refuses a script that execve would refuse', async ({ guest }) => {
    await expect(guest.run(`: ${'x'.repeat(200_000)}`)).rejects.toThrow(/too long/);
  });
});

describe('guest.start', () => {
  test('shows output while it grows, and takes signals', async ({ guest }) => {
    await using ticking = await guest.start(
      'trap "echo bye; exit 3" INT; while :; do echo tick; sleep 0.2; done',
    );
    await ticking.waitForOutput(/tick\ntick/);
    expect((await guest.run(`test -d /proc/${ticking.pid}`)).exitCode).toBe(0);
    ticking.signal('SIGINT');
    const { exitCode, output } = await ticking.wait({ timeoutMs: 20_000 });
    expect(exitCode).toBe(3);
    expect(output).toMatch(/bye\n$/);
  });

  test('ends with its scope, even at once', async ({ guest }) => {
    const pids = [];
    for (let round = 0; round < 20; round++) {
      await using sleeping = await guest.start('exec sleep 654');
      pids.push(sleeping.pid);
    }
    expect((await guest.run(`ls -d ${pids.map((pid) => `/proc/${pid}`).join(' ')}`)).stdout).toBe(
      '',
    );
  });
});

describe('the guest', () => {
  test("sees the host's files, and its changes stay its own", async ({ guest }) => {
    expect(await guest.mustRun('cat package.json')).toBe(await readFile('package.json', 'utf8'));
    await guest.mustRun(
      'echo changed > lab-change.tmp; rm /etc/hostname; echo x > /tmp/lab-change.tmp',
    );
    expect(existsSync('lab-change.tmp')).toBe(false);
    expect(existsSync('/tmp/lab-change.tmp')).toBe(false);
    expect(existsSync('/etc/os-release')).toBe(true);
  });

  test('shares a folder for files both ways', async ({ guest }) => {
    await writeFile(join(guest.share, 'to-guest'), 'from the host');
    expect(
      await guest.mustRun(
        `cat ${guest.share}/to-guest; echo -n from the guest > ${guest.share}/to-host`,
      ),
    ).toBe('from the host');
    expect(await readFile(join(guest.share, 'to-host'), 'utf8')).toBe('from the guest');
  });

  test("runs the kernel it was asked for, with the host's time and a name of its own", async ({
    guest,
  }) => {
    const [release, hostname, seconds] = (
      await guest.mustRun('uname -r; hostname; date +%s.%N')
    ).split('\n');
    expect(release).toMatch(/^6\.12\.\d+.*-cloud-amd64$/);
    expect(release).toBe(guest.release);
    expect(hostname).toBe('lab');
    expect(Math.abs(Number(seconds) * 1_000 - Date.now())).toBeLessThan(2_000);
  });

  test.for([
    ['tracefs', 'test -r /sys/kernel/tracing/available_filter_functions'],
    ['debugfs', 'test -d /sys/kernel/debug/tracing'],
    ['bpffs', 'mkdir /sys/fs/bpf/lab && rmdir /sys/fs/bpf/lab'],
    ['cgroup2', 'mkdir /sys/fs/cgroup/lab && rmdir /sys/fs/cgroup/lab'],
    ['BTF', 'bpftool btf dump file /sys/kernel/btf/vmlinux | grep -q sk_buff'],
    [
      'a network namespace with loopback',
      'ip netns add a && ip -n a link set lo up && ip netns exec a bash -c "echo > /dev/tcp/127.0.0.1/9" 2>&1 | grep refused',
    ],
    [
      'veth',
      'ip netns add b && ip link add v0 type veth peer name v1 netns b && ip link set v0 up',
    ],
    ['a bridge', 'ip link add br0 type bridge && ip link set br0 up'],
    ['VXLAN', 'ip link add vx0 type vxlan id 7 remote 127.0.0.1 dstport 4789'],
    [
      'nft',
      'nft add table inet t && nft add chain inet t c "{ type filter hook input priority 0; }"',
    ],
    ['iptables', 'iptables -A INPUT -p udp --dport 80 -j DROP && iptables -D INPUT 1'],
    ['node', 'node -e 0'],
  ] as const)('has %s', async ([, script], { guest }) => {
    await guest.mustRun(script);
  });
});

describe('bootGuest', () => {
  test.for([
    { kernel: '6.12', fprobe: true },
    { kernel: '6.1', fprobe: false },
  ])('boots $kernel, with FPROBE: $fprobe', async ({ kernel, fprobe }) => {
    await using guest = await bootGuest({ kernel });
    expect(guest.release).toContain(`${kernel}.`);
    const { exitCode } = await guest.run('grep CONFIG_FPROBE=y /boot/config-$(uname -r)');
    expect(exitCode === 0).toBe(fprobe);
  });

  test('with icount makes the cost of the same work repeat within 1 %', async () => {
    await using guest = await bootGuest({ kernel: '6.12', icount: true });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's
    const cost = 'echo $((${EPOCHREALTIME/.} - ${start/.}))';
    const work = `start=$EPOCHREALTIME; for i in {1..20000}; do :; done; ${cost}`;
    const costsUs = [];
    for (let round = 0; round < 4; round++) costsUs.push(Number(await guest.mustRun(work)));
    const [, ...warm] = costsUs;
    expect(Math.max(...warm) / Math.min(...warm)).toBeLessThan(1.01);
  });

  test('gives the console when the guest dies, to what runs and to what comes later', async () => {
    await using guest = await bootGuest({ kernel: '6.12' });
    await expect(
      guest.run('echo 1 > /proc/sys/kernel/sysrq; echo c > /proc/sysrq-trigger; sleep 60'),
    ).rejects.toThrow(/was lost.*sysrq triggered crash/s);
    await expect(guest.run('true')).rejects.toThrow(/ended/);
  });

  test('refuses what is not a kernel', async () => {
    await expect(bootGuest({ kernel: '../x' })).rejects.toThrow(/is not a kernel/);
  });
});

test('a guest dies with the process that booted it, even by SIGKILL', async () => {
  const parent = spawn(process.execPath, ['tools/vm.mjs', '6.12', '--', 'echo up; sleep 300'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  const children = await machinePartsOf(parent.pid);
  expect(children).toHaveLength(3);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  for (let waited = 0; children.some(isAlive) && waited < 50; waited++) await delay(100);
  expect(children.filter(isAlive)).toEqual([]);
});

/** qemu and its two file servers. The process has another child when tsx's cache is cold: esbuild. */
async function machinePartsOf(pid: number | undefined): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=,comm=', '--ppid', `${pid}`]);
  return [...stdout.matchAll(/(\d+) (?:qemu-system|virtiofsd)/g)].map(([, child]) => Number(child));
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
