import type { DropClassName } from '../drop-class.ts';

/**
 * One line of `-o json`; with --include-status there are others between them, of another `type` (json-status.ts). Every field is always there, in this order and of this type: a text without value is "", a
 * number without value 0, an object that does not apply null. New fields may be added, none is renamed or retyped.
 */
export interface JsonEvent {
  readonly type: 'event';
  /** Wall clock, UTC, RFC 3339 with nanoseconds. */
  readonly time: string;
  /** The node's CLOCK_BOOTTIME in nanoseconds, decimal: text, since 64 bits exceed JSON's exact numbers. */
  readonly bootTimeNs: string;
  /** Since the first event of this packet in this trace, nanoseconds; null when the packet has no id. */
  readonly sinceFirstNs: number | null;
  /** Since the previous event of this packet, nanoseconds; null when the packet has no id. */
  readonly sincePreviousNs: number | null;
  readonly node: string;
  readonly cpu: number;
  /** Kernel address of the struct sk_buff: 0x and 16 digits. Reused by the kernel. */
  readonly skb: string;
  /** Identity of the packet in this trace, decimal; "0" when it could not be kept. */
  readonly packetId: string;
  readonly function: JsonFunction;
  readonly process: JsonProcess | null;
  readonly netns: JsonNetns | null;
  readonly interface: JsonInterface | null;
  readonly mark: number;
  /** EtherType in decimal: 2048 is IPv4. */
  readonly etherType: number;
  /** MTU of the packet's device, at a drop the one that decides on the packet; 0 when none is known. */
  readonly mtuBytes: number;
  /** "interface": of the one above; "route": metric of the packet's route; "route-interface": of the route's device. */
  readonly mtuSource: string;
  /** Index of the route's device for "route-interface", else 0. */
  readonly mtuInterfaceIndex: number;
  readonly lengthBytes: number;
  /** Null when the packet has no 802.1Q tag. */
  readonly vlan: JsonVlan | null;
  /** Null when the packet has no readable IP header. */
  readonly tuple: JsonTuple | null;
  /** Null when this event is not a drop. */
  readonly drop: JsonDrop | null;
  /** Innermost first; empty without --stack. */
  readonly stack: readonly JsonLocation[];
}

export interface JsonFunction {
  readonly name: string;
  /** "" for vmlinux. */
  readonly module: string;
  readonly tracepoint: boolean;
}

export interface JsonProcess {
  readonly name: string;
  readonly pid: number;
  /** A softirq or an interrupt did it while this process was on the CPU, which need not have to do with it; null: not known. */
  readonly interrupted: boolean | null;
}

export interface JsonNetns {
  readonly inode: number;
  /** "" when it has none. */
  readonly name: string;
  /** That has it, or had it when the event happened; null when it is no pod's. */
  readonly pod: JsonPod | null;
  /** It is the node's own. */
  readonly node: boolean;
}

export interface JsonPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

export interface JsonInterface {
  readonly name: string;
  readonly index: number;
}

export interface JsonVlan {
  readonly id: number;
  readonly priority: number;
  readonly dropEligible: boolean;
}

export interface JsonTuple {
  readonly ipVersion: number;
  readonly sourceAddress: string;
  /** Null when the packet has no ports: a protocol without them, or a later fragment. */
  readonly sourcePort: number | null;
  readonly destinationAddress: string;
  readonly destinationPort: number | null;
  /** "tcp", "udp", ...; the number in decimal when it has no name here. */
  readonly protocol: string;
  readonly protocolNumber: number;
  /** "FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", in this order. */
  readonly tcpFlags: readonly string[];
  readonly icmpType: number;
  readonly icmpCode: number;
  /** Of a later fragment, in bytes from the datagram's begin; 0 for others. */
  readonly fragmentOffsetBytes: number;
  /** Who has the address, or had it when the event happened; null when that is not known, or with --no-resolve. */
  readonly sourceName: JsonName | null;
  readonly destinationName: JsonName | null;
  /** What an ICMP error is about, or what a tunnel carries; null without. */
  readonly inner: JsonInner | null;
}

/** A packet inside a packet. */
export interface JsonInner {
  /** "icmp-error", "vxlan", "geneve", "ipip" or "gre". */
  readonly kind: string;
  /** MTU of an ICMP error that tells one, VNI of a VXLAN or Geneve tunnel, key of a GRE tunnel; else 0. */
  readonly value: number;
  readonly ipVersion: number;
  readonly sourceAddress: string;
  /** Null when it has no ports. */
  readonly sourcePort: number | null;
  readonly destinationAddress: string;
  readonly destinationPort: number | null;
  readonly protocol: string;
  readonly protocolNumber: number;
  readonly tcpFlags: readonly string[];
  readonly icmpType: number;
  readonly icmpCode: number;
  readonly fragmentOffsetBytes: number;
}

/** An object of the cluster. */
export interface JsonName {
  /** "pod", "service" or "node". */
  readonly kind: string;
  /** "" for a node. */
  readonly namespace: string;
  readonly name: string;
}

export interface JsonDrop {
  /** Without SKB_DROP_REASON_: "NETFILTER_DROP". "" before Linux 5.17, which gives none. */
  readonly reason: string;
  /** Null when the kernel gave none. */
  readonly location: JsonLocation | null;
  /** What the drop means for the packet; "not-known": it may be lost; "unknown" of an agent that does not say. */
  readonly class: DropClassName | 'unknown';
  /** Why it is no loss, or not known to be one, in words; "" for a loss. */
  readonly note: string;
}

export interface JsonLocation {
  /** "" when unknown. */
  readonly symbol: string;
  readonly offsetBytes: number;
  /** "" for vmlinux. */
  readonly module: string;
}
