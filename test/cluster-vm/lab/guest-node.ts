import { join } from 'node:path';
import { ResourceStack } from '../../../agent/src/core/resource.ts';
import { hasKubelet, kubeletFlags } from '../../cluster/lab/kubelet.ts';
import type { NetworkStack } from '../../cluster/lab/network-stack.ts';
import { containerdSocket } from '../../cluster/lab/node-config.ts';
import { writeNodeFiles } from '../../cluster/lab/node-files.ts';
import type { NodeFacts } from '../../cluster/lab/node-handle.ts';
import { type OwnedCluster, podSubnetOf } from '../../cluster/lab/start-cluster.ts';
import { bootGuest, type Guest } from '../../vm/lab/guest.ts';
import type { GuestProcess } from '../../vm/lab/guest-process.ts';
import { makeImageStore } from './image-store.ts';
import { untilReached } from './until-reached.ts';

export interface GuestNodeSpec {
  readonly name: string;
  /** Not that of another node of the cluster; its addresses come of it. */
  readonly number: number;
  /** A Debian cloud kernel series. */
  readonly kernel: string;
  /** Paths of OCI archives that it has from the start, beside the cluster's own. */
  readonly images: readonly string[];
  /** How far its clock is ahead of this machine's. */
  readonly clockAheadMs: number;
}

/** Milliseconds that the steps of joining took. */
export interface JoinTimes {
  readonly imagesMs: number;
  readonly bootMs: number;
  /** All of it. */
  readonly readyMs: number;
}

const script = join(import.meta.dirname, 'guest-node.sh');
const memoryMib = 3_072;
const stepMs = 300_000;
/** A kubelet that looks at everything as often as usual takes a third of an emulated CPU. */
const kubeletConfig = {
  ...{ nodeStatusUpdateFrequency: '10s', nodeStatusReportFrequency: '1m' },
  // With groups by quality of service it lists all their files every two seconds, once for each controller.
  cgroupsPerQOS: false,
  // Nobody asks how full volumes are, and nothing is evicted.
  volumeStatsAggPeriod: '-1s',
  evictionHard: {},
  featureGates: { LocalStorageCapacityIsolation: false },
};
const calm = ['--housekeeping-interval=60s', '--global-housekeeping-interval=5m'];

/** A lab guest as a node of a cluster whose other nodes are on this machine's kernel. Disposing it is a power cut. */
export class GuestNode implements AsyncDisposable {
  readonly name: string;
  readonly guest: Guest;
  readonly times: JoinTimes;
  readonly #containerd: string;
  readonly #resources: ResourceStack;

  private constructor(parts: {
    name: string;
    guest: Guest;
    times: JoinTimes;
    containerd: string;
    resources: ResourceStack;
  }) {
    this.name = parts.name;
    this.guest = parts.guest;
    this.times = parts.times;
    this.#containerd = parts.containerd;
    this.#resources = parts.resources;
  }

  /**
   * Boots a guest and makes it a node; resolves when the node is ready.
   * @throws Error with the end of the log of what does not come up
   */
  static async join(cluster: OwnedCluster, spec: GuestNodeSpec): Promise<GuestNode> {
    const { ground } = cluster;
    const { network, programs, kubernetes } = ground;
    const { name, number, kernel, images, clockAheadMs } = spec;
    const facts: NodeFacts = {
      name,
      address: network.addressOf(number),
      podSubnet: podSubnetOf(number),
      folder: join(ground.clusterFolder, name),
      programs,
    };
    const startMs = performance.now();
    await using stack = new ResourceStack();
    // Before the boot: later changes of this machine's files do not reach a guest.
    await writeNodeFiles(ground, facts, { controlGroup: '', kubelet: kubeletConfig });
    const store = await makeImageStore({
      ...{ folder: join(facts.folder, 'images'), programs },
      images: [...ground.images, ...images],
    });
    const imagesMs = performance.now() - startMs;
    const tap = `tap${number}`;
    const guest = stack.use(
      await bootGuest({
        ...{ kernel, cpus: 1, memoryMib, clockAheadMs },
        network: {
          namespace: network.controlPlane.enter,
          tap,
          hardwareAddress: `52:54:00:c6:12:${number.toString(16).padStart(2, '0')}`,
        },
      }),
    );
    const bootMs = performance.now() - startMs - imagesMs;
    await guest.mustRun(`bash ${script} ${name} ${store}`, { timeoutMs: stepMs });
    const { address, podSubnet } = facts;
    const connection = { stack: networkOf(guest), wire: { tap }, address, podSubnet };
    stack.defer(() => network.disconnect(connection));
    await network.connect(connection);

    const containerd = await startProgram(guest, join(programs, 'usr/bin/containerd'), [
      ...['--config', join(facts.folder, 'containerd.toml')],
    ]);
    await untilReached(containerd, {
      goal: `run containerd on ${name}`,
      isReached: async () => (await guest.run(`test -S ${containerdSocket}`)).exitCode === 0,
    });
    const kubelet = await startProgram(guest, join(kubernetes, 'kubelet'), [
      ...kubeletFlags(facts),
      ...calm,
    ]);
    await untilReached(kubelet, {
      goal: `run a kubelet on ${name}`,
      isReached: () => hasKubelet(facts),
    });
    const state = '{.status.conditions[?(@.type=="Ready")].status} {.spec.taints}';
    const ask = ['get', 'node', name, '-o', `jsonpath=${state}`];
    await untilReached(kubelet, {
      goal: `make ${name} ready`,
      isReached: async () => (await cluster.kubectl(ask).catch(() => '')) === 'True ',
    });
    const ctr = `${join(programs, 'usr/bin/ctr')} -n k8s.io`;
    const times = { bootMs, imagesMs, readyMs: performance.now() - startMs };
    return new GuestNode({ name, guest, times, containerd: ctr, resources: stack.move() });
  }

  /** Path, in the guest, of the network namespace of a pod's only container. */
  async podNetwork(namespace: string, pod: string): Promise<string> {
    const labels = `labels."io.kubernetes.pod.namespace"==${namespace},labels."io.kubernetes.pod.name"==${pod},labels."io.cri-containerd.kind"==container`;
    const ctr = this.#containerd;
    const pid = await this.guest.mustRun(
      `id=$(${ctr} containers list -q '${labels}') && ${ctr} tasks list | awk -v id="$id" '$1 == id { printf $2 }'`,
    );
    if (!/^\d+$/.test(pid))
      throw new Error(`There is no container of ${namespace}/${pod} on ${this.name}`);
    return `/proc/${pid}/ns/net`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]();
  }
}

function networkOf(guest: Guest): NetworkStack {
  return {
    async ip(commands) {
      await guest.mustRun(`ip -batch - <<'END'\n${commands.join('\n')}\nEND`);
    },
    async sysctl(settings) {
      await guest.mustRun(`sysctl -q -w ${settings.map((setting) => `net.${setting}`).join(' ')}`);
    },
  };
}

/** Starts a program that runs until the guest ends. Its log is in the guest's memory. */
function startProgram(
  guest: Guest,
  program: string,
  args: readonly string[],
): Promise<GuestProcess> {
  const name = program.slice(program.lastIndexOf('/') + 1);
  const folder = program.slice(0, -name.length - 1);
  const words = [program, ...args].map((word) => `'${word}'`).join(' ');
  // containerd looks for its shim in the PATH. Memory is cheaper here than its collection.
  return guest.start(`GOGC=400 PATH=${folder}:$PATH exec ${words} 2>&1`);
}
