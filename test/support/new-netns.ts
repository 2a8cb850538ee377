/**
 * Commands that make a network namespace in which an IPv6 address, also a device's link-local one, can be used at once:
 * without, a router asks nobody for a neighbour's address until a second or two have passed
 * (ndisc_solicit() of Linux 6.12, net/ipv6/ndisc.c, takes no tentative address as its source).
 */
export function newNetns(name: string): string {
  const dad = ['all', 'default'].map((kind) => `net.ipv6.conf.${kind}.accept_dad=0`).join(' ');
  return `ip netns add ${name}; nsenter --net=/run/netns/${name} sysctl -qw ${dad}; ip -n ${name} link set lo up`;
}
