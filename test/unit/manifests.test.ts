import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseFlags } from '../../agent/src/agent-flags.ts';
import packageJson from '../../package.json' with { type: 'json' };

/*
 * What must hold of deploy/ and of the Dockerfile whatever is changed in them. That they work is tested on a cluster.
 */

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'deploy');

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly rules?: readonly Rule[];
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly ports: ReadonlyArray<{ readonly name: string; readonly containerPort: number }>;
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly resources: { readonly limits: Readonly<Record<string, string>> };
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly volumeMounts: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

interface DaemonSet extends Manifest {
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly hostNetwork: boolean;
        readonly hostPID: boolean;
        readonly nodeSelector: object;
        readonly tolerations: object;
        readonly securityContext: object;
        readonly containers: readonly Container[];
        readonly volumes: ReadonlyArray<{ readonly hostPath: { readonly path: string } }>;
      };
    };
  };
}

const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const manifestFiles = files.filter((name) => name !== 'kustomization.yaml');
const manifests = manifestFiles.flatMap(
  (name) => loadAll(readFileSync(join(folder, name), 'utf8')) as Manifest[],
);

function find(kind: string, name: string): Manifest {
  const found = manifests.find((each) => each.kind === kind && each.metadata.name === name);
  if (found === undefined) throw new Error(`There is no ${kind} ${name} in deploy/`);
  return found;
}

const daemonSet = find('DaemonSet', 'pwru-agent') as DaemonSet;
const pod = daemonSet.spec.template.spec;
const [agent] = pod.containers as readonly [Container, ...Container[]];

/** Verbs that a role has on a resource. */
function verbsOn(role: Manifest, resource: string): string[] {
  return (role.rules ?? [])
    .filter(({ resources }) => resources.includes(resource))
    .flatMap(({ verbs }) => [...verbs]);
}

describe('deploy/', () => {
  test('kustomization.yaml lists every manifest', () => {
    const { resources } = load(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as {
      resources: string[];
    };
    expect([...resources].sort()).toEqual([...manifestFiles].sort());
  });

  test('every object is labelled, and in namespace pwru if in any', () => {
    const namespaced = ['ServiceAccount', 'Role', 'NetworkPolicy', 'DaemonSet'];
    for (const { kind, metadata } of manifests) {
      expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'pwru' });
      expect(metadata.namespace).toBe(namespaced.includes(kind) ? 'pwru' : undefined);
    }
    expect(manifests.map(({ kind }) => kind)).toEqual(expect.arrayContaining(namespaced));
  });

  test('the namespace admits the agent where Pod Security is enforced', () => {
    expect(find('Namespace', 'pwru').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'privileged',
    });
  });
});

describe('the DaemonSet', () => {
  test("shares none of the node's namespaces", () => {
    expect(pod).toMatchObject({ hostNetwork: false, hostPID: false });
    expect(pod).not.toHaveProperty('hostIPC');
  });

  test('is not root, and has five capabilities and no more', () => {
    expect(pod.containers).toHaveLength(1);
    expect(pod).not.toHaveProperty('initContainers');
    expect(agent.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 0,
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: {
        drop: ['ALL'],
        add: ['BPF', 'PERFMON', 'SYSLOG', 'SYS_PTRACE', 'DAC_READ_SEARCH'],
      },
    });
    expect(pod.securityContext).toMatchObject({ seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('writes nothing on the node', () => {
    expect(agent.volumeMounts).not.toEqual([]);
    for (const mount of agent.volumeMounts) {
      expect(mount).toMatchObject({ readOnly: true });
      expect(mount['mountPropagation']).not.toBe('Bidirectional');
    }
    expect(pod.volumes.map(({ hostPath }) => hostPath.path).sort()).toEqual([
      '/proc',
      '/run',
      '/sys/class',
      '/sys/devices',
      '/sys/kernel',
    ]);
  });

  test('sees what is mounted on the node later: namespaces of pods, tracefs', () => {
    const mounts = agent.volumeMounts.filter(
      ({ mountPropagation }) => mountPropagation === 'HostToContainer',
    );
    expect(mounts.map(({ mountPath }) => mountPath)).toEqual(['/host/run', '/sys/kernel']);
  });

  test('names an image and flags that the agent takes; gRPC is on loopback', () => {
    expect(agent.image).toBe(`localhost/pwru-agent:${packageJson.version}`);
    expect(parseFlags(agent.args, { node: 'node', isInPod: true })).toMatchObject({
      kind: 'serve',
      flags: {
        socketPath: undefined,
        listenAddress: '127.0.0.1:7979',
        allowRemote: false,
        httpAddress: { host: '', port: 9090 },
        pods: { hostRun: '/host/run', hostProc: '/host/proc', hostSys: '/host/sys' },
        nodeFolders: { run: '/host/run', proc: '/host/proc' },
      },
    });
    expect(agent.ports).toEqual([
      { name: 'grpc', containerPort: 7979 },
      { name: 'http', containerPort: 9090 },
    ]);
  });

  test('is asked over HTTP how it is', () => {
    expect([
      agent.startupProbe.httpGet,
      agent.livenessProbe.httpGet,
      agent.readinessProbe.httpGet,
    ]).toEqual([
      { path: '/healthz', port: 'http' },
      { path: '/healthz', port: 'http' },
      { path: '/readyz', port: 'http' },
    ]);
  });

  test('runs on every Linux node, within limits', () => {
    expect(pod.tolerations).toEqual([{ operator: 'Exists' }]);
    expect(pod.nodeSelector).toEqual({ 'kubernetes.io/os': 'linux' });
    expect(Object.keys(agent.resources.limits).sort()).toEqual(['cpu', 'memory']);
  });

  test('selects the pods that it makes, and the network policy the same', () => {
    const policy = find('NetworkPolicy', 'pwru-agent') as Manifest & {
      spec: { podSelector: { matchLabels: object }; ingress: object };
    };
    expect(daemonSet.spec.template.metadata.labels).toMatchObject(
      daemonSet.spec.selector.matchLabels,
    );
    expect(policy.spec.podSelector.matchLabels).toEqual(daemonSet.spec.selector.matchLabels);
    expect(policy.spec.ingress).toEqual([{ ports: [{ port: 'http', protocol: 'TCP' }] }]);
  });
});

describe('the roles', () => {
  test('the agent lists and watches pods, and nothing else', () => {
    expect(find('ClusterRole', 'pwru-agent').rules).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
    ]);
  });

  test('a user reaches agents by both verbs of port-forward, in their namespace only', () => {
    const role = find('Role', 'pwru-agents');
    expect(verbsOn(role, 'pods/portforward')).toEqual(['get', 'create']);
    const elsewhere = manifests.filter((each) => each !== role);
    expect(elsewhere.flatMap((each) => verbsOn(each, 'pods/portforward'))).toEqual([]);
  });

  test('nobody may write, execute or read secrets', () => {
    const rules = manifests.flatMap((each) => each.rules ?? []);
    expect(rules.length).toBeGreaterThan(8);
    for (const { resources, verbs, apiGroups } of rules) {
      expect([...resources, ...verbs, ...apiGroups]).not.toContain('*');
      for (const forbidden of ['secrets', 'configmaps', 'pods/exec', 'pods/ephemeralcontainers']) {
        expect(resources).not.toContain(forbidden);
      }
      const reading = ['get', 'list', 'watch'];
      const allowed = resources.includes('pods/portforward') ? [...reading, 'create'] : reading;
      expect(verbs.filter((verb) => !allowed.includes(verb))).toEqual([]);
    }
  });

  test('the roles of users are bound to nobody', () => {
    const bindings = manifests.filter(({ kind }) => kind.endsWith('Binding'));
    expect(bindings).toMatchObject([
      {
        roleRef: { name: 'pwru-agent' },
        subjects: [{ kind: 'ServiceAccount', name: 'pwru-agent', namespace: 'pwru' }],
      },
    ]);
  });
});

describe('the Dockerfile', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

  test('labels the image with the version of the package', () => {
    expect(dockerfile).toContain(`org.opencontainers.image.version="${packageJson.version}"`);
  });

  test('permits what the DaemonSet adds, and its user is that of the DaemonSet', () => {
    const permitted = /setcap (\S+)\+p /.exec(dockerfile)?.[1];
    const { capabilities, runAsUser, runAsGroup } = agent.securityContext as {
      capabilities: { add: string[] };
      runAsUser: number;
      runAsGroup: number;
    };
    expect(permitted?.split(',')).toEqual(
      capabilities.add.map((name) => `cap_${name.toLowerCase()}`),
    );
    expect(dockerfile).toContain(`USER ${runAsUser}:${runAsGroup}\n`);
  });

  test('.dockerignore lets in what is copied', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, paths = '']) => paths.split(' '),
    );
    const allowed = readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(copied.length).toBeGreaterThan(5);
    expect([...new Set(copied)].sort()).toEqual([...allowed].sort());
  });
});
