/** Parts of objects that are as long as those of a cluster at work: some 8 kB of JSON a pod, 20 kB a node. */

const time = '2026-11-24T12:00:00Z';

const environment = Array.from({ length: 12 }, (_, index) => ({
  name: `SERVICE_SETTING_${index}`,
  value: `https://config.example.com/settings/${index}?environment=production`,
}));

const probe = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10, timeoutSeconds: 2 };

function container(name: string): object {
  return {
    ...{ name, image: `registry.example.com/team/${name}:v1.24.3-20261124-5d8f7c9b6d` },
    ...{ env: environment, livenessProbe: probe, readinessProbe: probe },
    ports: [{ name: 'http', containerPort: 8080 }],
    resources: {
      requests: { cpu: '250m', memory: '512Mi' },
      limits: { cpu: '2', memory: '1Gi' },
    },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/service' },
      { name: 'cache', mountPath: '/var/cache/service' },
    ],
  };
}

/** Of a pod with a sidecar. */
export const workloadSpec = {
  automountServiceAccountToken: false,
  containers: [container('main'), container('proxy')],
  volumes: [
    { name: 'config', configMap: { name: 'service-config' } },
    { name: 'cache', emptyDir: {} },
  ],
};

export function podStatus(address: string): object {
  const running = (name: string) => ({
    ...{
      name,
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: time } },
    },
    image: `registry.example.com/team/${name}:v1.24.3-20261124-5d8f7c9b6d`,
    imageID: `registry.example.com/team/${name}@sha256:${'0123456789abcdef'.repeat(4)}`,
    containerID: `containerd://${'0123456789abcdef'.repeat(4)}`,
  });
  return {
    ...{ phase: 'Running', qosClass: 'Burstable', startTime: time },
    ...{ hostIP: '192.0.2.1', podIP: address, podIPs: [{ ip: address }] },
    conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
      ...{ type, status: 'True', lastTransitionTime: time },
    })),
    containerStatuses: [running('main'), running('proxy')],
  };
}

/** With the images that a node tells of, 50 unless its kubelet is told otherwise. */
export const nodeStatus = {
  addresses: [{ type: 'InternalIP', address: '192.0.2.1' }],
  capacity: { cpu: '64', memory: '256Gi', pods: '110' },
  allocatable: { cpu: '63', memory: '250Gi', pods: '110' },
  conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
    ...{ type, status: type === 'Ready' ? 'True' : 'False', reason: `Kubelet${type}` },
    ...{ message: 'kubelet is posting its status', lastHeartbeatTime: time },
    lastTransitionTime: time,
  })),
  images: Array.from({ length: 50 }, (_, index) => ({
    names: [
      `registry.example.com/team/service-${index}@sha256:${'0123456789abcdef'.repeat(4)}`,
      `registry.example.com/team/service-${index}:v1.24.3-20261124-5d8f7c9b6d`,
    ],
    sizeBytes: 123_456_789,
  })),
};
