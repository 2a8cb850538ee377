import { type IpNetwork, parseIpNetwork } from '../ip-address.ts';
import { type ClusterTarget, parseClusterTarget } from './cluster-target.ts';
import type { CommandLine } from './command-line.ts';
import { UsageError, unusable } from './usage-error.ts';

/** Flags that name the other end of a packet's way. */
export type PeerFlag = 'from' | 'to';

/** The other end, as an object of the cluster whose addresses are found there. */
export interface PeerOption {
  readonly flag: PeerFlag;
  readonly target: ClusterTarget;
}

export const peerFlags = ['from', 'to'] as const satisfies readonly PeerFlag[];

/**
 * The value as a network, or as a target: what reads as an address is one, though a pod may be called so.
 * @throws UsageError
 */
export function parsePeer(flag: PeerFlag, value: string): IpNetwork | ClusterTarget {
  const network = parseIpNetwork(value);
  if (network !== undefined) return network;
  try {
    return parseClusterTarget(value);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    throw unusable(
      flag,
      value,
      'it must be a pod, KIND/NAME such as svc/web, an IP address or a network such as 10.0.0.0/8',
    );
  }
}

/** Those of --from and --to that name an object. @throws UsageError */
export function peerOptions(line: CommandLine): readonly PeerOption[] {
  return peerFlags.flatMap((flag) => {
    const value = line.text(flag);
    if (value === undefined) return [];
    const peer = parsePeer(flag, value);
    return 'kind' in peer ? [{ flag, target: peer }] : [];
  });
}
