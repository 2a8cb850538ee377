// Generated from bpf/include/event.h by tools/gen/layout.mjs: npm run gen. Offsets and sizes in bytes.

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

/** struct pwru_event. */
export const EVENT = {
  SIZE: 240,
  time_ns: { offset: 0, size: 8 },
  func: { offset: 8, size: 8 },
  skb: { offset: 16, size: 8 },
  packet_id: { offset: 24, size: 8 },
  location: { offset: 32, size: 8 },
  destructor: { offset: 40, size: 8 },
  drop_reason: { offset: 48, size: 4 },
  drop_facts: { offset: 52, size: 4 },
  drop_payload: { offset: 56, size: 4 },
  netns: { offset: 60, size: 4 },
  ifindex: { offset: 64, size: 4 },
  mark: { offset: 68, size: 4 },
  len: { offset: 72, size: 4 },
  mtu: { offset: 76, size: 4 },
  mtu_ifindex: { offset: 80, size: 4 },
  task: { offset: 84, size: 4 },
  ether_type: { offset: 88, size: 2 },
  vlan_tci: { offset: 90, size: 2 },
  flags: { offset: 92, size: 1 },
  mtu_source: { offset: 93, size: 1 },
  inner_kind: { offset: 94, size: 1 },
  inner_bytes: { offset: 95, size: 1 },
  outer_saddr: { offset: 96, size: 16 },
  outer_daddr: { offset: 112, size: 16 },
  outer_sport: { offset: 128, size: 2 },
  outer_dport: { offset: 130, size: 2 },
  outer_icmp: { offset: 132, size: 2 },
  outer_fragment_bytes: { offset: 134, size: 2 },
  outer_ip_version: { offset: 136, size: 1 },
  outer_l4_proto: { offset: 137, size: 1 },
  outer_tcp_flags: { offset: 138, size: 1 },
  outer_flags: { offset: 139, size: 1 },
  outer_pad: { offset: 140, size: 4 },
  comm: { offset: 144, size: 16 },
  ifname: { offset: 160, size: 16 },
  inner_value: { offset: 176, size: 4 },
  stack_bytes: { offset: 180, size: 4 },
  inner: { offset: 184, size: 56 },
} as const;

/** struct pwru_stack. */
export const STACK = {
  SIZE: 400,
  address: { offset: 0, size: 400 },
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
  pad: { offset: 88, size: 40 },
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
  clones: { offset: 62, size: 1 },
  drop_socket: { offset: 63, size: 1 },
  non_packets: { offset: 64, size: 1 },
  fragments: { offset: 65, size: 1 },
  answers: { offset: 66, size: 1 },
  pad: { offset: 67, size: 5 },
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

/** struct pwru_targets. */
export const TARGETS = {
  SIZE: 8,
  netns_single: { offset: 0, size: 4 },
  port_count: { offset: 4, size: 4 },
} as const;

// enum pwru_event_flag.
export const PWRU_EVENT_VLAN = 1;
export const PWRU_EVENT_DROP = 2;
export const PWRU_EVENT_STACK = 4;
export const PWRU_EVENT_FREED = 8;
export const PWRU_EVENT_SILENT = 16;
export const PWRU_EVENT_KEPT = 32;
export const PWRU_EVENT_CAPTURE = 64;
export const PWRU_EVENT_SOCKET = 128;
export const PWRU_EVENT_ENDED = 96;

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
