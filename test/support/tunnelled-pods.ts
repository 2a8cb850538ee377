import { LabNetwork } from './lab-network.ts';
import type { TestMachine } from './machine.ts';

export interface Tunnel {
  readonly kind: 'vxlan' | 'geneve' | 'ipip' | 'sit' | 'ip6tnl' | 'gre' | 'gretap';
  /** Of the packet, inside. */
  readonly version: 4 | 6;
  /** VNI or key, 0 without. */
  readonly value: number;
}

export const podAddress = {
  1: { 4: '10.244.1.1', 6: '2001:db8:f1::1' },
  2: { 4: '10.244.2.1', 6: '2001:db8:f2::1' },
} as const;

const nodeAddress = { 1: '192.0.2.1', 2: '192.0.2.2' } as const;

/** `ip link add` of the tunnel's device in the namespace of node `own`, to the other one. */
function deviceOf({ kind, value }: Tunnel, own: 1 | 2): string {
  const other = own === 1 ? 2 : 1;
  const ends = `local ${nodeAddress[own]} remote ${nodeAddress[other]}`;
  switch (kind) {
    case 'vxlan':
      return `type vxlan id ${value} dev u${own} ${ends} dstport 8472`;
    case 'geneve':
      return `type geneve id ${value} remote ${nodeAddress[other]}`;
    case 'gre':
    case 'gretap':
      return `type ${kind} ${ends}${value === 0 ? '' : ` key ${value} seq`}`;
    case 'ip6tnl':
      return `type ip6tnl mode any local 2001:db8::${own} remote 2001:db8::${other}`;
    case 'ipip':
    case 'sit':
      return `type ${kind} ${ends}`;
  }
}

/**
 * Two nodes (n1, n2) joined by a veth pair (u1, u2), each with the address of a pod on loopback, which the tunnel between the
 * nodes leads to.
 */
export function makeTunnelledPods(
  machine: TestMachine,
  tunnel: Tunnel,
): Promise<LabNetwork<'n1' | 'n2'>> {
  const node = (own: 1 | 2) => {
    const other = own === 1 ? 2 : 1;
    return `ip -n $n${own} addr add ${nodeAddress[own]}/24 dev u${own}
     ip -n $n${own} addr add 2001:db8::${own}/64 dev u${own} nodad; ip -n $n${own} link set u${own} up
     ip -n $n${own} addr add ${podAddress[own][4]}/32 dev lo; ip -n $n${own} addr add ${podAddress[own][6]}/128 dev lo
     ip -n $n${own} link add t0 ${deviceOf(tunnel, own)}; ip -n $n${own} link set t0 up
     ip -n $n${own} addr add 10.9.0.${own}/24 dev t0; ip -n $n${own} addr add 2001:db8:9::${own}/64 dev t0 nodad
     ip -n $n${own} route add ${podAddress[other][4]}/32 via 10.9.0.${other} dev t0 src ${podAddress[own][4]} onlink
     ip -n $n${own} -6 route add ${podAddress[other][6]}/128 via 2001:db8:9::${other} dev t0 src ${podAddress[own][6]} onlink`;
  };
  return LabNetwork.create(
    machine,
    ['n1', 'n2'],
    `ip link add u1 netns $n1 type veth peer name u2 netns $n2
     ${node(1)}
     ${node(2)}`,
  );
}
