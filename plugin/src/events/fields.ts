// Generated from proto/pwru/v1/event.proto by tools/gen/event-fields.mjs: npm run gen.

// Places in the decoder's array of numbers. A field of 64 bits has two, for its halves, and bytes have two, for where they
// begin and for their length.
export const BOOT_TIME_NS = 1;
export const BOOT_TIME_NS_HIGH = 2;
export const SKB_ADDRESS = 3;
export const SKB_ADDRESS_HIGH = 4;
export const PACKET_ID = 5;
export const PACKET_ID_HIGH = 6;
export const FUNCTION_ID = 7;
export const CPU = 8;
export const NETNS_INODE = 9;
export const INTERFACE_ID = 10;
export const PROCESS_ID = 11;
export const MARK = 12;
export const LENGTH_BYTES = 13;
export const MTU_BYTES = 14;
export const ETHER_TYPE = 15;
export const IP_VERSION = 16;
export const SOURCE_ADDRESS = 17;
export const SOURCE_ADDRESS_LENGTH = 18;
export const DESTINATION_ADDRESS = 19;
export const DESTINATION_ADDRESS_LENGTH = 20;
export const IP_PROTOCOL = 21;
export const SOURCE_PORT = 22;
export const DESTINATION_PORT = 23;
export const TCP_FLAGS = 24;
export const ICMP_TYPE_CODE = 25;
export const VLAN_TCI = 26;
export const HAS_VLAN = 27;
export const DROP_REASON_ID = 28;
export const DROP_LOCATION_ID = 29;
export const REPEATS_PACKET = 30;
export const DETAILS = 31;
export const DETAILS_LENGTH = 32;
export const KIND = 33;
export const ENDS_BUFFER = 34;
export const PLACES = 35;

// How a field is read.
export const KIND_UNKNOWN = 0;
export const KIND_UINT32 = 1;
export const KIND_UINT64 = 2;
export const KIND_FIXED64 = 3;
export const KIND_BOOL = 4;
export const KIND_BYTES = 5;
export const KIND_PACKED = 6;

/** Numbers below this one have an entry in the tables. */
export const TABLE_FIELDS = 128;

function byFieldNumber(fill: (table: Uint8Array) => void): Uint8Array {
  const table = new Uint8Array(TABLE_FIELDS);
  fill(table);
  return table;
}

/** By field number: how it is read; KIND_UNKNOWN when this version does not know it. */
export const KIND_OF = byFieldNumber((table) => {
  table.fill(KIND_FIXED64, 1, 3);
  table[3] = KIND_UINT64;
  table.fill(KIND_UINT32, 4, 14);
  table.fill(KIND_BYTES, 14, 16);
  table.fill(KIND_UINT32, 16, 22);
  table[22] = KIND_BOOL;
  table.fill(KIND_UINT32, 23, 25);
  table[25] = KIND_PACKED;
  table[26] = KIND_BOOL;
  table[27] = KIND_BYTES;
  table[64] = KIND_UINT32;
  table[65] = KIND_BOOL;
});

/** By field number: its place, or the first one. */
export const PLACE_OF = byFieldNumber((table) => {
  table[1] = BOOT_TIME_NS;
  table[2] = SKB_ADDRESS;
  table[3] = PACKET_ID;
  table[4] = FUNCTION_ID;
  table[5] = CPU;
  table[6] = NETNS_INODE;
  table[7] = INTERFACE_ID;
  table[8] = PROCESS_ID;
  table[9] = MARK;
  table[10] = LENGTH_BYTES;
  table[11] = MTU_BYTES;
  table[12] = ETHER_TYPE;
  table[13] = IP_VERSION;
  table[14] = SOURCE_ADDRESS;
  table[15] = DESTINATION_ADDRESS;
  table[16] = IP_PROTOCOL;
  table[17] = SOURCE_PORT;
  table[18] = DESTINATION_PORT;
  table[19] = TCP_FLAGS;
  table[20] = ICMP_TYPE_CODE;
  table[21] = VLAN_TCI;
  table[22] = HAS_VLAN;
  table[23] = DROP_REASON_ID;
  table[24] = DROP_LOCATION_ID;
  table[26] = REPEATS_PACKET;
  table[27] = DETAILS;
  table[64] = KIND;
  table[65] = ENDS_BUFFER;
});

/** As PLACE_OF, of fields of 32 bits alone. */
export const UINT32_PLACE_OF = byFieldNumber((table) => {
  table[4] = FUNCTION_ID;
  table[5] = CPU;
  table[6] = NETNS_INODE;
  table[7] = INTERFACE_ID;
  table[8] = PROCESS_ID;
  table[9] = MARK;
  table[10] = LENGTH_BYTES;
  table[11] = MTU_BYTES;
  table[12] = ETHER_TYPE;
  table[13] = IP_VERSION;
  table[16] = IP_PROTOCOL;
  table[17] = SOURCE_PORT;
  table[18] = DESTINATION_PORT;
  table[19] = TCP_FLAGS;
  table[20] = ICMP_TYPE_CODE;
  table[21] = VLAN_TCI;
  table[23] = DROP_REASON_ID;
  table[24] = DROP_LOCATION_ID;
  table[64] = KIND;
});

/** By field number, also of fields that this version does not know: 1 where `repeats_packet` stands for it. */
export const IS_OF_PACKET = byFieldNumber((table) => {
  table.fill(1, 2, 4);
  table.fill(1, 5, 23);
  table[27] = 1;
  table.fill(1, 32, 64);
});

/** What an event that repeats a packet has to have as the one before, beside the bytes of BYTE_PLACES. */
export const REPEATED_PLACES = Uint8Array.of(
  SKB_ADDRESS,
  SKB_ADDRESS_HIGH,
  PACKET_ID,
  PACKET_ID_HIGH,
  CPU,
  NETNS_INODE,
  INTERFACE_ID,
  PROCESS_ID,
  MARK,
  LENGTH_BYTES,
  MTU_BYTES,
  ETHER_TYPE,
  IP_VERSION,
  SOURCE_ADDRESS_LENGTH,
  DESTINATION_ADDRESS_LENGTH,
  IP_PROTOCOL,
  SOURCE_PORT,
  DESTINATION_PORT,
  TCP_FLAGS,
  ICMP_TYPE_CODE,
  VLAN_TCI,
  HAS_VLAN,
  DETAILS_LENGTH,
);
/** Where fields of bytes begin; the lengths have the next places. */
export const BYTE_PLACES = Uint8Array.of(SOURCE_ADDRESS, DESTINATION_ADDRESS, DETAILS);

/** The bytes with which our agents begin an event that repeats a packet: `repeats_packet: true`, then the tag of its time. */
export const REPEAT_BEGINS = 0x90101d0;
/** With the time and the tag of the function. */
export const REPEAT_HEAD_BYTES = 13;
export const FUNCTION_ID_TAG = 32;

/** The fields of an event. */
export abstract class EventFields {
  /** By place. */
  protected numbers = new Uint32Array(PLACES);

  /** What is the event's own, and not its packet's, is not known yet. */
  protected forgetOwn(): void {
    const { numbers } = this;
    numbers[BOOT_TIME_NS] = 0;
    numbers[BOOT_TIME_NS_HIGH] = 0;
    numbers[FUNCTION_ID] = 0;
    numbers[DROP_REASON_ID] = 0;
    numbers[DROP_LOCATION_ID] = 0;
    numbers[KIND] = 0;
    numbers[ENDS_BUFFER] = 0;
  }

  /** Nanoseconds on the node's CLOCK_BOOTTIME when the function was entered. Wall clock: add Started.boot_to_wall_ns. */
  get bootTimeNsLow(): number {
    return this.numbers[BOOT_TIME_NS] as number;
  }

  get bootTimeNsHigh(): number {
    return this.numbers[BOOT_TIME_NS_HIGH] as number;
  }

  /** Kernel address of the struct sk_buff. Reused by the kernel: use packet_id to tell packets apart. */
  get skbAddressLow(): number {
    return this.numbers[SKB_ADDRESS] as number;
  }

  get skbAddressHigh(): number {
    return this.numbers[SKB_ADDRESS_HIGH] as number;
  }

  /** Identity of the packet within the session; 0 when the identity table could not take it. */
  get packetIdLow(): number {
    return this.numbers[PACKET_ID] as number;
  }

  get packetIdHigh(): number {
    return this.numbers[PACKET_ID_HIGH] as number;
  }

  /** Function that was hit: DictionaryEntry.function. */
  get functionId(): number {
    return this.numbers[FUNCTION_ID] as number;
  }

  /** CPU number on which the function ran. */
  get cpu(): number {
    return this.numbers[CPU] as number;
  }

  /** Inode number of the packet's network namespace; 0 when the skb has neither device nor socket. */
  get netnsInode(): number {
    return this.numbers[NETNS_INODE] as number;
  }

  /** Interface: DictionaryEntry.interface; 0 when the skb has no device. */
  get interfaceId(): number {
    return this.numbers[INTERFACE_ID] as number;
  }

  /** Task that was current: DictionaryEntry.process. Whether it did this is its context. */
  get processId(): number {
    return this.numbers[PROCESS_ID] as number;
  }

  /** skb->mark. */
  get mark(): number {
    return this.numbers[MARK] as number;
  }

  /** skb->len: bytes from skb->data on, headers already pulled not included. */
  get lengthBytes(): number {
    return this.numbers[LENGTH_BYTES] as number;
  }

  /** MTU in bytes of the packet's device, at a drop the one that decides on the packet (details.mtu_source); 0 when none is known. */
  get mtuBytes(): number {
    return this.numbers[MTU_BYTES] as number;
  }

  /** EtherType in host byte order (0x0800 is IPv4); 0 before the stack has set it. */
  get etherType(): number {
    return this.numbers[ETHER_TYPE] as number;
  }

  /** IP version of the tuple: 4, 6, or 0 when the packet has no readable IP header (yet). */
  get ipVersion(): number {
    return this.numbers[IP_VERSION] as number;
  }

  /** Where in the batch it begins. Source address, network byte order: 4 or 16 bytes, empty when ip_version is 0. */
  get sourceAddressStart(): number {
    return this.numbers[SOURCE_ADDRESS] as number;
  }

  /** Bytes; 0 without it. */
  get sourceAddressLength(): number {
    return this.numbers[SOURCE_ADDRESS_LENGTH] as number;
  }

  /** Where in the batch it begins. Destination address, network byte order: 4 or 16 bytes, empty when ip_version is 0. */
  get destinationAddressStart(): number {
    return this.numbers[DESTINATION_ADDRESS] as number;
  }

  /** Bytes; 0 without it. */
  get destinationAddressLength(): number {
    return this.numbers[DESTINATION_ADDRESS_LENGTH] as number;
  }

  /** IP protocol number (6 is TCP), after IPv6 extension headers. */
  get ipProtocol(): number {
    return this.numbers[IP_PROTOCOL] as number;
  }

  /** TCP, UDP or SCTP source port, host byte order; 0 for other protocols, and where details.no_ports is set. */
  get sourcePort(): number {
    return this.numbers[SOURCE_PORT] as number;
  }

  /** TCP, UDP or SCTP destination port, host byte order. */
  get destinationPort(): number {
    return this.numbers[DESTINATION_PORT] as number;
  }

  /** TCP flags byte: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128. */
  get tcpFlags(): number {
    return this.numbers[TCP_FLAGS] as number;
  }

  /** ICMP or ICMPv6 type * 256 + code; 0 for other protocols. */
  get icmpTypeCode(): number {
    return this.numbers[ICMP_TYPE_CODE] as number;
  }

  /** 802.1Q tag control information (priority, DEI, VLAN id) when has_vlan; host byte order. */
  get vlanTci(): number {
    return this.numbers[VLAN_TCI] as number;
  }

  /** True when the packet carries an 802.1Q tag, in the frame or beside it (hardware acceleration). */
  get hasVlan(): boolean {
    return this.numbers[HAS_VLAN] !== 0;
  }

  /** Drop reason: DictionaryEntry.drop_reason; 0 when this event is not a drop. */
  get dropReasonId(): number {
    return this.numbers[DROP_REASON_ID] as number;
  }

  /** Code address that dropped the packet: DictionaryEntry.code_location; 0 when this event is not a drop. */
  get dropLocationId(): number {
    return this.numbers[DROP_LOCATION_ID] as number;
  }

  /** Where in the batch it begins. What few packets have; absent when everything in it is zero. */
  get detailsStart(): number {
    return this.numbers[DETAILS] as number;
  }

  /** Bytes; 0 without it. */
  get detailsLength(): number {
    return this.numbers[DETAILS_LENGTH] as number;
  }

  /** 32 to 63 are for fields of the packet, which a repeat leaves out; from 64 on they are the event's own. */
  get kind(): number {
    return this.numbers[KIND] as number;
  }

  /** The sk_buff ends here: it goes back to the allocator, or is consumed. An end may be told by several events. A packet ends with the last of its sk_buffs. Only where StartTrace.event_kinds asks for EVENT_KIND_END. */
  get endsBuffer(): boolean {
    return this.numbers[ENDS_BUFFER] !== 0;
  }
}
