import { pwru } from '../../../proto/gen/pwru.js';
import { narrowFilter } from '../args/packet-filter.ts';
import type { TraceOptions } from '../args/trace-options.ts';
import { startRequest } from '../start-request.ts';
import type { PodTarget } from '../targets/pod-target.ts';

/**
 * What is traced on a node: `pods` that are told to the agent, and may change; `whole`: every packet; `clients`: every packet
 * from or to the service, before and after its address is translated.
 */
export type NodeScope =
  | { readonly kind: 'pods' }
  | { readonly kind: 'whole' }
  | { readonly kind: 'clients'; readonly addresses: readonly string[] };

export interface ClusterRequest {
  readonly options: TraceOptions;
  readonly scope: NodeScope;
  readonly pods: readonly pwru.v1.PodTarget.$Properties[];
  /** Of --from and --to. */
  readonly filterTerms: readonly string[];
}

/** While there is only one node nobody needs them; there may be more at any time. */
const WATERMARK_INTERVAL_MS = 100;
/** Beyond it the filter becomes too long for the agents' kernels. */
const MAX_ADDRESSES = 256;

/** The request for a session on a node of a cluster. @throws UsageError when the filter becomes too long */
export function clusterRequest(request: ClusterRequest): pwru.v1.StartTrace.$Properties {
  const { options, scope, pods, filterTerms } = request;
  const terms =
    scope.kind === 'clients' ? [...filterTerms, hostTerm(scope.addresses)] : filterTerms;
  const isMerged = options.sort === 'time' && options.scope.maxNodes > 1;
  return {
    ...startRequest({ ...options, filter: narrowFilter(options.filter, terms) }),
    targets: scope.kind === 'pods' ? pods.map((pod) => ({ pod })) : [],
    podsOnly: scope.kind === 'pods',
    track: options.track ?? true,
    watermarkIntervalMs: isMerged ? WATERMARK_INTERVAL_MS : 0,
  };
}

/** A pod as the agent is to follow it. */
export function podTarget(
  { namespace, name, uid, followName }: PodTarget,
  { scope }: TraceOptions,
): pwru.v1.PodTarget.$Properties {
  const { HOST_NETWORK_REFUSE, HOST_NETWORK_NODE } = pwru.v1.HostNetwork;
  return {
    ...{ namespace, name },
    // The next pod of the name is traced by the agent at once, without waiting for the API server and for us.
    uid: followName ? '' : uid,
    hostNetwork: scope.hostNetwork === 'node' ? HOST_NETWORK_NODE : HOST_NETWORK_REFUSE,
  };
}

/** pcap-filter(7): `host (10.0.0.1 or fd00::1)` */
function hostTerm(addresses: readonly string[]): string {
  const some = addresses.slice(0, MAX_ADDRESSES);
  return some.length === 1 ? `host ${some[0]}` : `host (${some.join(' or ')})`;
}
