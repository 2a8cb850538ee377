import { describe, expect, test } from 'vitest';
import { noConnection } from '../../testing/no-connection.ts';
import { parseCommand } from './parse-command.ts';
import { type TraceOptions, tracePlace } from './trace-options.ts';
import { UsageError } from './values.ts';

function parseTrace(line: string): TraceOptions {
  const command = parseCommand(line === '' ? ['trace'] : line.split(' '));
  if (command.kind !== 'trace') throw new Error(`Got ${command.kind}`);
  return command.options;
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.message;
    throw thrown;
  }
  throw new Error('There was no error');
}

describe('targets of a cluster', () => {
  test.each([
    ['foo', 'pod', 'foo'],
    ['pod/foo', 'pod', 'foo'],
    ['po/foo', 'pod', 'foo'],
    ['pods/foo', 'pod', 'foo'],
    ['Pod/foo', 'pod', 'foo'],
    ['pod/status', 'pod', 'status'],
    ['pod/deploy', 'pod', 'deploy'],
    ['foo.bar-1', 'pod', 'foo.bar-1'],
    ['deploy/web', 'deployment', 'web'],
    ['deployment/web', 'deployment', 'web'],
    ['deployments/web', 'deployment', 'web'],
    // As `kubectl get -o name` prints them.
    ['deployment.apps/web', 'deployment', 'web'],
    ['deployments.v1.apps/web', 'deployment', 'web'],
    ['cronjob.batch/x', 'cronjob', 'x'],
    ['sts/db', 'statefulset', 'db'],
    ['ds/agent', 'daemonset', 'agent'],
    ['rs/web-1', 'replicaset', 'web-1'],
    ['rc/old', 'replicationcontroller', 'old'],
    ['job/once', 'job', 'once'],
    ['cj/nightly', 'cronjob', 'nightly'],
    ['cronjob/nightly', 'cronjob', 'nightly'],
    ['svc/web', 'service', 'web'],
    ['services/web', 'service', 'web'],
    ['node/n1', 'node', 'n1'],
    ['no/n1.example', 'node', 'n1.example'],
  ])('%s is %s %s', (word, kind, name) => {
    const { scope, agent } = parseTrace(word);
    expect(scope.targets).toEqual([{ kind, name }]);
    expect(agent).toEqual({ kind: 'cluster' });
  });

  test('may be of other namespaces', () => {
    expect(parseTrace('shop/svc/web --to db/po/x-0')).toMatchObject({
      scope: { targets: [{ namespace: 'shop', kind: 'service', name: 'web' }] },
      peers: [{ flag: 'to', target: { namespace: 'db', kind: 'pod', name: 'x-0' } }],
    });
  });

  test('are several at once', () => {
    expect(parseTrace('a deploy/b node/c').scope.targets).toEqual([
      { kind: 'pod', name: 'a' },
      { kind: 'deployment', name: 'b' },
      { kind: 'node', name: 'c' },
    ]);
  });
});

describe('clusterScope', () => {
  test.each([
    ['-l app=web', { allNamespaces: false, labelSelector: 'app=web', fieldSelector: undefined }],
    ['-A', { allNamespaces: true, labelSelector: undefined, fieldSelector: undefined }],
    ['--all', { allNamespaces: false, labelSelector: undefined, fieldSelector: undefined }],
    ['--selector=', { allNamespaces: false, labelSelector: undefined, fieldSelector: undefined }],
    [
      '-A -l a!=b --field-selector spec.nodeName=n1',
      { allNamespaces: true, labelSelector: 'a!=b', fieldSelector: 'spec.nodeName=n1' },
    ],
  ])('selects pods by %s', (line, selection) => {
    const { scope, agent } = parseTrace(line);
    expect(scope.selection).toEqual(selection);
    expect(agent).toEqual({ kind: 'cluster' });
  });

  test('takes nodes from repeated lists', () => {
    const { scope } = parseTrace('--node a,b --node b,c --max-nodes 3 --host-network node');
    expect(scope).toMatchObject({ nodes: ['a', 'b', 'c'], maxNodes: 3, hostNetwork: 'node' });
  });

  test('traces both ends when nothing else is named', () => {
    const { scope, peers } = parseTrace('--from client --to svc/web');
    expect(scope.targets).toEqual([
      { kind: 'pod', name: 'client' },
      { kind: 'service', name: 'web' },
    ]);
    expect(peers).toEqual([
      { flag: 'from', target: { kind: 'pod', name: 'client' } },
      { flag: 'to', target: { kind: 'service', name: 'web' } },
    ]);
    expect(parseTrace('pod/a --to svc/web').scope.targets).toEqual([{ kind: 'pod', name: 'a' }]);
    expect(parseTrace('--all --to svc/web').scope.targets).toEqual([]);
  });

  test('lets addresses of --from and --to be part of the filter', () => {
    const { peers, filter, agent } = parseTrace('--from 10.0.0.1 --to 10.0.0.0/8');
    expect(peers).toEqual([]);
    expect(filter.text).toBe('src host 10.0.0.1 and dst net 10.0.0.0/8');
    expect(agent).toEqual({ kind: 'default' });
  });

  test.each([
    ['a -l x=y', "Cannot use -l together with a target's name: it is one of them"],
    ['a -A', "Cannot use -A together with a target's name: it is one of them"],
    [
      'a --all --field-selector x=y',
      "Cannot use --field-selector and --all together with a target's name: it is one of them",
    ],
    ['--node a --all-nodes', 'Cannot use --node together with --all-nodes: it is one of them'],
    [
      'deploy/a --all-nodes',
      'Cannot use --all-nodes together with pods: they are followed to whatever node they are on',
    ],
    [
      '-A --all-nodes',
      'Cannot use --all-nodes together with pods: they are followed to whatever node they are on',
    ],
    ['node/a --node b', 'Cannot use --node together with node/a: it is one of them'],
    ['--node a,', 'Cannot use --node a,: it must be names separated by commas, none of them empty'],
    ['--max-nodes 0', 'Cannot use --max-nodes 0: it must be a number of nodes, 1 or more'],
    ['--host-network cgroup', 'Cannot use --host-network cgroup: it must be node'],
    ['--field-selector=', 'Cannot use --field-selector "": it must not be empty'],
    [
      '-n A',
      'Cannot use --namespace A: a namespace has 1 to 63 lower case letters, digits and "-", and begins and ends with a letter or a digit',
    ],
    [
      '--from a/b',
      'Cannot use --from a/b: it must be a pod, KIND/NAME such as svc/web, an IP address or a network such as 10.0.0.0/8',
    ],
    [
      '--to 10.0.0.0/33',
      'Cannot use --to 10.0.0.0/33: it must be a pod, KIND/NAME such as svc/web, an IP address or a network such as 10.0.0.0/8',
    ],
  ])('refuses %s: %s', (line, message) => {
    expect(messageOf(() => parseTrace(line))).toBe(message);
  });

  test('lets --all-nodes stand beside a service and alone', () => {
    expect(parseTrace('svc/web --all-nodes').scope.allNodes).toBe(true);
    expect(parseTrace('--all-nodes').scope.allNodes).toBe(true);
  });
});

describe('connection flags', () => {
  test('are those of kubectl', () => {
    const line =
      '--kubeconfig k --context c --cluster cl --user u -n ns -s https://h:1 --tls-server-name t ' +
      '--insecure-skip-tls-verify --certificate-authority ca --client-certificate cc --client-key ck --token to ' +
      '--username un --password pw --as alice --as-group g1 --as-group g,2 --as-uid 7 --request-timeout 1m ' +
      '--agent-namespace agents';
    for (const command of ['trace', 'status', 'deploy', 'stop x']) {
      const parsed = parseCommand([...command.split(' '), ...line.split(' ')]);
      if (!('options' in parsed) || !('connection' in parsed.options)) throw new Error(parsed.kind);
      expect(parsed.options).toMatchObject({
        agentNamespace: 'agents',
        connection: {
          kubeconfig: 'k',
          context: 'c',
          cluster: 'cl',
          user: 'u',
          namespace: 'ns',
          server: 'https://h:1',
          tlsServerName: 't',
          insecureSkipTlsVerify: true,
          certificateAuthority: 'ca',
          clientCertificate: 'cc',
          clientKey: 'ck',
          token: 'to',
          username: 'un',
          password: 'pw',
          as: 'alice',
          asGroups: ['g1', 'g,2'],
          asUid: '7',
          requestTimeoutMs: 60_000,
        },
      });
    }
    expect(parseTrace('--context c').agent).toEqual({ kind: 'cluster' });
  });

  test('that are empty are as good as none, and a timeout of 0 is none', () => {
    const { connection } = parseTrace('--context= --token= --request-timeout 0');
    expect(connection).toEqual({ ...noConnection, requestTimeoutMs: 0 });
  });
});

describe('tracePlace', () => {
  const place = (line: string, cluster?: string) => tracePlace(parseTrace(line), cluster);

  test.each([
    ['--local', '/config', { kind: 'local' }],
    ['--agent a:1', '/config', { kind: 'address', address: 'a:1' }],
    ['netns/a', undefined, { kind: 'local' }],
    ['pod/a', undefined, { kind: 'cluster' }],
    ['--all -n x', undefined, { kind: 'cluster' }],
    ['pod/a', '/config', { kind: 'cluster' }],
    ['--node n1', '/config', { kind: 'cluster' }],
    ['--all-nodes', '/config', { kind: 'cluster' }],
  ])('of "%s" with cluster %s is %j', (line, cluster, expected) => {
    expect(place(line, cluster)).toEqual(expected);
  });

  test('asks for a target in a cluster', () => {
    const message =
      'Cannot trace: name a target such as pod/NAME, svc/NAME or node/NAME, or use -l, --all, -A or --all-nodes; --local traces this machine';
    expect(messageOf(() => place('-o json', '/config'))).toBe(message);
    expect(messageOf(() => place('-n x'))).toBe(message);
  });

  test.each(['-o json', '--drops', '-- tcp port 80'])(
    'of "%s" without a cluster is nowhere: the whole machine is traced when --local says so',
    (line) => {
      expect(messageOf(() => place(line))).toBe(
        'Cannot trace: there is no kubeconfig and no target; --local traces this machine, --kubeconfig names a cluster',
      );
    },
  );

  test("does not take a machine's target for the cluster's", () => {
    expect(messageOf(() => place('netns/a', '/config'))).toBe(
      'Cannot trace netns/a in the cluster of /config: use --local for this machine, or --agent ADDRESS for an agent elsewhere',
    );
  });
});
