import { LabNetwork } from './lab-network.ts';
import type { TestMachine } from './machine.ts';

export const routedAddress = {
  client: { 4: '10.1.0.2', 6: '2001:db8:1::2' },
  server: { 4: '10.2.0.2', 6: '2001:db8:2::2' },
  /** Of the router's device towards the server. */
  router: { 4: '10.2.0.1', 6: '2001:db8:2::1' },
} as const;

/** A client (c0), a router (r0 to the client, r1 to the server) and a server (s0), with both IP versions. */
export function makeRoutedNetwork(machine: TestMachine): Promise<LabNetwork<'c' | 'r' | 's'>> {
  return LabNetwork.create(
    machine,
    ['c', 'r', 's'],
    `ip link add c0 netns $c type veth peer name r0 netns $r
     ip link add s0 netns $s type veth peer name r1 netns $r
     nsenter --net=/run/netns/$r sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
     address() { ip -n $1 addr add $3/24 dev $2; ip -n $1 addr add $4/64 dev $2 nodad; ip -n $1 link set $2 up; }
     address $c c0 10.1.0.2 2001:db8:1::2; address $r r0 10.1.0.1 2001:db8:1::1
     address $s s0 10.2.0.2 2001:db8:2::2; address $r r1 10.2.0.1 2001:db8:2::1
     ip -n $c route add default via 10.1.0.1; ip -n $c route add default via 2001:db8:1::1
     ip -n $s route add default via 10.2.0.1; ip -n $s route add default via 2001:db8:2::1
     # Nobody asks for a neighbour in the midst of a trace.
     know() { ip -n $1 neigh replace $5 dev $2 nud permanent lladdr $(ip netns exec $3 cat /sys/class/net/$4/address); }
     for known in "$c c0 $r r0 10.1.0.1" "$c c0 $r r0 2001:db8:1::1" "$r r0 $c c0 10.1.0.2" "$r r0 $c c0 2001:db8:1::2" \\
       "$s s0 $r r1 10.2.0.1" "$s s0 $r r1 2001:db8:2::1" "$r r1 $s s0 10.2.0.2" "$r r1 $s s0 2001:db8:2::2"; do know $known; done`,
  );
}
