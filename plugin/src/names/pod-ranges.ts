import type { V1Node } from '@kubernetes/client-node';
import { type IpNetwork, parseIpNetwork } from '../events/ip-address.ts';

interface PodRange extends IpNetwork {
  readonly node: string;
}

/**
 * Which node's range of pod addresses (`spec.podCIDRs`) an address is in. Where a network plug-in gives addresses by rules of
 * its own, a range says nothing of where a pod is; that a pod has an address comes before it.
 */
export class PodRanges {
  readonly #ranges: readonly PodRange[];

  constructor(nodes: Iterable<V1Node>) {
    this.#ranges = Array.from(nodes).flatMap(({ metadata, spec }) => {
      const texts = spec?.podCIDRs ?? (spec?.podCIDR === undefined ? [] : [spec.podCIDR]);
      return texts.flatMap((text) => {
        const network = parseIpNetwork(text);
        return network === undefined ? [] : [{ ...network, node: metadata?.name ?? '' }];
      });
    });
  }

  /** @param address 4 or 16 bytes */
  nodeOf(address: Uint8Array): string | undefined {
    return this.#ranges.find((range) => isWithin(address, range))?.node;
  }
}

function isWithin(address: Uint8Array, { address: network, prefixBits }: IpNetwork): boolean {
  return (
    address.length === network.length &&
    network.every((byte, index) => {
      const kept = Math.min(8, Math.max(0, prefixBits - index * 8));
      return (((address[index] ?? 0) ^ byte) & (0xff << (8 - kept)) & 0xff) === 0;
    })
  );
}
