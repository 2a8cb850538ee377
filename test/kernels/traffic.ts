import type { TestMachine } from '../support/machine.ts';
import { serverAddress, type VethPair } from '../support/veth-pair.ts';

/** To these nobody listens: the server's firewall drops them. The second is for what comes later. */
export const droppedPorts = [4000, 4001] as const;

/** Both are in this filter, ping and datagrams. */
export const trafficFilter = `icmp or icmp6 or udp portrange ${droppedPorts.join('-')}`;

export async function dropDatagrams(machine: TestMachine, { server }: VethPair): Promise<void> {
  await machine.mustRun(`nsenter --net=/run/netns/${server} nft -f - <<'RULES'
table inet pwru_test {
  chain input {
    type filter hook input priority 0
    udp dport ${droppedPorts.join('-')} drop
  }
}
RULES`);
}

/**
 * Of the client: one ping to the server, which answers, and one datagram, in both IP versions.
 * @throws Error when a ping is not answered within 10 s
 */
export async function sendPingAndDatagram(
  machine: TestMachine,
  { client }: VethPair,
  port: number,
): Promise<void> {
  await machine.mustRun(`nsenter --net=/run/netns/${client} python3 - <<'SCRIPT'
import socket, struct, sys

def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff

def ping(family, protocol, address, request, answer, header):
    with socket.socket(family, socket.SOCK_RAW, protocol) as raw:
        raw.settimeout(10)
        body = struct.pack("!HH", 7, 1) + b"ping"
        # The kernel writes the checksum of ICMPv6 itself.
        sum4 = checksum(struct.pack("!BBH", request, 0, 0) + body)
        raw.sendto(struct.pack("!BBH", request, 0, sum4) + body, (address, 0))
        while True:
            got = raw.recv(1500)[header:]
            if got[0] == answer and got[4:] == body:
                return

ping(socket.AF_INET, socket.IPPROTO_ICMP, "${serverAddress[4]}", 8, 0, 20)
ping(socket.AF_INET6, socket.IPPROTO_ICMPV6, "${serverAddress[6]}", 128, 129, 0)
for family, address in (socket.AF_INET, "${serverAddress[4]}"), (socket.AF_INET6, "${serverAddress[6]}"):
    with socket.socket(family, socket.SOCK_DGRAM) as udp:
        udp.sendto(b"datagram", (address, ${port}))
SCRIPT`);
}
