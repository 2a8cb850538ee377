import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect } from 'vitest';
import { bpfLinks, TestAgent } from '../support/agent.ts';
import { denying } from '../support/deny-calls.ts';
import { hostMachine } from '../support/host-machine.ts';
import { refusedTrace } from '../support/refused-trace.ts';
import { dist, pwru } from '../support/trace.ts';
import { agentTest as test } from './agent-test.ts';

const seeHelp = "See 'kubectl pwru --help' for usage.";

interface Refusal {
  readonly exitCode: number;
  /** All of standard error. */
  readonly lines: ReadonlyArray<string | RegExp>;
}

/** Runs a script in bash: nothing on standard output, and exactly these lines on standard error. */
async function expectRefusal(script: string, { exitCode, lines }: Refusal): Promise<void> {
  const outcome = await hostMachine.run(script, { timeoutMs: 30_000 });
  const told = outcome.stderr.split('\n').filter((line) => line !== '' && line !== 'Preparing');
  expect(told).toEqual(
    lines.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))),
  );
  expect(outcome).toMatchObject({ exitCode, stdout: '' });
}

afterEach(async () => {
  expect(await bpfLinks(hostMachine)).toEqual([]);
});

describe('kubectl-pwru refuses on the command line', () => {
  test.for([
    [
      'a port beyond 65535',
      '--dst-port 70000',
      'Cannot use --dst-port 70000: a port is 0 to 65535',
    ],
    [
      'an unknown flag, with the nearest one',
      '--filtr x',
      'Cannot use --filtr: there is no such flag; did you mean --filter?',
    ],
    [
      'a target that needs a cluster',
      'pod/foo',
      'Cannot trace pod/foo with --local: it is a target of a cluster; a single machine has netns/NAME and pid/N, and a filter stands after "--"',
    ],
    [
      'a word that is no target',
      'foo',
      'Cannot trace pod/foo with --local: it is a target of a cluster; a single machine has netns/NAME and pid/N, and a filter stands after "--"',
    ],
    [
      'a filter of 20 KiB',
      `-- "$(printf 'udp or %.0s' {1..2925})udp"`,
      'Cannot use a filter of 20478 bytes: at most 16384 are allowed',
    ],
  ] as const)('%s', async ([, args, message]) => {
    await expectRefusal(`${pwru} --local ${args}`, {
      exitCode: 2,
      lines: [`error: ${message}`, seeHelp],
    });
  });
});

describe('a session is refused for', () => {
  const requests: ReadonlyArray<readonly [string, string, ReadonlyArray<string | RegExp>]> = [
    [
      'a filter that is none, with a caret under the place',
      '-- tcp port 80 adn udp',
      [
        'Cannot compile the filter: syntax error, "adn" at position 12',
        '  tcp port 80 adn udp',
        '              ^',
      ],
    ],
    [
      'a host name in the filter',
      '-- host example.invalid',
      [
        'Cannot compile the filter: "example.invalid" at position 5 is neither a keyword nor an address (names of hosts and networks are not resolved)',
        '  host example.invalid',
        '       ^',
      ],
    ],
    [
      'a port beyond 65535 in the filter',
      '-- port 70000',
      ['Cannot compile the filter: illegal port number 70000 > 65535', '  port 70000'],
    ],
    [
      'a regular expression that is none',
      "--func 'ip_(rcv'",
      ['Cannot use function expression: missing closing ): `ip_(rcv` (RE2 syntax)', '  ip_(rcv'],
    ],
    [
      'a function that nothing matches',
      '--func nosuchfunc',
      [
        /^error: Cannot trace: no tracepoint with an skb has a name that "nosuchfunc" matches as a whole( \(kprobe.* is not used: .*\))?$/,
        '  nosuchfunc',
      ],
    ],
    [
      'a backend that nobody knows',
      '--backend xdp',
      ['Unknown backend "xdp": known are kprobe.multi, kprobe, tracepoint'],
    ],
    [
      'a namespace that is not there',
      'netns/pwru-nope',
      [
        'Cannot find network namespace "pwru-nope": no such name under /run/netns (see: ip netns list)',
      ],
    ],
    ['a process that is not there', 'pid/4194303', ['Cannot find process 4194303']],
  ];
  for (const [how, agentFlag] of [
    ['--local', () => '--local'],
    ['by an agent', (agent: TestAgent) => `--agent ${agent.address}`],
  ] as const) {
    test.for(requests)(`%s, ${how}`, async ([, args, [message = '', ...more]], { agent }) => {
      await expectRefusal(`${pwru} ${agentFlag(agent)} ${args}`, {
        exitCode: 2,
        lines: [typeof message === 'string' ? `error: ${message}` : message, ...more],
      });
    });
  }

  test('a name under /run/netns that is no namespace', async () => {
    mkdirSync('/run/netns', { recursive: true });
    writeFileSync('/run/netns/pwru-file', '');
    try {
      await expectRefusal(`${pwru} --local netns/pwru-file`, {
        exitCode: 2,
        lines: ['error: Cannot use /run/netns/pwru-file: it is not a network namespace'],
      });
    } finally {
      rmSync('/run/netns/pwru-file');
    }
  });

  test('a backend that the kernel lacks, naming what is missing and what there is', () =>
    expectRefusal(`${denying('perf_event_open')} ${pwru} --local --backend kprobe`, {
      exitCode: 1,
      lines: [
        /^error: Cannot use backend kprobe: (kernel built without CONFIG_KPROBE_EVENTS .*|perf_event_open\(2\): EPERM .*) \(available: .*tracepoint\)$/,
      ],
    }));
});

describe('a machine that cannot trace is told what it lacks:', () => {
  test('privileges', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pwru-dist-'));
    try {
      cpSync(dist, folder, { recursive: true });
      execFileSync('chmod', ['-R', 'a+rX', folder]);
      await expectRefusal(
        `setpriv --reuid=nobody --regid=nogroup --clear-groups ${folder}/kubectl-pwru --local`,
        {
          exitCode: 1,
          lines: [
            'error: Cannot trace: no backend works on this kernel: bpf(2): EPERM (CAP_BPF and CAP_PERFMON are missing)',
          ],
        },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('BTF', () =>
    expectRefusal(
      `unshare --mount bash -c 'mount -t tmpfs none /sys/kernel/btf; exec ${pwru} --local'`,
      {
        exitCode: 1,
        lines: [
          'error: Cannot read /sys/kernel/btf/vmlinux: no such file (kernel built without CONFIG_DEBUG_INFO_BTF)',
        ],
      },
    ));

  test.for([
    ['libbpf', 'libbpf.so.1', 'libbpf1'],
    ['libpcap', 'libpcap.so.0.8', 'libpcap0.8'],
  ] as const)('%s', ([name, file, debianPackage]) =>
    // The folder of libraries as it would be without the package, for this process alone.
    expectRefusal(
      `unshare --mount bash -c '
        libraries=$(dirname $(readlink -f $(ldconfig -p | grep -o "/[^ ]*${file}$" | head -1)))
        mount -t tmpfs none /mnt && mkdir /mnt/upper /mnt/work &&
        mount -t overlay none -o lowerdir=$libraries,upperdir=/mnt/upper,workdir=/mnt/work $libraries &&
        rm $libraries/${name}.so* && exec ${pwru} --local -- udp'`,
      {
        exitCode: 1,
        lines: [
          `error: Cannot load ${file}: Failed to load shared library: cannot open shared object file: No such file or directory (Debian package ${debianPackage})`,
        ],
      },
    ),
  );

  test.for([
    ['ports', 'udp port domain', "unknown port 'domain'", 9],
    [
      'protocols',
      'ip proto ospf',
      "the name 'ospf' cannot be looked up here, /etc/protocols is missing (Debian package netbase); use its number",
      9,
    ],
  ] as const)('names of %s', ([, filter, why, column]) =>
    expectRefusal(
      `unshare --mount bash -c '
        mount -t tmpfs none /mnt && mkdir /mnt/upper /mnt/work &&
        mount -t overlay none -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work /etc &&
        rm /etc/services /etc/protocols && exec ${pwru} --local -- ${filter}'`,
      {
        exitCode: 2,
        lines: [
          `error: Cannot compile the filter: ${why}`,
          `  ${filter}`,
          `  ${' '.repeat(column)}^`,
        ],
      },
    ),
  );

  test('room for what it prints', async () => {
    const { exitCode, stderr } = await hostMachine.run(
      `(for i in {1..250}; do echo x > /dev/udp/127.0.0.1/4446; sleep 0.1; done) 2> /dev/null &
       ${pwru} --local -o json -- udp port 4446 > /dev/full; code=$?; kill $!; exit $code`,
      { timeoutMs: 30_000 },
    );
    expect(stderr).toMatch(/^error: Cannot write to standard output: ENOSPC/m);
    expect(exitCode).toBe(1);
  });
});

test('a closed standard output is nobody who reads', async () => {
  const { exitCode, stderr } = await hostMachine.run(
    `${pwru} --local --timeout 100ms -- udp port 9 >&-`,
  );
  expect(stderr).toMatch(/^Traced for /m);
  expect(exitCode).toBe(0);
});

describe('an agent that is none:', () => {
  test('nothing at the socket', () =>
    expectRefusal(`${pwru} --agent unix:/nonexistent/agent.sock`, {
      exitCode: 5,
      lines: [
        'error: Cannot reach the agent at unix:/nonexistent/agent.sock: connect ENOENT /nonexistent/agent.sock',
      ],
    }));

  test('a server that talks garbage', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('220 smtp.example ESMTP ready\r\n');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const bound = server.address();
    const address = `127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
    try {
      await expectRefusal(`${pwru} --agent ${address}`, {
        exitCode: 5,
        lines: [
          `error: Cannot reach the agent at ${address}: what answers there does not speak gRPC (HTTP/2 protocol error)`,
        ],
      });
    } finally {
      server.close();
    }
  });
});

describe('an agent stays up and traces after', () => {
  async function expectTracing(agent: TestAgent): Promise<void> {
    const { exitCode, stderr } = await hostMachine.run(
      `${pwru} --agent ${agent.address} --timeout 100ms -- udp port 9`,
    );
    expect(stderr).toMatch(/^Tracing \d+ functions /m);
    expect(exitCode).toBe(0);
  }

  test('garbage on its socket', async ({ agent }) => {
    for (const bytes of [Buffer.alloc(1 << 20, 0xff), Buffer.from('GET / HTTP/1.1\r\n\r\n')]) {
      const socket = connect(agent.socket);
      socket.on('error', () => {});
      socket.resume();
      socket.write(bytes);
      await new Promise((resolve) => socket.once('close', resolve));
    }
    await expectTracing(agent);
  });

  test.for([
    [
      'a filter of 20 KiB',
      { filter: 'udp or '.repeat(3_000) },
      3,
      'Cannot use filter: it has 21000 bytes, the limit is 16384',
    ],
    [
      'a request of 1 MiB',
      { filter: 'x'.repeat(1 << 20) },
      8,
      expect.stringMatching(/^Received message larger than max \(10485\d\d vs 262144\)$/),
    ],
  ] as const)('%s, which it refuses', async ([, start, code, details], { agent }) => {
    expect(await refusedTrace(agent.address, start)).toEqual({ code, details });
    await expectTracing(agent);
  });

  test('more sessions than it may have, of which it refuses those beyond', async () => {
    await using agent = await TestAgent.start(hostMachine, '--max-sessions 1');
    await using first = await hostMachine.start(
      `exec ${pwru} --agent ${agent.address} -- udp port 9`,
    );
    await first.waitForOutput(/^Tracing /m);
    await expectRefusal(`${pwru} --agent ${agent.address} -- udp port 9`, {
      exitCode: 1,
      lines: [
        'error: Cannot start a session: the limit of 1 sessions at a time is reached on this agent; "kubectl pwru sessions" lists them, "kubectl pwru stop" ends one',
      ],
    });
    first.signal('SIGINT');
    expect((await first.wait()).exitCode).toBe(0);
    await expectTracing(agent);
  });
});
