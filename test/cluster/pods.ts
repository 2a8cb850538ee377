import type { Cluster } from './lab/cluster.ts';
import { namedClusterSettings } from './lab/named-cluster.ts';
import { podImage } from './lab/pod-image.ts';

export interface PodSpec {
  readonly namespace: string;
  readonly name: string;
  /** What it runs; it sleeps unless given. */
  readonly command?: readonly string[];
  /** Name of the node; the scheduler's choice unless given. */
  readonly node?: string;
  readonly image?: string;
  /** Fields of the container's securityContext. */
  readonly security?: object;
  /** Paths on the node that it has at the same path. */
  readonly hostPaths?: readonly string[];
  /** Of the container's fields: livenessProbe and its kind. */
  readonly probes?: object;
  /** How long it may take until it is ready. */
  readonly readyWithinS?: number;
}

/** The spec of a pod with one container, as for a DaemonSet's template. */
export function podTemplate(spec: Omit<PodSpec, 'namespace' | 'name' | 'readyWithinS'>): object {
  const { command, node, security, probes, hostPaths = [] } = spec;
  const named = namedClusterSettings();
  const volumes = hostPaths.map((path, index) => ({ name: `v${index}`, hostPath: { path } }));
  const container = {
    name: 'main',
    image: spec.image ?? named?.podImage ?? podImage,
    imagePullPolicy: named === undefined ? 'Never' : 'IfNotPresent',
    ...(command === undefined ? {} : { command }),
    ...probes,
    ...(security === undefined ? {} : { securityContext: security }),
    volumeMounts: hostPaths.map((mountPath, index) => ({ name: `v${index}`, mountPath })),
  };
  return {
    // busybox, as process 1, takes no SIGTERM.
    terminationGracePeriodSeconds: 0,
    ...(node === undefined ? {} : { nodeName: node }),
    containers: [container],
    volumes,
  };
}

/** Starts a pod and waits until it is ready. @returns its IPv4 address */
export async function startPod(cluster: Cluster, spec: PodSpec): Promise<string> {
  const { namespace, name, readyWithinS = 60 } = spec;
  await cluster.apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name },
    spec: podTemplate(spec),
  });
  const pod = ['-n', namespace, `pod/${name}`];
  await cluster.kubectl(['wait', '--for=condition=Ready', `--timeout=${readyWithinS}s`, ...pod], {
    timeoutMs: (readyWithinS + 10) * 1_000,
  });
  return cluster.kubectl(['get', ...pod, '-o', 'jsonpath={.status.podIP}']);
}
