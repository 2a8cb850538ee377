import { describe, expect, test } from 'vitest';
import { noConnection } from '../../testing/no-connection.ts';
import { parseCommand } from './parse-command.ts';
import { UsageError } from './values.ts';

const cluster = { connection: noConnection, agentNamespace: 'pwru' };
const agents = { ...cluster, agent: { kind: 'default' }, nodes: [] };
const list = { ...agents, output: 'table', headers: true };

describe('sub-commands', () => {
  test.each([
    ['functions', { ...list, functionRegex: undefined, backend: undefined, modules: [] }],
    [
      'functions tcp_.* --backend kprobe --kmods a --node n1 -o json --no-headers',
      {
        ...list,
        ...{ agent: { kind: 'cluster' }, nodes: ['n1'], output: 'json', headers: false },
        ...{ functionRegex: 'tcp_.*', backend: 'kprobe', modules: ['a'] },
      },
    ],
    [
      'functions --func tcp_.* --all-kmods --local',
      {
        ...list,
        agent: { kind: 'local' },
        ...{ functionRegex: 'tcp_.*', backend: undefined, modules: 'all' },
      },
    ],
    ['sessions', list],
    ['sessions --agent a:1', { ...list, agent: { kind: 'address', address: 'a:1' } }],
    ['status -o json', { ...list, output: 'json' }],
    ['doctor --local', { ...list, agent: { kind: 'local' } }],
    [
      'stop a n1.example/b a unix:/run/x.sock/c',
      {
        ...agents,
        sessions: [
          { node: undefined, id: 'a' },
          { node: 'n1.example', id: 'b' },
          { node: 'unix:/run/x.sock', id: 'c' },
        ],
      },
    ],
    [
      'stop --node n1 a',
      {
        ...agents,
        agent: { kind: 'cluster' },
        nodes: ['n1'],
        sessions: [{ node: undefined, id: 'a' }],
      },
    ],
    [
      'deploy',
      {
        ...cluster,
        ...{ image: undefined, printOnly: false, nodeSelector: {}, wait: true, timeoutMs: 120_000 },
        runtimeSocket: true,
      },
    ],
    [
      'deploy --image localhost:5000/pwru@sha256:00ff --print-only --node-selector a.b/c=d,e= --runtime-socket=false --wait=false --timeout 5m',
      {
        ...cluster,
        ...{ image: 'localhost:5000/pwru@sha256:00ff', printOnly: true, wait: false },
        runtimeSocket: false,
        ...{ nodeSelector: { 'a.b/c': 'd', e: '' }, timeoutMs: 300_000 },
      },
    ],
    [
      'undeploy --wait --agent-namespace x',
      { ...cluster, agentNamespace: 'x', wait: true, timeoutMs: 120_000 },
    ],
    ['version', { ...list, clientOnly: false }],
    ['version --client -o json', { ...list, output: 'json', clientOnly: true }],
    ['completion bash', { kind: 'bash' }],
    ['completion kubectl', { kind: 'kubectl' }],
  ])('%s', (line, options) => {
    const [kind = '', ...rest] = line.split(' ');
    expect(parseCommand([kind, ...rest])).toEqual({ kind, options });
  });

  test.each(['deploy', 'undeploy', 'status', 'sessions', 'stop x', 'functions', 'version'])(
    '%s -n NAME is where the agents are',
    (line) => {
      const words = line.split(' ');
      const namespaceOf = (...flags: string[]) => {
        const command = parseCommand([...words, ...flags]);
        return 'options' in command && 'agentNamespace' in command.options
          ? command.options.agentNamespace
          : undefined;
      };
      expect(namespaceOf('-n', 'monitoring')).toBe('monitoring');
      expect(namespaceOf('-n', 'shop', '--agent-namespace', 'monitoring')).toBe('monitoring');
      expect(namespaceOf('-n', '')).toBe('pwru');
      expect(() => namespaceOf('-n', 'No_Name')).toThrow('Cannot use --namespace No_Name: ');
    },
  );

  test('doctor -n NAME is where the pods are', () => {
    const command = parseCommand(['doctor', '-n', 'shop']);
    expect(command).toMatchObject({
      options: { agentNamespace: 'pwru', connection: { namespace: 'shop' } },
    });
  });

  test('are found behind flags', () => {
    expect(parseCommand(['--context', 'status', '-n', 'doctor', 'sessions']).kind).toBe('sessions');
  });

  test('--version is the version of this program alone', () => {
    expect(parseCommand(['--version'])).toEqual({
      kind: 'version',
      options: { ...list, clientOnly: true },
    });
  });

  test.each([
    [['__complete', 'pod/a', '--nam', ''], ['pod/a', '--nam', ''], true],
    [['__complete'], [], true],
    [['__completeNoDesc', '--', '-x'], ['--', '-x'], false],
  ])('%j leaves the words as they are', (args, words, descriptions) => {
    expect(parseCommand(args)).toEqual({ kind: 'complete', options: { words, descriptions } });
  });

  test.each<[string, string]>([
    ['sessions a', 'Cannot use "a" with sessions: it takes no words'],
    ['status -- tcp', 'Cannot use "--" with status: only a trace has a filter'],
    ['functions a b', 'Cannot use "b" with functions: it takes one word'],
    ['functions a --func b', 'Cannot use "a" together with --func: give the expression once'],
    ['stop', 'Cannot stop: name a session, as "kubectl pwru sessions" lists them'],
    ['stop a/', 'Cannot stop "a/": that is no id of a session'],
    ['stop /a', 'Cannot stop "/a": that is no id of a session'],
    ['stop a -- tcp', 'Cannot use "--" with stop: only a trace has a filter'],
    [
      'stop a -o json',
      'Cannot use -o with stop: it is a flag of trace, functions, sessions, status, doctor, version',
    ],
    [
      'deploy --dry-run=client -o yaml',
      'Cannot use --dry-run with deploy: it is a flag of trace; --print-only prints the manifests and applies nothing',
    ],
    [
      'deploy -f agents.yaml',
      'Cannot use -f: there is no such flag; --print-only prints the manifests, to be changed and applied with kubectl',
    ],
    ['stop a -f', 'Cannot use -f: there is no such flag'],
    ['deploy pod/a', 'Cannot use "pod/a" with deploy: it takes no words'],
    [
      'deploy --image=',
      'Cannot use --image "": it must be an image such as NAME:TAG or NAME@sha256:DIGEST',
    ],
    [
      'deploy --node-selector a',
      'Cannot use --node-selector a: it must be labels such as disk=ssd,zone=a, each key once',
    ],
    [
      'deploy --node-selector a=1,a=2',
      'Cannot use --node-selector a=1,a=2: it must be labels such as disk=ssd,zone=a, each key once',
    ],
    ['deploy --timeout 0', 'Cannot use --timeout 0: it must be longer than 0'],
    [
      'undeploy --local',
      'Cannot use --local with undeploy: it is a flag of trace, functions, sessions, status, doctor, version, stop',
    ],
    ['completion', 'Cannot complete for no shell: it must be one of bash, zsh, fish, kubectl'],
    ['completion csh', 'Cannot complete for "csh": it must be one of bash, zsh, fish, kubectl'],
    [
      'doctor --local --context a',
      'Cannot use --context together with --local: it is about a cluster',
    ],
  ])('refuses %s: %s', (line, message) => {
    expect(() => parseCommand(line.split(' '))).toThrow(new UsageError(message));
  });
});
