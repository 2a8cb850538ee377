import { describe, expect, test } from 'vitest';
import { noConnection } from '../../testing/no-connection.ts';
import { parseCommand } from './parse-command.ts';
import type { TraceOptions } from './trace-options.ts';
import { UsageError } from './values.ts';

function parseTrace(...args: string[]): TraceOptions {
  const command = parseCommand(args);
  if (command.kind !== 'trace') throw new Error(`Got ${command.kind}`);
  return command.options;
}

function errorOf(args: readonly string[]): UsageError {
  try {
    parseCommand(args);
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown;
    throw thrown;
  }
  throw new Error('There was no error');
}

/** What the flags and targets of a cluster are when there are none. */
const noCluster = {
  connection: noConnection,
  agentNamespace: 'pwru',
  scope: {
    targets: [],
    selection: undefined,
    nodes: [],
    allNodes: false,
    servicePorts: false,
    maxNodes: 50,
    hostNetwork: 'refuse',
  },
  peers: [],
} as const;

describe('parseCommand', () => {
  test('without arguments is for an overview', () => {
    expect(parseCommand([])).toEqual({
      kind: 'overview',
      options: { connection: noConnection, agentNamespace: 'pwru' },
    });
  });

  test('without flags traces what the default agent has', () => {
    expect(parseTrace('trace')).toEqual({
      agent: { kind: 'default' },
      targets: [],
      ...noCluster,
      filter: { text: '', expression: '' },
      dropsOnly: false,
      allDrops: false,
      functionRegex: undefined,
      backend: undefined,
      modules: [],
      mark: undefined,
      interfaceName: undefined,
      limit: undefined,
      timeoutMs: undefined,
      stack: false,
      track: undefined,
      timestamp: 'none',
      resolveNames: true,
      sort: 'time',
      sortWindowMs: 250,
      includeStatus: false,
      includePacketEnds: false,
      dryRun: false,
      output: 'table',
      quiet: false,
      headers: true,
    } satisfies TraceOptions);
  });

  test('takes every flag', () => {
    const flags =
      'netns/a pid/12 --local --drops --func tcp_.* --backend kprobe --kmods veth,nf-tables --mark 0xff/0x0f ' +
      '--ifname eth0 --limit 5 --timeout 1m30s --stack --track --timestamp delta -o json -q --no-headers ' +
      '--no-resolve --sort none --sort-window 1s --include-status --include-packet-ends --dry-run';
    expect(parseTrace(...flags.split(' '), '--', 'tcp', 'and', 'port 80')).toEqual({
      agent: { kind: 'local' },
      targets: [
        { kind: 'netns', name: 'a' },
        { kind: 'pid', pid: 12 },
      ],
      ...noCluster,
      filter: { text: 'tcp and port 80', expression: 'tcp and port 80' },
      dropsOnly: true,
      allDrops: false,
      functionRegex: 'tcp_.*',
      backend: 'kprobe',
      modules: ['veth', 'nf_tables'],
      mark: { value: 0xff, mask: 0x0f },
      interfaceName: 'eth0',
      limit: 5,
      timeoutMs: 90_000,
      stack: true,
      track: true,
      timestamp: 'delta',
      resolveNames: false,
      sort: 'none',
      sortWindowMs: 1_000,
      includeStatus: true,
      includePacketEnds: true,
      dryRun: true,
      output: 'json',
      quiet: true,
      headers: false,
    } satisfies TraceOptions);
  });

  test.each([
    ['trace', ['--help']],
    ['trace', ['-h']],
    ['trace', ['netns/a', '-h', '--version']],
    ['trace', ['help']],
    ['status', ['status', '--help']],
    ['status', ['--context', 'a', 'status', '-h']],
    ['deploy', ['help', 'deploy']],
  ])('shows the help of %s for %j', (command, args) => {
    expect(parseCommand(args)).toEqual({ kind: 'help', command });
  });

  test('takes "trace" as its own name', () => {
    expect(parseTrace('trace', 'pod/a', '-n', 'x')).toEqual(parseTrace('pod/a', '-n', 'x'));
  });

  test.each([
    [['-o', 'json']],
    [['-ojson']],
    [['-o=json']],
    [['--output=json']],
    [['--output', 'json']],
    [['-qo', 'json']],
  ])('takes a short flag and its value as %j', (args) => {
    expect(parseTrace(...args).output).toBe('json');
  });

  test.each([
    [['--drops=true'], true, false],
    [['--drops=false'], false, false],
    [['--drops=all'], true, true],
    [['--drops'], true, false],
    [['trace'], false, false],
  ])('takes a switch with a value: %j', (args, dropsOnly, allDrops) => {
    expect(parseTrace(...args)).toMatchObject({ dropsOnly, allDrops });
  });

  test('names the words that a switch takes', () => {
    expect(() => parseTrace('--drops=everything')).toThrow(
      'Cannot use --drops=everything: it takes no value, or all, true or false',
    );
  });

  test.each([
    ['unix:/run/pwru/agent.sock'],
    ['unix:agent.sock'],
    ['localhost:7456'],
    ['10.0.0.1:1'],
    ['[::1]:65535'],
  ])('takes the agent address %s', (address) => {
    expect(parseTrace('--agent', address).agent).toEqual({ kind: 'address', address });
  });

  test.each([
    ['5s', 5_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['1h30m', 5_400_000],
    ['500ms', 500],
    ['1.5s', 1_500],
    ['30', 30_000],
    ['0.5', 500],
    ['168h', 604_800_000],
  ])('takes the duration %s', (text, timeoutMs) => {
    expect(parseTrace('--timeout', text).timeoutMs).toBe(timeoutMs);
  });

  test.each([
    ['0', 0, 0xffff_ffff],
    ['4294967295', 0xffff_ffff, 0xffff_ffff],
    ['0xDEADBEEF/0xff', 0xdead_beef, 0xff],
    ['1/3', 1, 3],
  ])('takes the mark %s', (text, value, mask) => {
    expect(parseTrace('--mark', text).mark).toEqual({ value, mask });
  });

  test('takes the last one of a flag that is repeated, as kubectl does', () => {
    const options = parseTrace(
      ...[
        '--context',
        'a',
        '--context=b',
        '-n',
        'x',
        '--namespace',
        'y',
        '--limit',
        '1',
        '--limit=2',
      ],
      ...['-q', '--quiet=false', '--drops=all', '--drops', '--output', 'table', '-ojson'],
      'web',
    );
    expect(options).toMatchObject({
      connection: { context: 'b', namespace: 'y' },
      ...{ limit: 2, quiet: false, dropsOnly: true, allDrops: false, output: 'json' },
    });
    expect(parseTrace('--node', 'a', '--node', 'b').scope.nodes).toEqual(['a', 'b']);
    // What a later one takes back may be wrong.
    expect(parseTrace('--limit', 'x', '--limit', '3', '--local').limit).toBe(3);
  });

  test('takes an empty value of a connection flag as none, as kubectl does', () => {
    const flags = ['-n', '', '--request-timeout=', '--context=', '-o', '', '--agent-namespace='];
    expect(parseTrace(...flags, 'web')).toEqual(parseTrace('web'));
  });

  test.each<[string[], string]>([
    [
      ['stauts'],
      'Cannot trace "stauts": did you mean "kubectl pwru status"? A pod of that name is pod/stauts',
    ],
    [
      ['fucntions', 'tcp_.*'],
      'Cannot trace "fucntions": did you mean "kubectl pwru functions"? A pod of that name is pod/fucntions',
    ],
    [
      ['deplyo', '--context', 'x'],
      'Cannot trace "deplyo": did you mean "kubectl pwru deploy"? A pod of that name is pod/deplyo',
    ],
    [
      ['--host', '1.2.3.4', 'port', '80'],
      'Cannot trace "port": a filter stands after "--", as in "-- port 80"; a pod of that name is pod/port',
    ],
    [
      ['pod/web', 'tcp', 'and', 'port', '80'],
      'Cannot trace "tcp": a filter stands after "--", as in "-- tcp and port 80"; a pod of that name is pod/tcp',
    ],
    [
      ['1.2.3.4'],
      'Cannot trace "1.2.3.4": a filter stands after "--", as in "-- host 1.2.3.4"; a pod of that name is pod/1.2.3.4',
    ],
  ])('says of %j what was probably meant', (args, message) => {
    expect(() => parseCommand(args)).toThrow(message);
  });

  test.each([
    'web',
    'stat',
    'session-store-0',
    'port-scanner',
    'pod/stauts',
    'pod/port',
    'hosts',
    'tcpdump',
  ])('takes %s as the pod that it is', (word) => {
    const name = word.replace('pod/', '');
    expect(parseTrace(word).scope.targets).toEqual([{ kind: 'pod', name }]);
  });

  test('takes what looks like a flag after "--" as filter', () => {
    expect(parseTrace('--', '--local', '-x').filter.text).toBe('--local -x');
  });

  test.each<[string[], string]>([
    [['--bogus'], 'Cannot use --bogus: there is no such flag'],
    [
      ['--dst-prot', '80'],
      'Cannot use --dst-prot: there is no such flag; did you mean --dst-port?',
    ],
    [
      ['--filter-mark', '1'],
      'Cannot use --filter-mark: there is no such flag; did you mean --mark?',
    ],
    [['--output-stack'], 'Cannot use --output-stack: there is no such flag; did you mean --stack?'],
    [['-x'], 'Cannot use -x: there is no such flag'],
    [
      ['pod/a', '-i', 'eth0'],
      'Cannot use -i: there is no such flag; --ifname NAME is for packets on one interface',
    ],
    [
      ['pod/a', '-c', '5'],
      'Cannot use -c: there is no such flag; --limit N ends a trace after N events',
    ],
    [
      ['pod/a', '-v=8'],
      'Cannot use -v: there is no such flag; --help names what can be printed beside the usual columns',
    ],
    [
      ['pod/a', '-f'],
      'Cannot use -f: there is no such flag; a trace goes on until Ctrl-C, or for --timeout',
    ],
    [
      ['--limit', 'x', '--limit=1x'],
      'Cannot use --limit 1x: it must be a number of events, 1 or more',
    ],
    [['--limit'], 'Cannot use --limit: it needs a value'],
    [['--limit', '--local'], 'Cannot use --limit: it needs a value'],
    [['--ifname', '--', 'tcp'], 'Cannot use --ifname: it needs a value'],
    [['-o'], 'Cannot use -o/--output: it needs a value'],
    [['--local=yes'], 'Cannot use --local=yes: it takes no value, or true or false'],
    [
      ['--local', '--agent', 'a:1'],
      'Cannot use --local together with --agent: trace this machine, or ask that agent',
    ],
    ...['a', 'a:0', 'a:65536', 'a:b', 'unix:', 'unix:///', '', '::1:5', 'http://a:1'].map(
      (address): [string[], string] => [
        [`--agent=${address}`],
        `Cannot use --agent ${address === '' ? '""' : address}: it must be unix:PATH or HOST:PORT, ` +
          'such as unix:/run/pwru/agent.sock or localhost:7456',
      ],
    ),
    [['--func='], 'Cannot use --func "": it must not be empty'],
    [
      ['--func', 'x'.repeat(4_097)],
      'Cannot use --func: the expression has 4097 bytes, at most 4096 are allowed',
    ],
    [['--backend='], 'Cannot use --backend "": it must not be empty'],
    [
      ['--all-kmods', '--kmods', 'veth'],
      'Cannot use --kmods together with --all-kmods: it is one of them',
    ],
    ...['', 'a,', 'a b', '../x'].map((names): [string[], string] => [
      [`--kmods=${names}`],
      `Cannot use --kmods ${names === '' ? '""' : names}: it must be module names separated by commas, such as nf_tables,veth`,
    ]),
    ...['', 'x', '1/', '/1', '1/2/3', '4294967296', '0x', '-1', '1.5'].map(
      (mark): [string[], string] => [
        [`--mark=${mark}`],
        `Cannot use --mark ${mark === '' ? '""' : mark}: it must be VALUE or VALUE/MASK, each 32 bits, decimal or 0x hexadecimal`,
      ],
    ),
    [
      ['--mark=1/0'],
      'Cannot use --mark 1/0: a mask of 0 compares no bit, so every packet would match',
    ],
    ...['', 'sixteen-bytes-xx', 'a/b', 'a b', 'a:1', '.', '..', 'äääääääü'].map(
      (name): [string[], string] => [
        [`--ifname=${name}`],
        `Cannot use --ifname ${name === '' ? '""' : name}: an interface name has 1 to 15 bytes, none of them "/", ":" or blank`,
      ],
    ),
    ...['0', '-1', '1.5', 'x', '', '99999999999999999999'].map((limit): [string[], string] => [
      [`--limit=${limit}`],
      `Cannot use --limit ${limit === '' ? '""' : limit}: it must be a number of events, 1 or more`,
    ]),
    ...['', 'x', '5 s', '5d', '-5s', '1m30', 's'].map((timeout): [string[], string] => [
      [`--timeout=${timeout}`],
      `Cannot use --timeout ${timeout === '' ? '""' : timeout}: it must be a duration such as 30s, 2m or 1h30m`,
    ]),
    [['--timeout=0'], 'Cannot use --timeout 0: it must be longer than 0'],
    [['--timeout=0.1ms'], 'Cannot use --timeout 0.1ms: it must be longer than 0'],
    [['--timeout=169h'], 'Cannot use --timeout 169h: it must be at most 168h'],
    [
      ['--timestamp', 'current'],
      'Cannot use --timestamp current: it must be one of none, absolute, relative, delta',
    ],
    [['-o', 'yaml'], 'Cannot use --output yaml: it must be one of table, json'],
    ...['netns/', 'netns/..', 'netns/a/b', `netns/${'x'.repeat(256)}`].map(
      (word): [string[], string] => [
        [word],
        `Cannot trace ${word}: after "netns/" stands a name under /run/netns`,
      ],
    ),
    ...['pid/', 'pid/0', 'pid/4194305', 'pid/x', 'pid/-1', 'pid/1.0'].map(
      (word): [string[], string] => [
        [word],
        `Cannot trace ${word}: after "pid/" stands a process id, 1 to 4194304`,
      ],
    ),
    ...[
      'foo/bar',
      'pods.apps/x',
      'deploy.batch/x',
      '/x',
      'secret/x',
      'ns/secret/x',
      'ns/node/x',
    ].map((word): [string[], string] => [
      [word],
      `Cannot trace ${word}: a target is pod/, deploy/, sts/, ds/, rs/, rc/, job/, cronjob/, svc/, node/NAME, ` +
        'netns/NAME or pid/N; a filter stands after "--"',
    ]),
    ...['pod/', 'pod/a/b/c', 'pod/-a', 'svc/a=b', 'pod/a,b', `pod/${'x'.repeat(254)}`].map(
      (word): [string[], string] => [
        [word],
        `Cannot trace ${word}: after "${word.slice(0, 3)}/" stands the name of a ${word.startsWith('svc') ? 'service' : 'pod'}; a filter stands after "--"`,
      ],
    ),
    [[''], 'Cannot trace "": after "pod/" stands the name of a pod; a filter stands after "--"'],
    [
      ['tcp[0]=1'],
      'Cannot trace tcp[0]=1: after "pod/" stands the name of a pod; a filter stands after "--"',
    ],
    [
      ['deploy/a', 'pods'],
      'Cannot trace "pods": a target is pods/NAME; a pod of that name is pod/pods',
    ],
    ...(['--local', '--agent=a:1'] as const).flatMap(
      (place): Array<[string[], string]> => [
        [
          [place, 'svc/x'],
          `Cannot trace svc/x with ${place.slice(0, 7)}: it is a target of a cluster; a single machine has netns/NAME and ` +
            'pid/N, and a filter stands after "--"',
        ],
        [
          [place, '--to', 'svc/x'],
          `Cannot trace svc/x with ${place.slice(0, 7)}: it is a target of a cluster; a single machine has netns/NAME and ` +
            'pid/N, and a filter stands after "--"',
        ],
        [
          [place, '-n', 'x'],
          `Cannot use -n/--namespace together with ${place.slice(0, 7)}: it is about a cluster`,
        ],
        [
          [place, '--context=x'],
          `Cannot use --context together with ${place.slice(0, 7)}: it is about a cluster`,
        ],
      ],
    ),
    [
      ['netns/a', 'pod/b'],
      'Cannot trace netns/a together with pod/b: it is a target of a single machine, with --local or --agent',
    ],
    [
      ['pid/1', '--to', 'svc/b'],
      'Cannot trace pid/1 together with svc/b: it is a target of a single machine, with --local or --agent',
    ],
    [
      ['pid/1', '-A'],
      'Cannot trace pid/1 in a cluster: it is a target of a single machine, with --local or --agent',
    ],
    [['status', '--drops'], 'Cannot use --drops with status: it is a flag of trace'],
    [['status', '--nod', 'a'], 'Cannot use --nod: there is no such flag; did you mean --node?'],
    // Near to --drops, which is not of this command.
    [['status', '--drop'], 'Cannot use --drop: there is no such flag'],
    [['--track', '--no-track'], 'Cannot use --track together with --no-track: it is one of them'],
    [
      ['--include-status'],
      'Cannot use --include-status without -o json: it is about the JSON stream',
    ],
    [['--sort', 'name'], 'Cannot use --sort name: it must be one of time, none'],
    [['--sort-window', '0'], 'Cannot use --sort-window 0: it must be longer than 0'],
    [
      ['--sort-window', 'x'],
      'Cannot use --sort-window x: it must be a duration such as 30s, 2m or 1h30m',
    ],
  ])('refuses %j: %s', (args, message) => {
    expect(errorOf(args).message).toBe(message);
  });
});
