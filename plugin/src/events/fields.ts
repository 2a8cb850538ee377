// Field numbers of pwru.v1.Event (event.proto), each also the place of its value in the decoder's array of numbers.
export const BOOT_TIME_NS = 1;
export const SKB_ADDRESS = 2;
export const PACKET_ID = 3;
export const FUNCTION_ID = 4;
export const CPU = 5;
export const NETNS_INODE = 6;
export const INTERFACE_ID = 7;
export const PROCESS_ID = 8;
export const MARK = 9;
export const LENGTH_BYTES = 10;
export const MTU_BYTES = 11;
export const ETHER_TYPE = 12;
export const IP_VERSION = 13;
export const SOURCE_ADDRESS = 14;
export const DESTINATION_ADDRESS = 15;
export const IP_PROTOCOL = 16;
export const SOURCE_PORT = 17;
export const DESTINATION_PORT = 18;
export const TCP_FLAGS = 19;
export const ICMP_TYPE_CODE = 20;
export const VLAN_TCI = 21;
export const HAS_VLAN = 22;
export const DROP_REASON_ID = 23;
export const DROP_LOCATION_ID = 24;
export const STACK_LOCATION_IDS = 25;
export const REPEATS_PACKET = 26;

export const DETAILS = 27;

// Upper halves of 64-bit fields and lengths of bytes have places above the field numbers that masks of 32 bits know.
export const BOOT_TIME_NS_HIGH = 32;
export const SKB_ADDRESS_HIGH = 33;
export const PACKET_ID_HIGH = 34;
export const SOURCE_ADDRESS_LENGTH = 35;
export const DESTINATION_ADDRESS_LENGTH = 36;
export const DETAILS_LENGTH = 37;
export const PLACES = 38;

/** The bytes with which our agents begin an event that repeats a packet: `repeats_packet: true`, then the tag of its time. */
export const REPEAT_BEGINS = 0x09_01_01_d0;
/** With the time and the tag of the function. */
export const REPEAT_HEAD_BYTES = 13;
export const FUNCTION_ID_TAG = FUNCTION_ID << 3;

/** Bit N: field N is one of those that `repeats_packet` stands for. */
export const PACKET_FIELDS =
  ((1 << DROP_REASON_ID) - (1 << SKB_ADDRESS) - (1 << FUNCTION_ID)) | (1 << DETAILS);

/** What a packet's next event often has as its last one had. */
export const REPEATED_PLACES = Uint8Array.of(
  ...[SKB_ADDRESS, SKB_ADDRESS_HIGH, PACKET_ID, PACKET_ID_HIGH, CPU, NETNS_INODE, INTERFACE_ID],
  ...[PROCESS_ID, MARK, LENGTH_BYTES, MTU_BYTES, ETHER_TYPE, IP_VERSION, IP_PROTOCOL, SOURCE_PORT],
  ...[DESTINATION_PORT, TCP_FLAGS, ICMP_TYPE_CODE, VLAN_TCI, HAS_VLAN],
  ...[SOURCE_ADDRESS_LENGTH, DESTINATION_ADDRESS_LENGTH, DETAILS_LENGTH],
);

/** What tells a packet and its buffer from others. */
export const IDENTITY_PLACES = Uint8Array.of(
  ...[SKB_ADDRESS, SKB_ADDRESS_HIGH, PACKET_ID, PACKET_ID_HIGH, CPU],
);

/** What is shown of a packet's headers, beside its addresses and details. */
export const TUPLE_PLACES = Uint8Array.of(
  ...[IP_VERSION, IP_PROTOCOL, SOURCE_PORT, DESTINATION_PORT, TCP_FLAGS, ICMP_TYPE_CODE],
  ...[VLAN_TCI, HAS_VLAN, SOURCE_ADDRESS_LENGTH, DESTINATION_ADDRESS_LENGTH, DETAILS_LENGTH],
);

/** Bit N: field N is a 32-bit integer, which goes to its place as it is. */
export const UINT32_FIELDS =
  (1 << STACK_LOCATION_IDS) -
  (1 << FUNCTION_ID) -
  ((1 << SOURCE_ADDRESS) | (1 << DESTINATION_ADDRESS) | (1 << HAS_VLAN));
