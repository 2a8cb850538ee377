import type { ClassicInstruction } from './classic-program.ts';
import { compileFilter } from './compile-filter.ts';
import { wantsVlanTag } from './expression.ts';

/** Bytes of the Ethernet header, which every frame has. */
const ETHERNET_HEADER_BYTES = 14;

/**
 * Everything that a session needs to run one filter expression.
 *
 * Every packet is matched as the Ethernet frame it is or will be, wherever in the stack it is seen: a header with the
 * packet's EtherType, then its bytes from the network header on. So:
 * - `arp`, `ip6`, `ether proto 0x88cc`, `tcp port 80`, `len`, `less`, `greater` mean the same everywhere; the length is
 *   that of the frame, Ethernet header included.
 * - `vlan` sees the tag whether it is in the packet or was taken off by the hardware.
 * - `ether host`, `ether src`, `ether dst`, `ether broadcast` and `ether[0]` to `ether[11]` need link-layer addresses. A
 *   packet that has none yet (most packets on their way out) cannot be judged by them: it counts as undecided.
 * - A byte that the packet has but that is not in the linear part of its skb cannot be read: the packet counts as
 *   undecided.
 */
export interface FilterPlan {
  /** pcap-filter(7) expression; empty accepts every packet. */
  readonly expression: string;
  /** Body of pwru_filter (bpf/include/filter.h), for `patchFilter`. */
  readonly code: Uint8Array;
  /** Bytes of the frame that it reads from the filter's buffer. */
  readonly readBytes: number;
  /** A packet without link-layer addresses cannot be judged: pwru_config.filter_addresses. */
  readonly usesLinkAddresses: boolean;
  /** It looks at the frame's whole length: pwru_config.filter_length. */
  readonly usesLength: boolean;
  /** All of the buffer is filled for IPv4 packets, too: pwru_config.filter_far. */
  readonly readsFarInIpv4: boolean;
  /** A tag beside the packet's bytes is put into the frame: pwru_config.filter_vlan. */
  readonly wantsVlanTag: boolean;
}

/**
 * Plans an expression that libpcap compiled for Ethernet.
 * @throws PwruError FILTER_UNSUPPORTED as `compileFilter` does.
 */
export function planFilter(expression: string, program: readonly ClassicInstruction[]): FilterPlan {
  const compiled = compileFilter(program, { guaranteedBytes: ETHERNET_HEADER_BYTES });
  return Object.freeze({ expression, ...compiled, wantsVlanTag: wantsVlanTag(expression) });
}
