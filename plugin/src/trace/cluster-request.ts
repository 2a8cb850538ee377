import { pwru } from '../../../proto/gen/pwru.js';
import { narrowFilter } from '../args/packet-filter.ts';
import type { TraceOptions } from '../args/trace-options.ts';
import { parseIpNetwork } from '../ip-address.ts';
import { startRequest } from '../start-request.ts';
import type { PodTarget } from '../targets/pod-target.ts';
import { protocolNumbers, type ReachedPort } from '../targets/service-ports.ts';
import type { PodTargets } from './pod-states.ts';

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
