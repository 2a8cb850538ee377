import Long from 'long';
import { describe, expect, test } from 'vitest';
import type { pwru } from '../../../proto/gen/pwru.js';
import { passUntilSettled, playTime, settle } from '../../../test/support/played-time.ts';
import { MemoryCluster } from '../../testing/memory-cluster.ts';
import { MemoryKubeApi } from '../../testing/memory-kube-api.ts';
import { createPod } from '../../testing/memory-workloads.ts';
import { at, batch, stoppedWith } from '../../testing/played-cluster.ts';
import { kinds } from '../kubernetes/resources.ts';
import { AddressNames } from '../names/address-names.ts';

const nodeNetns = 4_026_531_840;
const podNetns = 4_026_532_000;
const transmit = 1;
const receive = 2;

const dictionary: pwru.v1.DictionaryEntry.$Properties[] = [
  { id: transmit, function: { name: 'net_dev_start_xmit', tracepoint: true } },
  { id: receive, function: { name: 'netif_receive_skb', tracepoint: true } },
  { id: 1, interface: { netnsInode: nodeNetns, index: 2, name: 'eth0' } },
  { id: 2, interface: { netnsInode: podNetns, index: 3, name: 'eth0' } },
  { networkNamespace: { inode: nodeNetns, node: true } },
];

/** An event of a packet that node n1 gives to its eth0. */
function leaving(destination: string, more: pwru.v1.Event.$Properties = {}) {
  return at(1, {
    ...{ functionId: transmit, netnsInode: nodeNetns, interfaceId: 1 },
    destinationAddress: Uint8Array.from(destination.split('.').map(Number)),
    ...more,
  });
}

/** Two nodes, of which the second one runs pod server; what a trace on n1 says at its end. */
async function linesOf(
  events: readonly pwru.v1.Event.$Properties[],
  {
    targets = ['client@n1'],
    summary = {},
  }: { targets?: readonly string[]; summary?: pwru.v1.Summary.$Properties } = {},
): Promise<string[]> {
  const api = new MemoryKubeApi();
  const startTime = '2026-11-22T10:00:00Z';
  for (const [index, name] of ['n1', 'n2', 'n3'].entries()) {
    api.create(kinds.node, {
      metadata: { name, creationTimestamp: startTime },
      spec: { podCIDRs: [`10.244.${index + 1}.0/24`] },
      status: { addresses: [{ type: 'InternalIP', address: `192.0.2.${index + 1}` }] },
    });
  }
  createPod(api, {
    name: 'near',
    namespace: 'demo',
    node: 'n1',
    addresses: ['10.244.1.7'],
    startTime,
  });
  createPod(api, {
    name: 'server',
    namespace: 'demo',
    node: 'n2',
    addresses: ['10.244.2.7'],
    startTime,
  });
  // By another network plug-in's rules: in the range of n3.
  createPod(api, {
    name: 'other',
    namespace: 'shop',
    node: 'n2',
    addresses: ['10.244.3.9'],
    startTime,
  });
  using homes = new AddressNames(api, { namespaces: undefined, note: () => {}, now: Date.now });
  await passUntilSettled(homes.ready);
  const cluster = new MemoryCluster(targets, { homes });
  await settle();
  const nodes = [...cluster.follower.state.nodes.keys()];
  cluster.start(...nodes);
  cluster.send('n1', { dictionary: { entries: dictionary } }, batch(...events));
  await settle();
  await stoppedWith(cluster, nodes, summary);
  return cluster.stderr.text
    .split('\n')
    .filter((line) => /left|elsewhere|there:|So did/.test(line));
}

playTime();

describe('packets for nodes that are not traced', () => {
  test('are told: by which interface they left, for which pod, and what would show more', async () => {
    expect(await linesOf([leaving('10.244.2.7'), leaving('10.244.2.7')])).toEqual([
      'Packets for pod/server (10.244.2.7) left n1 by eth0:2 for n2, which is not traced',
      'What becomes of them there: --all-nodes in place of the targets, to trace more than n1',
    ]);
  });

  test('to an address that nobody has are told by the range that it is in', async () => {
    expect((await linesOf([leaving('10.244.2.99')]))[0]).toBe(
      'Packets for 10.244.2.99 left n1 by eth0:2 for n2 (inferred from its range of pod addresses), which is not traced',
    );
  });

  test('are where their pod is, whosever range its address is in, or on the node that has the address itself', async () => {
    expect((await linesOf([leaving('10.244.3.9'), leaving('192.0.2.3')])).slice(0, -1)).toEqual([
      'Packets for shop/pod/other (10.244.3.9) left n1 by eth0:2 for n2, which is not traced',
      'Packets for node/n3 (192.0.2.3) left n1 by eth0:2 for n3, which is not traced',
    ]);
  });

  test('are told of a few ways only', async () => {
    const ways = [1, 2, 3, 4, 5].map((interfaceId) => leaving('10.244.2.7', { interfaceId }));
    expect((await linesOf(ways)).slice(3)).toEqual([
      'So did others, by 2 other ways',
      expect.stringContaining('What becomes of them there: '),
    ]);
  });

  test('to more addresses than are kept are said not to be known', async () => {
    const events = Array.from({ length: 1_001 }, (_, index) =>
      leaving(`203.0.${Math.floor(index / 250)}.${index % 250}`),
    );
    expect((await linesOf(events))[0]).toBe(
      'Packets left for more than 1,000 addresses: of the others it is not known',
    );
    expect(await linesOf(events.slice(0, 999))).toEqual([]);
  });

  test('are told as well when their events are held back, as --drops does', async () => {
    const departures = [
      {
        ...{ interfaceName: 'eth0', interfaceIndex: 2, lastBootTimeNs: Long.fromNumber(1) },
        destination: Uint8Array.of(10, 244, 2, 99),
      },
      { ...{ interfaceName: 'eth0', interfaceIndex: 2 }, destination: Uint8Array.of(1, 2, 3) },
    ];
    const accounting = { withheldEvents: Long.fromNumber(2), packets: Long.fromNumber(1) };
    expect(await linesOf([], { summary: { departures, accounting } })).toEqual([
      'Packets for 10.244.2.99 left n1 by eth0:2 for n2 (inferred from its range of pod addresses), which is not traced',
      'What becomes of them there: --all-nodes in place of the targets, to trace more than n1',
    ]);
    expect(await linesOf([], { summary: { accounting } })).toEqual([
      'What becomes of them elsewhere: --all-nodes in place of the targets, to trace more than n1',
    ]);
    expect(await linesOf([], { summary: { departures, departuresIncomplete: true } })).toContain(
      'Packets left for more than 1,000 addresses: of the others it is not known',
    );
  });

  test.each([
    ['that stay on the node', leaving('10.244.1.7')],
    ['of which nobody knows where they go', leaving('203.0.113.1')],
    ['that are not seen to leave', leaving('10.244.2.7', { functionId: receive })],
    [
      'that have only left their pod',
      leaving('10.244.2.7', { netnsInode: podNetns, interfaceId: 2 }),
    ],
    ['without an address', leaving('10.244.2.7', { destinationAddress: new Uint8Array() })],
  ])('are nothing to tell of those %s', async (_, event) => {
    expect(await linesOf([event])).toEqual([]);
  });

  test('are nothing to tell where all of these nodes are traced', async () => {
    expect(await linesOf([leaving('10.244.2.7')], { targets: ['client@n1', 'server@n2'] })).toEqual(
      [],
    );
  });
});
