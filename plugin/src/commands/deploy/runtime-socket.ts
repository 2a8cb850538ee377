/** The part of a pod that decides what the agent can reach of the node's /run. */
export interface AgentPodSpec {
  readonly containers: ReadonlyArray<{
    readonly name: string;
    readonly args?: readonly string[];
    readonly securityContext?: Readonly<Record<string, unknown>>;
    readonly volumeMounts?: ReadonlyArray<{ readonly name: string; readonly mountPath: string }>;
  }>;
  readonly volumes?:
    | ReadonlyArray<{ readonly name: string; readonly hostPath?: object }>
    | undefined;
}

const runVolume = 'host-run';

/** A group to which nobody's sockets are open: the agent's own. */
const ownGroup = 65_532;

/**
 * The agent's pod without the container runtime's socket, as deploy/without-runtime-socket makes it: it sees of the node's /run
 * the folder of network namespaces alone, and finds pods by their control groups.
 */
export function withoutRuntimeSocket<Pod extends AgentPodSpec>(pod: Pod): Pod {
  return {
    ...pod,
    containers: pod.containers.map((container) => ({
      ...container,
      args: [...(container.args ?? []), '--cri-socket='],
      securityContext: { ...container.securityContext, runAsGroup: ownGroup },
      volumeMounts: (container.volumeMounts ?? []).map((mount) =>
        mount.name === runVolume ? { ...mount, mountPath: `${mount.mountPath}/netns` } : mount,
      ),
    })),
    volumes: (pod.volumes ?? []).map((volume) =>
      volume.name === runVolume
        ? { ...volume, hostPath: { path: '/run/netns', type: 'DirectoryOrCreate' } }
        : volume,
    ),
  };
}
