// Generated from bpf/include/record.h and bpf/include/session.h by tools/gen/layout.mjs: npm run gen. Offsets and sizes in bytes.

/** struct pwru_tuple. */
export const TUPLE = {
  SIZE: 48,
  saddr: { offset: 0, size: 16 },
  daddr: { offset: 16, size: 16 },
  sport: { offset: 32, size: 2 },
  dport: { offset: 34, size: 2 },
  icmp: { offset: 36, size: 2 },
  fragment_bytes: { offset: 38, size: 2 },
  ip_version: { offset: 40, size: 1 },
  l4_proto: { offset: 41, size: 1 },
  tcp_flags: { offset: 42, size: 1 },
  flags: { offset: 43, size: 1 },
  pad: { offset: 44, size: 4 },
} as const;

/** struct pwru_record. */
export const RECORD = {
  SIZE: 32,
  time_ns: { offset: 0, size: 8 },
  place: { offset: 8, size: 8 },
  packet_id: { offset: 16, size: 8 },
  kind: { offset: 24, size: 2 },
  flags: { offset: 26, size: 2 },
  bytes: { offset: 28, size: 4 },
} as const;

/** struct pwru_hit. */
export const HIT = {
  SIZE: 216,
  skb: { offset: 32, size: 8 },
  netns: { offset: 40, size: 4 },
  ifindex: { offset: 44, size: 4 },
  mark: { offset: 48, size: 4 },
  len: { offset: 52, size: 4 },
  mtu: { offset: 56, size: 4 },
  mtu_ifindex: { offset: 60, size: 4 },
  task: { offset: 64, size: 4 },
  inner_value: { offset: 68, size: 4 },
  ether_type: { offset: 72, size: 2 },
  vlan_tci: { offset: 74, size: 2 },
  mtu_source: { offset: 76, size: 1 },
  inner_kind: { offset: 77, size: 1 },
  inner_bytes: { offset: 78, size: 1 },
  pad: { offset: 79, size: 1 },
  outer_saddr: { offset: 80, size: 16 },
  outer_daddr: { offset: 96, size: 16 },
  outer_sport: { offset: 112, size: 2 },
  outer_dport: { offset: 114, size: 2 },
  outer_icmp: { offset: 116, size: 2 },
  outer_fragment_bytes: { offset: 118, size: 2 },
  outer_ip_version: { offset: 120, size: 1 },
  outer_l4_proto: { offset: 121, size: 1 },
  outer_tcp_flags: { offset: 122, size: 1 },
  outer_flags: { offset: 123, size: 1 },
  outer_pad: { offset: 124, size: 4 },
  comm: { offset: 128, size: 16 },
  ifname: { offset: 144, size: 16 },
  inner: { offset: 160, size: 56 },
} as const;

/** struct pwru_end. */
export const END = {
  SIZE: 48,
  skb: { offset: 32, size: 8 },
  netns: { offset: 40, size: 4 },
  piece: { offset: 44, size: 2 },
  pad: { offset: 46, size: 2 },
} as const;

/** struct pwru_section. */
export const SECTION = {
  SIZE: 8,
  type: { offset: 0, size: 2 },
  bytes: { offset: 2, size: 2 },
  pad: { offset: 4, size: 4 },
} as const;

/** struct pwru_drop. */
export const DROP = {
  SIZE: 40,
  location: { offset: 8, size: 8 },
  destructor: { offset: 16, size: 8 },
  reason: { offset: 24, size: 4 },
  facts: { offset: 28, size: 4 },
  payload: { offset: 32, size: 4 },
  pad: { offset: 36, size: 4 },
} as const;

/** struct pwru_stack. */
export const STACK = {
  SIZE: 408,
  address: { offset: 8, size: 400 },
} as const;

/** struct pwru_counters. */
export const COUNTERS = {
  SIZE: 128,
  produced: { offset: 0, size: 8 },
  lost_ring: { offset: 8, size: 8 },
  lost_no_ring: { offset: 16, size: 8 },
  undecided: { offset: 24, size: 8 },
  packets: { offset: 32, size: 8 },
  identity_failures: { offset: 40, size: 8 },
  identity_inserted: { offset: 48, size: 8 },
  identity_deleted: { offset: 56, size: 8 },
  next_packet: { offset: 64, size: 8 },
  not_packets: { offset: 72, size: 8 },
  preempt_count: { offset: 80, size: 8 },
  identity_cut: { offset: 88, size: 8 },
  pad: { offset: 96, size: 32 },
} as const;

/** struct pwru_config. */
export const CONFIG = {
  SIZE: 72,
  ifname: { offset: 0, size: 16 },
  ifname_mask: { offset: 16, size: 16 },
  mark_value: { offset: 32, size: 4 },
  mark_mask: { offset: 36, size: 4 },
  preempt_count_at: { offset: 40, size: 4 },
  current_task_at: { offset: 44, size: 4 },
  any_netns: { offset: 48, size: 1 },
  has_filter: { offset: 49, size: 1 },
  filter_addresses: { offset: 50, size: 1 },
  filter_length: { offset: 51, size: 1 },
  filter_far: { offset: 52, size: 1 },
  filter_vlan: { offset: 53, size: 1 },
  track: { offset: 54, size: 1 },
  keeps_place: { offset: 55, size: 1 },
  stack: { offset: 56, size: 1 },
  func_ip: { offset: 57, size: 1 },
  release_hooks: { offset: 58, size: 1 },
  silent_end: { offset: 59, size: 1 },
  pods: { offset: 60, size: 1 },
  drops: { offset: 61, size: 1 },
  ends: { offset: 62, size: 1 },
  clones: { offset: 63, size: 1 },
  drop_socket: { offset: 64, size: 1 },
  non_packets: { offset: 65, size: 1 },
  fragments: { offset: 66, size: 1 },
  answers: { offset: 67, size: 1 },
  pad: { offset: 68, size: 4 },
} as const;

/** struct pwru_interface. */
export const INTERFACE = {
  SIZE: 8,
  netns: { offset: 0, size: 4 },
  ifindex: { offset: 4, size: 4 },
} as const;

/** struct pwru_address. */
export const ADDRESS = {
  SIZE: 16,
  bytes: { offset: 0, size: 16 },
} as const;

/** struct pwru_port. */
export const PORT = {
  SIZE: 20,
  address_bytes: { offset: 0, size: 16 },
  port: { offset: 16, size: 2 },
  protocol: { offset: 18, size: 1 },
  pad: { offset: 19, size: 1 },
} as const;

/** struct pwru_control. */
export const CONTROL = {
  SIZE: 24,
  ready: { offset: 0, size: 4 },
  netns_single: { offset: 4, size: 4 },
  port_count: { offset: 8, size: 4 },
  always_doubt: { offset: 12, size: 4 },
  epoch: { offset: 16, size: 8 },
} as const;

/** struct pwru_blind. */
export const BLIND = {
  SIZE: 128,
  opened: { offset: 0, size: 8 },
  pad: { offset: 8, size: 56 },
  closed: { offset: 64, size: 8 },
  more_pad: { offset: 72, size: 56 },
} as const;

// enum pwru_record_kind.
export const PWRU_KIND_HIT = 1;
export const PWRU_KIND_END = 2;

// enum pwru_record_flag.
export const PWRU_FLAG_VLAN = 1;
export const PWRU_FLAG_DROP = 2;
export const PWRU_FLAG_FREED = 4;
export const PWRU_FLAG_KEPT = 8;
export const PWRU_FLAG_CAPTURE = 16;
export const PWRU_FLAG_SOCKET = 32;
export const PWRU_FLAG_ENDED = 24;

// enum pwru_drop_fact.
export const PWRU_DROP_PACKET_TYPE = 7;
export const PWRU_DROP_NOT_A_PACKET = 8;
export const PWRU_DROP_TCP = 16;
export const PWRU_DROP_KNOWN_SOCKET = 32;
export const PWRU_DROP_RECEIVED = 64;
export const PWRU_DROP_SHARERS = 3840;
export const PWRU_DROP_SHARERS_SHIFT = 8;
export const PWRU_DROP_STATE = 61440;
export const PWRU_DROP_STATE_SHIFT = 12;
export const PWRU_DROP_VERDICT_SHIFT = 24;

// enum pwru_task_context.
export const PWRU_TASK_NOT_KNOWN = 0;
export const PWRU_TASK_OWN = 1;
export const PWRU_TASK_INTERRUPTED = 2;

// enum pwru_tuple_flag.
export const PWRU_TUPLE_PORTS = 1;
export const PWRU_TUPLE_MORE_FRAGMENTS = 2;

// enum pwru_inner_kind.
export const PWRU_INNER_NONE = 0;
export const PWRU_INNER_ICMP_ERROR = 1;
export const PWRU_INNER_VXLAN = 2;
export const PWRU_INNER_GENEVE = 3;
export const PWRU_INNER_IPIP = 4;
export const PWRU_INNER_GRE = 5;

// enum pwru_mtu_source.
export const PWRU_MTU_DEVICE = 0;
export const PWRU_MTU_ROUTE = 1;
export const PWRU_MTU_ROUTE_DEVICE = 2;

// enum pwru_piece.
export const PWRU_PIECE_NOT_KNOWN = 0;
export const PWRU_PIECE_WHOLE = 1;
export const PWRU_PIECE_FIRST = 2;

// enum pwru_section_type.
export const PWRU_SECTION_DROP = 1;
export const PWRU_SECTION_STACK = 2;

// enum pwru_netns_flag.
export const PWRU_NETNS_TARGET = 1;
export const PWRU_NETNS_NODE = 2;
export const PWRU_NETNS_POD = 4;

// enum pwru_role.
export const PWRU_ROLE_TRACE = 0;
export const PWRU_ROLE_NEUTRAL = 1;
export const PWRU_ROLE_RELEASE = 2;
export const PWRU_ROLE_FREE = 3;
export const PWRU_ROLE_END = 4;

// Macros.
export const PWRU_COMM_BYTES = 16;
export const PWRU_IFNAME_BYTES = 16;
export const PWRU_STACK_FRAMES = 50;
export const PWRU_TASK_PID = 4194303;
export const PWRU_TASK_CONTEXT_SHIFT = 30;
export const PWRU_INNER_BYTES = 56;
export const PWRU_SLOT_LIMIT = 4096;
export const PWRU_SLOTS = 65;
export const PWRU_SLOT_KFREE_SKB = 4095;
export const PWRU_SLOT_CONSUME_SKB = 4094;
export const PWRU_NETNS_LIMIT = 2048;
export const PWRU_INTERFACE_LIMIT = 2048;
export const PWRU_ADDRESS_LIMIT = 4096;
export const PWRU_PORT_LIMIT = 4096;
export const PWRU_NETWORK_WORDS = 8;
export const PWRU_IPV4_WORDS = 5;
export const PWRU_COOKIE_ROLE = 255;
export const PWRU_COOKIE_SILENT = 256;
export const PWRU_COOKIE_POINTER = 1024;
export const PWRU_COOKIE_ARGUMENT_SHIFT = 16;
