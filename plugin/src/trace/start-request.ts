import { hostname, userInfo } from 'node:os';
import { pwru } from '../../../proto/gen/pwru.js';
import type { MachineTarget } from '../cli/machine-target.ts';
import { narrowFilter } from '../cli/packet-filter.ts';
import type { TraceOptions } from '../cli/trace-options.ts';
import { parseIpNetwork } from '../events/ip-address.ts';
import type { PodTarget } from '../targets/pod-source.ts';
import { protocolNumbers, type ReachedPort } from '../targets/service-ports.ts';
import { version } from '../version.ts';
import type { PodTargets } from './pod-states.ts';

/** Of StartTrace.client_name. */
const MAX_CLIENT_NAME_BYTES = 256;

/**
 * The session's request. --timeout is not part of it: the user means the time of tracing, and the agent would count
 * attaching too; the client stops the session itself, and the lease does when the client dies.
 */
export function startRequest(options: TraceOptions): pwru.v1.StartTrace.$Properties {
  return {
    targets: options.targets.map(target),
    filter: options.filter.text,
    functionRegex: options.functionRegex ?? '',
    backend: options.backend ?? '',
    modules: options.modules === 'all' ? [] : [...options.modules],
    allModules: options.modules === 'all',
    ...(options.mark === undefined ? {} : { mark: options.mark }),
    interfaceName: options.interfaceName ?? '',
    track: options.track ?? false,
    stack: options.stack,
    dropsOnly: options.dropsOnly,
    allDrops: options.allDrops,
    eventKinds: hearsOfEnds(options) ? [pwru.v1.EventKind.EVENT_KIND_END] : [],
    shortRepeats: true,
    clientName: clientName(),
  };
}

/** The table closes what was lost. */
function hearsOfEnds({ output, includePacketEnds }: TraceOptions): boolean {
  return output === 'table' || includePacketEnds;
}

function target(option: MachineTarget): pwru.v1.Target.$Properties {
  return option.kind === 'netns' ? { netnsName: option.name } : { pid: option.pid };
}

/** `kubectl-pwru 0.1.0 alice@laptop pid 4711`, for the agent's list of sessions. */
function clientName(): string {
  const name = `kubectl-pwru ${version} ${userName()}@${hostname()} pid ${process.pid}`;
  return Buffer.byteLength(name) <= MAX_CLIENT_NAME_BYTES ? name : `kubectl-pwru ${version}`;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // The user id has no entry in the user database, as in many containers.
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}

export interface ClusterRequest {
  readonly options: TraceOptions;
  /** Every packet of the node; else `targets` alone. */
  readonly whole: boolean;
  readonly targets: PodTargets;
  /** Of --from and --to. */
  readonly filterTerms: readonly string[];
}

/** While there is only one node nobody needs them; there may be more at any time. */
const WATERMARK_INTERVAL_MS = 100;
/** Of StartTrace.ports. */
const MAX_PORTS = 512;
/** Of StartTrace.addresses. */
const MAX_ADDRESSES = 256;

/** The request for a session on a node of a cluster. @throws UsageError when the filter becomes too long */
export function clusterRequest(request: ClusterRequest): pwru.v1.StartTrace.$Properties {
  const { options, whole, targets, filterTerms } = request;
  const isMerged = options.sort === 'time' && options.scope.maxNodes > 1;
  return {
    ...startRequest({ ...options, filter: narrowFilter(options.filter, filterTerms) }),
    podsOnly: !whole,
    targets: whole ? [] : targets.pods.map((pod) => ({ pod })),
    addresses: whole ? [] : [...targets.addresses],
    ports: whole ? [] : [...targets.ports],
    expectsPods: !whole && mayHaveMorePods(options),
    track: options.track ?? true,
    watermarkIntervalMs: isMerged ? WATERMARK_INTERVAL_MS : 0,
  };
}

/** Whether pods may become targets that are not made yet, and whose names are not known. */
function mayHaveMorePods({ scope }: TraceOptions): boolean {
  return scope.selection !== undefined || scope.targets.some(({ kind }) => kind !== 'pod');
}

/** Of services, as texts: what agents take of them. */
export function addressTargets(addresses: readonly string[]): Uint8Array[] {
  return addresses
    .flatMap((address) => parseIpNetwork(address)?.address ?? [])
    .slice(0, MAX_ADDRESSES);
}

/** Ports, each once: what agents take of them. */
export function portTargets(ports: readonly ReachedPort[]): pwru.v1.PortTarget.$Properties[] {
  const unique = new Map(
    ports.map(({ address, port, protocol }) => [
      `${address} ${port} ${protocol}`,
      { address, port, protocol },
    ]),
  );
  return [...unique.values()].slice(0, MAX_PORTS).flatMap(({ address, port, protocol }) => {
    const target = { port, protocol: protocolNumbers[protocol] };
    if (address === undefined) return [target];
    const bytes = parseIpNetwork(address)?.address;
    return bytes === undefined ? [] : [{ ...target, address: bytes }];
  });
}

/** A pod as the agent is to follow it. */
export function podTarget(
  { namespace, name, uid, followName, addressesOnly }: PodTarget,
  { scope }: TraceOptions,
): pwru.v1.PodTarget.$Properties {
  const { HOST_NETWORK_REFUSE, HOST_NETWORK_NODE } = pwru.v1.HostNetwork;
  return {
    ...{ namespace, name },
    // The next pod of the name is traced by the agent at once, without waiting for the API server and for us.
    uid: followName ? '' : uid,
    addressesOnly,
    hostNetwork: scope.hostNetwork === 'node' ? HOST_NETWORK_NODE : HOST_NETWORK_REFUSE,
  };
}
