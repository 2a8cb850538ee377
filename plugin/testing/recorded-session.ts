import Long from 'long';
import { pwru } from '../../proto/gen/pwru.js';

const { TaskContext } = pwru.v1;

/** 2026-11-22T17:28:54.123456789Z minus 300 s of uptime. */
const bootToWallNs = Long.fromString('1795368534123456789').subtract(300_000_000_000);
const SYN = 2;
const clientNetns = 4_026_532_281;
const hostNetns = 4_026_531_840;

type Event = pwru.v1.Event.$Properties;
type Response = pwru.v1.TraceResponse.$Properties;

export const started: pwru.v1.Started.$Properties = {
  sessionId: 's-1',
  node: 'node-1.example.org',
  kernelRelease: '6.12.0-test',
  backend: 'kprobe.multi',
  rejectedBackends: [
    { name: 'fentry.multi', available: false, reason: 'kernel 6.12 has no fentry.multi (7.2 has)' },
  ],
  bootToWallNs,
  functionsAttached: 1_690,
  refusedFunctions: [{ name: '__netif_receive_skb_core', module: '', reason: 'compiler clone' }],
  heartbeatIntervalMs: 5_000,
  leaseMs: 15_000,
  notices: ['Module nf_tables has no BTF: its functions are not probed'],
};

const functionNames = [
  '__ip_local_out',
  'nf_hook_slow',
  'kfree_skb',
  '__netif_receive_skb_one_core',
  'icmp_rcv',
  'arp_rcv',
  'nft_do_chain',
  'tcp_v6_rcv_with_a_name_longer_than_its_column',
];

/** All kinds of entries; some names try to do harm to a terminal. */
export const dictionaryEntries: pwru.v1.DictionaryEntry.$Properties[] = [
  ...functionNames.map((name, index) => ({
    id: index + 1,
    function: {
      name,
      module: name === 'nft_do_chain' ? 'nf_tables' : '',
      tracepoint: name === 'kfree_skb',
    },
  })),
  { id: 1, interface: { netnsInode: clientNetns, index: 2, name: 'eth0' } },
  { id: 2, interface: { netnsInode: hostNetns, index: 117, name: 'veth0123456789a' } },
  { id: 1, process: { pid: 403, name: 'curl', context: TaskContext.TASK_CONTEXT_OWN } },
  {
    id: 2,
    process: {
      ...{ pid: 4_194_304, name: 'evil\x1b[2J\u202e\nx' },
      context: TaskContext.TASK_CONTEXT_INTERRUPTED,
    },
  },
  { id: 1, dropReason: { value: 6, name: 'NETFILTER_DROP' } },
  { id: 1, codeLocation: { symbol: 'nf_hook_slow', offsetBytes: 0x9e, module: '' } },
  { id: 2, codeLocation: { symbol: 'nft_do_chain', offsetBytes: 0x1f, module: 'nf_tables' } },
  { id: 3, codeLocation: { symbol: '', offsetBytes: 0, module: '' } },
  { id: 1, networkNamespace: { inode: clientNetns, name: 'client' } },
];

const syn: Event = {
  skbAddress: Long.fromString('ff2b85a341716ee8', true, 16),
  packetId: Long.fromNumber(7, true),
  cpu: 1,
  netnsInode: clientNetns,
  interfaceId: 1,
  processId: 1,
  lengthBytes: 60,
  mtuBytes: 1_500,
  etherType: 0x0800,
  ipVersion: 4,
  sourceAddress: Uint8Array.of(10, 200, 0, 1),
  destinationAddress: Uint8Array.of(10, 200, 0, 2),
  ipProtocol: 6,
  sourcePort: 38_370,
  destinationPort: 80,
  tcpFlags: SYN,
};

const at = (bootTimeNs: number): Event => ({ bootTimeNs: Long.fromNumber(bootTimeNs, true) });

/** A SYN dropped by netfilter; then IPv6, ICMP, ARP, a tagged fragment, an unknown protocol, and an empty event. */
export const events: Event[] = [
  { ...syn, ...at(300_000_000_000), functionId: 1, interfaceId: 0 },
  { ...syn, ...at(300_000_001_500), functionId: 2, mark: 0xdead_beef, stackLocationIds: [1, 2, 3] },
  { ...syn, ...at(300_000_002_750), functionId: 3, dropReasonId: 1, dropLocationId: 1 },
  {
    ...at(300_900_000_000),
    skbAddress: Long.fromString('ffff888100000001', true, 16),
    packetId: Long.fromString('18446744073709551615', true),
    functionId: 8,
    cpu: 127,
    netnsInode: hostNetns,
    interfaceId: 2,
    processId: 2,
    mark: 1,
    lengthBytes: 524_280,
    mtuBytes: 65_536,
    etherType: 0x86dd,
    ipVersion: 6,
    sourceAddress: Uint8Array.from([0x20, 1, 0xd, 0xb8, ...Array<number>(11).fill(0), 1]),
    destinationAddress: Uint8Array.from([
      0x20, 1, 0xd, 0xb8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]),
    ipProtocol: 6,
    sourcePort: 65_535,
    destinationPort: 443,
    tcpFlags: 0x1a,
    dropReasonId: 1,
    dropLocationId: 2,
  },
  {
    ...syn,
    ...at(301_000_000_000),
    functionId: 5,
    packetId: Long.fromNumber(8, true),
    ipProtocol: 1,
    icmpTypeCode: 0x0800,
    sourcePort: 0,
    destinationPort: 0,
    tcpFlags: 0,
  },
  {
    ...at(301_000_000_001),
    functionId: 6,
    packetId: Long.fromNumber(9, true),
    netnsInode: hostNetns,
    interfaceId: 2,
    etherType: 0x0806,
    lengthBytes: 28,
  },
  {
    ...syn,
    ...at(301_000_000_002),
    functionId: 4,
    packetId: Long.fromNumber(10, true),
    hasVlan: true,
    vlanTci: 0x7064,
    ipProtocol: 17,
    sourcePort: 0,
    destinationPort: 0,
    tcpFlags: 0,
  },
  {
    ...syn,
    ...at(301_000_000_003),
    functionId: 7,
    packetId: Long.fromNumber(11, true),
    ipProtocol: 253,
    sourcePort: 0,
    destinationPort: 0,
    tcpFlags: 0,
  },
  {},
];

/** Of a trace that lost nothing. */
export const accounting: pwru.v1.Accounting.$Properties = {
  producedEvents: Long.fromNumber(9, true),
  deliveredEvents: Long.fromNumber(9, true),
  losses: [],
  missedHits: Long.fromNumber(3, true),
  packets: Long.fromNumber(7, true),
};

/** Of one that lost much. */
export const lossyAccounting: pwru.v1.Accounting.$Properties = {
  ...accounting,
  producedEvents: Long.fromNumber(1_243, true),
  losses: [
    { stage: pwru.v1.LossStage.LOSS_STAGE_AGENT_QUEUE, cpu: 0, events: Long.fromNumber(234, true) },
    { stage: pwru.v1.LossStage.LOSS_STAGE_KERNEL_RING, cpu: 0, events: Long.fromNumber(400, true) },
    { stage: pwru.v1.LossStage.LOSS_STAGE_KERNEL_RING, cpu: 1, events: Long.fromNumber(600, true) },
  ],
};

export const summary: pwru.v1.Summary.$Properties = {
  reason: pwru.v1.EndReason.END_REASON_STOPPED,
  durationMs: Long.fromNumber(12_345, true),
  functionsAttached: 1_690,
  functionsRefused: 1,
  functionsHit: 8,
  accounting,
};

export const lossySummary: pwru.v1.Summary.$Properties = {
  ...summary,
  accounting: lossyAccounting,
};

/** A whole session, in the order in which an agent sends it. */
export const recordedResponses: Response[] = [
  { status: { state: pwru.v1.SessionState.SESSION_STATE_PREPARING } },
  {
    status: {
      state: pwru.v1.SessionState.SESSION_STATE_ATTACHING,
      functionsDone: 0,
      functionsTotal: 1_691,
    },
  },
  {
    status: {
      state: pwru.v1.SessionState.SESSION_STATE_ATTACHING,
      functionsDone: 1_024,
      functionsTotal: 1_691,
    },
  },
  { started },
  { dictionary: { entries: dictionaryEntries } },
  { events: { events: events.slice(0, 3) } },
  { status: { state: pwru.v1.SessionState.SESSION_STATE_TRACING, accounting: lossyAccounting } },
  { events: { events: events.slice(3) } },
  { summary: lossySummary },
];

export function encodeResponse(response: Response): Uint8Array {
  return pwru.v1.TraceResponse.encode(response).finish();
}
