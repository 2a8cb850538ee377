import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { podImage } from './pod-image.ts';

export interface NodeConfigSpec {
  readonly name: string;
  readonly address: string;
  readonly podSubnet: string;
  /** Path of the control group of all its pods, from the root of the hierarchies. */
  readonly controlGroup: string;
  /** The node's own folder. */
  readonly folder: string;
  /** Path of the authority's certificate, and of the node's certificate as a server. */
  readonly authority: string;
  readonly serving: { readonly certificate: string; readonly key: string };
  /** Path of the folder with Debian's packages. */
  readonly programs: string;
  /** Of the kubelet's configuration what is this node's own. */
  readonly kubelet: object;
}

export const containerdSocket = '/run/containerd/containerd.sock';

/** Writes what containerd, CNI and the kubelet read into the node's folder. */
export async function writeNodeConfig(spec: NodeConfigSpec): Promise<void> {
  const { folder } = spec;
  await mkdir(join(folder, 'cni'), { recursive: true });
  await writeFile(join(folder, 'cni', '10-bridge.conflist'), JSON.stringify(cniConfig(spec)));
  await writeFile(join(folder, 'containerd.toml'), containerdConfig(spec));
  await writeFile(join(folder, 'kubelet.json'), JSON.stringify(kubeletConfig(spec)));
  await writeFile(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
}

function cniConfig({ podSubnet }: NodeConfigSpec) {
  const bridge = {
    type: 'bridge',
    bridge: 'cni0',
    isGateway: true,
    ipMasq: false,
    hairpinMode: true,
    ipam: {
      type: 'host-local',
      ranges: [[{ subnet: podSubnet }]],
      routes: [{ dst: '0.0.0.0/0' }],
    },
  };
  return { cniVersion: '0.4.0', name: 'lab', plugins: [bridge] };
}

/** Oom scores stay as they are: lowering one takes CAP_SYS_RESOURCE, which virtual machines of some clouds do not give. */
function containerdConfig({ folder, programs }: NodeConfigSpec): string {
  return `version = 2
oom_score = 0
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs",
  "io.containerd.internal.v1.opt",
]
[grpc]
  address = "${containerdSocket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${podImage}"
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${join(programs, 'usr/lib/cni')}"
    conf_dir = "${join(folder, 'cni')}"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      BinaryName = "${join(programs, 'usr/sbin/runc')}"
      SystemdCgroup = false
`;
}

function kubeletConfig(spec: NodeConfigSpec) {
  const { address, controlGroup, folder, authority, serving } = spec;
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address,
    readOnlyPort: 0,
    healthzPort: 0,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: authority },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: serving.certificate,
    tlsPrivateKeyFile: serving.key,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${controlGroup}`,
    enforceNodeAllocatable: [],
    oomScoreAdj: 0,
    failSwapOn: false,
    makeIPTablesUtilChains: false,
    resolvConf: join(folder, 'resolv.conf'),
    // The disk is the machine's, and what it is filled with is not the node's.
    imageGCHighThresholdPercent: 100,
    evictionHard: {
      'memory.available': '50Mi',
      'nodefs.available': '0%',
      'imagefs.available': '0%',
      'nodefs.inodesFree': '0%',
    },
    registryPullQPS: 0,
    eventRecordQPS: 0,
    ...spec.kubelet,
  };
}
