import { printableJson } from '../terminal/text.ts';
import type { DropClassName } from './drop-class.ts';

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
  /** Since the first event of this packet in this session, nanoseconds; null when the packet has no id. */
  readonly sinceFirstNs: number | null;
  /** Since the previous event of this packet, nanoseconds; null when the packet has no id. */
  readonly sincePreviousNs: number | null;
  readonly node: string;
  /** Id of the session with the node's agent. A node that was lost, and is traced again, has another one then. */
  readonly session: string;
  readonly cpu: number;
  /** Kernel address of the struct sk_buff: 0x and 16 digits. Reused by the kernel. */
  readonly skb: string;
  /** Identity of the packet in its session, decimal; "0" when it could not be kept. */
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

/**
 * A line of `-o json --include-packet-ends`: what became of a packet, as far as its events tell, once they are all there. A packet
 * that is sent again after it was lost has another line for that.
 */
export interface JsonPacketEnd {
  readonly type: 'packetEnd';
  readonly node: string;
  readonly session: string;
  readonly packetId: string;
  /**
   * - "dropped": all of it that could reach the destination; `drop.class` tells what that means
   * - "copy-dropped"
   * - "not-known": dropped while another sk_buff had its bytes, a copy that may have arrived or a capture's
   * - "discarded": after delivery
   * - "consumed": without a drop
   * - "waiting": the end of an sk_buff of it was not seen when the session ended: it was in a queue or on its way, or nothing that is
   *   traced tells its end (by tracepoints TCP's, and from Linux 6.18 UDP's, when they are read)
   * - "session-ended": the same, and the session was cut off
   * - "pushed-out": there were too many packets at a time
   */
  readonly end: string;
  /** Of its first event, as JsonEvent.time. */
  readonly firstTime: string;
  /** From its first to its last event, nanoseconds. */
  readonly durationNs: number;
  /** That were shown. */
  readonly events: number;
  /** Where it was seen first, and last. */
  readonly first: JsonPlace;
  readonly last: JsonPlace;
  /** The gravest; null without any. */
  readonly drop: (JsonDrop & JsonPlace) | null;
}

export interface JsonPlace {
  readonly function: JsonFunction;
  readonly netns: JsonNetns | null;
  readonly interface: JsonInterface | null;
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

/**
 * A line of `-o json --include-status` that is no event: `type` tells which. As in JsonEvent every field is always there.
 * `time` is this machine's clock, the moment when it became known; RFC 3339, milliseconds.
 */
export type JsonStatus = JsonNodeStatus | JsonNotice | JsonPodStatus | JsonGap | JsonSummary;

/** How it stands with a node is another than before. */
export interface JsonNodeStatus {
  readonly type: 'node';
  readonly time: string;
  readonly node: string;
  /**
   * "connecting", "preparing", "attaching", "tracing", "degraded" (but for what `reason` says), "reconnecting", "gone" (not
   * traced, and not soon), "detaching" or "ended".
   */
  readonly state: string;
  /** "" where there is none. */
  readonly reason: string;
  /** Functions that are on, and how many there are to be; 0 but for attaching and detaching. */
  readonly functionsDone: number;
  readonly functionsTotal: number;
  /** How far its clock is ahead of this machine's, as measured when its agent was reached; null: it was not. */
  readonly clockOffsetMs: number | null;
  /** The offset is right to within this; null with it. */
  readonly clockUncertaintyMs: number | null;
  /** What is taken from the times of its events to order them with other nodes' (the times shown are its own). */
  readonly clockCorrectionMs: number;
}

/** What an agent says about its trace, once: a module was loaded, whose functions are not traced. */
export interface JsonNotice {
  readonly type: 'notice';
  readonly time: string;
  readonly node: string;
  /** One sentence. */
  readonly text: string;
}

/** What an agent says of a pod that it is to trace. */
export interface JsonPodStatus {
  readonly type: 'pod';
  readonly time: string;
  readonly node: string;
  readonly namespace: string;
  readonly name: string;
  /** "" while there is none. */
  readonly uid: string;
  /** "waiting", "resolved", "replaced", "gone", "host-network" or "unresolved". */
  readonly state: string;
  /** How its network namespace was found: "cri", "cgroup" or "". */
  readonly method: string;
  /** 0 while there is none. */
  readonly netnsInode: number;
  readonly addresses: readonly string[];
  readonly message: string;
  /**
   * It came during the trace, and so long, in milliseconds, its packets were not traced: at its beginning, or, with state "gone",
   * up to its end. 0: it was seen from its beginning on, or was there before the trace.
   */
  readonly untracedMs: number;
}

/** A node was not traced for a while. Wall clock of the node. */
export interface JsonGap {
  readonly type: 'gap';
  readonly time: string;
  readonly node: string;
  readonly from: string;
  /** null: it lasts, and the trace is over. */
  readonly to: string | null;
  readonly cause: string;
}

/** The last line. */
export interface JsonSummary {
  readonly type: 'summary';
  readonly time: string;
  readonly durationMs: number;
  readonly shownEvents: number;
  /** Every node is; else the exit code is 3. */
  readonly complete: boolean;
  readonly nodes: readonly JsonNodeSummary[];
  /** Pods that were not seen from their beginning on, see JsonPodStatus.untracedMs. */
  readonly unseenPods: readonly JsonUnseenPod[];
}

export interface JsonUnseenPod {
  readonly node: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly untracedMs: number;
}

export interface JsonNodeSummary {
  readonly node: string;
  /** All that was to be traced there was, without a gap up to the end, and no event was lost. */
  readonly complete: boolean;
  readonly backend: string;
  /** Better ones, which the kernel or the agent's rights do not let it use. */
  readonly rejectedBackends: readonly JsonRejectedBackend[];
  readonly functionsAttached: number;
  readonly packets: number;
  readonly producedEvents: number;
  readonly deliveredEvents: number;
  /** Of the delivered: ends of sk_buffs that nobody sees, from which is known how packets ended; no lines. */
  readonly deliveredEnds: number;
  readonly withheldEvents: number;
  /** With --drops: packets by the class of their drops (lost, copy, discarded, unwanted, not-a-packet). */
  readonly droppedPackets: Readonly<Record<string, number>>;
  readonly lostEvents: number;
  readonly missedHits: number;
  readonly undecidedHits: number;
  /** Softirqs in which the kernel ran no program on a function, since they interrupted one: hits were missed, and ends of packets. */
  readonly blindSoftirqs: number;
  /** Packets of which it was not known then whether they had ended: they may have two packetIds. */
  readonly identityCut: number;
}

export interface JsonRejectedBackend {
  readonly name: string;
  readonly reason: string;
}

export function jsonStatusLine(status: JsonStatus): string {
  return `${printableJson(status)}\n`;
}
