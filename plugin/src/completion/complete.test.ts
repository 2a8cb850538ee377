import { describe, expect, test } from 'vitest';
import { commandNames, flagsOf } from '../cli/flag-table.ts';
import { type CompletionSources, completionText } from './complete.ts';

/** A cluster of names. */
const objects: Readonly<Record<string, readonly string[]>> = {
  'pod demo': ['web-1', 'web-2', 'client'],
  'pod shop': ['till'],
  'deployment demo': ['web'],
  'service shop': ['web', 'db'],
  namespace: ['demo', 'shop'],
  node: ['n1', 'n2', 'n10'],
};

const sources: CompletionSources = {
  objects: async (kind, namespace = 'demo') =>
    objects[kind === 'node' || kind === 'namespace' ? kind : `${kind} ${namespace}`] ?? [],
  configured: async (what) => [`${what}-a`, `${what}-b`],
  functions: async (prefix) =>
    ['tcp_v4_rcv', 'tcp_v6_rcv', 'ip_rcv'].filter((name) => name.startsWith(prefix)),
  sessions: async () => ['n1/s1', 'n2/s2'],
  networkNamespaces: async () => ['red', 'blue'],
};

/** The lines for words that are typed with blanks between; a blank at the end begins a new word. */
async function complete(line: string, descriptions = false): Promise<string[]> {
  const text = await completionText({ words: line.split(' '), descriptions }, () => sources);
  expect(text.endsWith('\n')).toBe(true);
  return text.trimEnd().split('\n');
}

describe('completionText', () => {
  test('offers commands, pods and kinds at the beginning', async () => {
    const all = await complete('');
    expect(all).toEqual([
      ...commandNames,
      ...['web-1', 'web-2', 'client'],
      ...['pod/', 'deploy/', 'sts/', 'ds/', 'rs/', 'rc/', 'job/', 'cronjob/', 'svc/', 'node/'],
      ':4',
    ]);
  });

  test('describes, behind a tab', async () => {
    expect(await complete('sta', true)).toEqual([
      'status\tlist the agents with their versions, kernels and backends',
      ':4',
    ]);
    expect(await complete('--drop', true)).toEqual([
      '--drops\tonly lost packets, with their whole way; =all: copies, purged queues and messages too',
      ':4',
    ]);
  });

  test.each([
    ['we', ['web-1', 'web-2', ':4']],
    [
      '-n shop ',
      [
        ...commandNames,
        'till',
        'pod/',
        'deploy/',
        'sts/',
        'ds/',
        'rs/',
        'rc/',
        'job/',
        'cronjob/',
        'svc/',
        'node/',
        ':4',
      ],
    ],
    ['trace --namespace=shop t', ['till', ':4']],
    ['de', ['deploy', 'deploy/', ':4']],
    // Nothing but beginnings: no blank behind them.
    ['cron', ['cronjob/', ':6']],
    ['web-1 de', ['deploy/', ':6']],
    ['deploy/', ['deploy/web', ':4']],
    ['deployments.apps/w', ['deployments.apps/web', ':4']],
    ['po/web-', ['po/web-1', 'po/web-2', ':4']],
    ['shop/svc/', ['shop/svc/web', 'shop/svc/db', ':4']],
    ['secret/', [':4']],
    ['node/n1', ['node/n1', 'node/n10', ':4']],
    ['--local ', [...commandNames, 'netns/', 'pid/', ':4']],
    ['--local netns/r', ['netns/red', ':4']],
    ['-n ', ['demo', 'shop', ':4']],
    ['-ns', ['shop', ':4']],
    ['--namespace=d', ['demo', ':4']],
    ['--node n1', ['n1', 'n10', ':4']],
    ['--node n1,', ['n1,n2', 'n1,n10', ':4']],
    ['--tcp-flags s', ['syn', ':4']],
    ['--tcp-flags syn,!a', ['syn,!ack', ':4']],
    [
      '--tcp-flags !syn,',
      [...['fin', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'].map((name) => `!syn,${name}`), ':4'],
    ],
    ['--context ', ['context-a', 'context-b', ':4']],
    ['--from sv', ['svc/', ':6']],
    ['--to cl', ['client', ':4']],
    ['--func tcp_v4', ['tcp_v4_rcv', ':4']],
    ['-o ', ['table', 'json', ':4']],
    ['--sort-window ', [':4']],
    ['--kubeconfig ', [':0']],
    ['--client-key=/tmp/', [':0']],
    ['-- tc', [':4']],
    ['--no-such-flag x', [':4']],
    ['--no-such-flag=', [':4']],
    ['functions tcp', ['tcp_v4_rcv', 'tcp_v6_rcv', ':4']],
    ['functions tcp_v4_rcv ', [':4']],
    ['stop ', ['n1/s1', 'n2/s2', ':4']],
    ['stop n2', ['n2/s2', ':4']],
    ['stop s', ['s1', 's2', ':4']],
    ['completion ', ['bash', 'zsh', 'fish', 'kubectl', ':4']],
    ['status ', [':4']],
    ['status --no', ['--node', '--no-headers', ':4']],
    ['--drops --drop', [':4']],
    ['--node n1 --nod', ['--node', ':4']],
  ])('"%s" becomes %j', async (line, expected) => {
    expect(await complete(line)).toEqual(expected);
  });

  test.each(commandNames)('offers the flags of %s, and no others', async (command) => {
    expect(await complete(`${command} -`)).toEqual([
      ...flagsOf(command).map((name) => `--${name}`),
      ':4',
    ]);
  });

  test('of nothing typed at all is as of an empty word', async () => {
    expect(await completionText({ words: [], descriptions: false }, () => sources)).toBe(
      await completionText({ words: [''], descriptions: false }, () => sources),
    );
  });
});
