import Long from 'long';
import { pwru } from '../../proto/gen/pwru.js';
import { AddressTable } from '../src/names/address-table.ts';
import type { NameLookup } from '../src/render/endpoint-names.ts';
import { started } from './recorded-session.ts';

const { TaskContext } = pwru.v1;

type Event = pwru.v1.Event.$Properties;
type Response = pwru.v1.TraceResponse.$Properties;

const SYN = 2;
const ADDRESS_OF_CLIENT = '10.244.1.17';
const ADDRESS_OF_SERVICE = '10.96.41.8';
const ADDRESS_OF_SERVER = '10.244.2.23';
/** 2026-11-22T17:28:54Z, to which boot times of the recorded session belong. */
const WALL_MS = 1_795_368_534_000;

const functionNames = [
  '__ip_local_out',
  'nf_nat_ipv4_local_fn',
  'veth_xmit',
  '__netif_receive_skb_one_core',
  'ip_forward',
  'nf_hook_slow',
  'kfree_skb',
  'icmpv6_rcv',
];

const [podNetns, nodeNetns, otherNetns] = [4_026_532_281, 4_026_531_840, 4_026_532_999];

const functions: pwru.v1.DictionaryEntry.$Properties[] = functionNames.map((name, index) => ({
  id: index + 1,
  function: { name, module: '', tracepoint: name === 'kfree_skb' },
}));

function dictionary(
  interfaces: readonly string[],
  pod: pwru.v1.PodReference.$Properties,
): Response {
  return {
    dictionary: {
      entries: [
        ...functions,
        ...interfaces.map((name, index) => ({
          id: index + 1,
          interface: { netnsInode: podNetns, index: index + 2, name },
        })),
        { id: 1, process: { pid: 40_312, name: 'curl', context: TaskContext.TASK_CONTEXT_OWN } },
        { id: 1, dropReason: { value: 6, name: 'NETFILTER_DROP' } },
        { id: 1, codeLocation: { symbol: 'nf_hook_slow', offsetBytes: 0x9e, module: '' } },
        { id: 1, networkNamespace: { inode: podNetns, pod } },
        { id: 2, networkNamespace: { inode: nodeNetns, node: true } },
      ],
    },
  };
}

const bytes = (address: string) => Uint8Array.from(address.split('.').map(Number));

const syn: Event = {
  packetId: Long.fromNumber(7, true),
  skbAddress: Long.fromString('ff2b85a341716ee8', true, 16),
  cpu: 1,
  processId: 1,
  lengthBytes: 60,
  mtuBytes: 1_450,
  etherType: 0x0800,
  ipVersion: 4,
  sourceAddress: bytes(ADDRESS_OF_CLIENT),
  destinationAddress: bytes(ADDRESS_OF_SERVICE),
  ipProtocol: 6,
  sourcePort: 38_370,
  destinationPort: 80,
  tcpFlags: SYN,
};
const translated = { destinationAddress: bytes(ADDRESS_OF_SERVER), destinationPort: 8_080 };
const inPod = { netnsInode: podNetns, interfaceId: 1 };
const onNode = { netnsInode: nodeNetns, interfaceId: 2, processId: 0 };

/** `us` after the first one. */
const at = (us: number, functionId: number): Event => ({
  bootTimeNs: Long.fromNumber(300_000_000_000 + us * 1_000, true),
  functionId,
});

const icmp6: Event = {
  packetId: Long.fromNumber(8, true),
  skbAddress: Long.fromString('ffff888100000001', true, 16),
  netnsInode: otherNetns,
  etherType: 0x86dd,
  ipVersion: 6,
  sourceAddress: Uint8Array.from([0xfd, 0, ...Array<number>(13).fill(0), 0x17]),
  destinationAddress: Uint8Array.from([0xff, 2, ...Array<number>(13).fill(0), 1]),
  ipProtocol: 58,
  icmpTypeCode: 0x8700,
};

/**
 * A SYN from a pod to a service: sent on node-1, translated, forwarded, received on node-2 and dropped there before it reaches
 * its pod; and a packet of nobody who is known. By node, as the agents send it.
 */
export const recordedNodes: Readonly<Record<string, readonly Response[]>> = {
  'node-1.example.org': [
    { started: { ...started, node: 'node-1.example.org' } },
    dictionary(['eth0', 'veth1a2b3c4d'], {
      ...{ namespace: 'shop', name: 'checkout-7d9f8b6c5d-x2x7k', uid: 'u1' },
    }),
    {
      events: {
        events: [
          { ...syn, ...inPod, ...at(0, 1), interfaceId: 0 },
          { ...syn, ...inPod, ...at(2, 2) },
          { ...syn, ...inPod, ...translated, ...at(5, 3) },
          { ...syn, ...onNode, ...translated, ...at(9, 4) },
          { ...syn, ...onNode, ...translated, ...at(12, 5) },
          { ...icmp6, ...at(300, 8) },
        ],
      },
    },
  ],
  'node-2.example.org': [
    { started: { ...started, node: 'node-2.example.org' } },
    dictionary(['eth0', 'ens5'], { namespace: 'pay', name: 'bank-0\x1b[2J', uid: 'u2' }),
    {
      events: {
        events: [
          { ...syn, ...onNode, ...translated, ...at(210, 4) },
          { ...syn, ...onNode, ...translated, ...at(214, 6) },
          { ...syn, ...onNode, ...translated, ...at(217, 7), dropReasonId: 1, dropLocationId: 1 },
          { ...syn, ...inPod, ...translated, ...at(400, 4), sourceAddress: bytes('192.0.2.9') },
        ],
      },
    },
  ],
};

/** Whose the addresses are: of namespace shop, but the server's pod, which is of another one. */
export function recordedNames(): NameLookup {
  const table = new AddressTable();
  const claim = { uid: '', rank: 1, beginMs: WALL_MS - 3_600_000 };
  const pod = { kind: 'pod', namespace: 'shop', name: 'checkout-7d9f8b6c5d-x2x7k' } as const;
  table.claim(ADDRESS_OF_CLIENT, { ...claim, uid: 'u1', name: pod }, WALL_MS);
  const service = { kind: 'service', namespace: 'pay', name: 'bank' } as const;
  table.claim(ADDRESS_OF_SERVICE, { ...claim, uid: 's1', name: service }, WALL_MS);
  const server = { kind: 'pod', namespace: 'pay', name: 'bank-0\x1b[2J' } as const;
  table.claim(ADDRESS_OF_SERVER, { ...claim, uid: 'u2', name: server }, WALL_MS);
  return {
    homeNamespace: 'shop',
    nameAt: (...address) => table.findBytes(...address),
  };
}
