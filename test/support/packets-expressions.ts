/**
 * Filter expressions for comparing the compiled filters with libpcap's interpreter: those of the pcap-filter(7) manual
 * page and of tcpdump(1), and every construct for Ethernet that libpcap 1.10.3 compiles.
 */
export const expressions: readonly string[] = [
  '',
  ...lines(`
    host 10.0.0.1
    src host 10.0.0.1
    dst host 10.0.0.1
    src or dst host 10.0.0.1
    src and dst host 10.0.0.1
    not host 10.0.0.1
    host 10.0.0.1 or 10.0.0.2
    host 10.0.0.1 and 10.0.0.2
    host 10.0.0.1 and not 10.0.0.2
    host 10.0.0.1 and (10.0.0.2 or 10.0.0.3)
    ip host 10.0.0.1
    ip host 10.0.0.1 and not 10.0.0.2
    arp host 10.0.0.1
    rarp host 10.0.0.1
    arp src host 10.0.0.1
    arp dst host 10.0.0.2
    host 2001:db8::1
    src host 2001:db8::1
    dst host fe80::1
    ip6 host 2001:db8::1
    ip6 src host fe80::1 and dst host ff02::1
    host ::1
    host ::ffff:10.0.0.1
    host 2001:db8:1:2:3:4:5:6
    net 10
    net 10.0
    net 192.168.1
    net 192.168.1.0/24
    net 192.168.0.0 mask 255.255.0.0
    src net 10.0.0.0/8
    dst net 172.16.0.0/12
    src net 10.0.0.0/8 and dst net 192.168.0.0/16
    net 0.0.0.0/0
    net 10.1.2.3/32
    net 224.0.0.0/4
    net 2001:db8::/32
    net fe80::/10
    src net 2001:db8::/64
    dst net ff00::/8
    net 2001:db8::/127
    net 2001:db8:0:1::/64 or net 10.0.0.0/30
    arp net 10.0.0.0/24
    ip net 10.0.0.0/8 or ip6 net fd00::/8`),
  ...lines(`
    port 80
    src port 80
    dst port 80
    src or dst port 53
    src and dst port 123
    tcp port 80
    tcp src port 80
    tcp dst port 80
    udp port 53
    udp src port 53
    udp dst port 53
    sctp port 36412
    sctp dst port 3868
    port 80 or 443
    port 80 or port 443
    port 80 and not port 443
    tcp port 21 or 22 or 23 or 25 or 80 or 110 or 143 or 443
    not port 22
    not tcp port 22
    portrange 8000-8080
    src portrange 1-1023
    dst portrange 1024-65535
    tcp portrange 0-65535
    udp portrange 33434-33534
    sctp portrange 1-100
    tcp dst portrange 6000-6063
    port 0
    port 65535
    host 10.0.0.1 and tcp port 80
    host 10.0.0.1 and port 80
    src host 10.0.0.1 and dst port 443
    src 10.0.0.1 and dst 10.0.0.2 and tcp src port 1234 and dst port 80
    host 10.0.0.1 and (port 80 or port 443)
    host 10.0.0.1 and not (port 22 or port 23)
    tcp and (port 80 or port 8080) and net 10.0.0.0/8
    udp and (port 67 or port 68)
    udp port 4789
    host 2001:db8::1 and tcp port 80
    ip6 and tcp port 80
    ip and udp port 53
    ip6 and udp dst port 547
    tcp and dst port 80 or udp and dst port 53`),
  ...lines(`
    ip
    ip6
    arp
    rarp
    tcp
    udp
    icmp
    icmp6
    igmp
    igrp
    pim
    vrrp
    carp
    sctp
    ah
    esp
    ip proto 47
    ip proto 6
    ip proto \\tcp
    ip proto \\icmp
    ip6 proto 58
    ip6 proto \\udp
    ip6 proto 0
    proto 17
    proto \\sctp
    ip and tcp
    ip6 and tcp
    ip6 and not tcp
    not ip
    not (ip or ip6 or arp)
    ip or ip6
    ip and not tcp and not udp and not icmp
    tcp or udp
    ip proto 4
    ip6 proto 41
    ip proto 89
    ip proto 255
    icmp or icmp6
    ah or esp
    atalk
    aarp
    decnet
    lat
    sca
    moprc
    mopdl
    iso
    stp
    ipx
    netbeui
    clnp
    esis
    isis
    l1
    l2
    iih
    lsp
    snp
    csnp
    psnp
    iso proto 0x82
    isis proto 18
    llc
    llc i
    llc s
    llc u
    llc rr
    llc ui
    llc test`),
  ...lines(`
    ether host 00:11:22:33:44:55
    ether src 00:11:22:33:44:55
    ether dst ff:ff:ff:ff:ff:ff
    ether src 00:11:22:33:44:55 and ether dst 66:77:88:99:aa:bb
    ether src or dst 02:00:00:00:00:01
    not ether host 00:11:22:33:44:55
    ether broadcast
    ether multicast
    broadcast
    multicast
    not broadcast and not multicast
    ip multicast
    ip6 multicast
    ether proto 0x88cc
    ether proto \\ip
    ether proto \\arp
    ether proto \\ip6
    ether proto \\stp
    ether proto 0x800
    ether proto 1500
    ether proto 0x0600
    ether proto 0x888e or ether proto 0x88cc
    ether[0] & 1 = 0
    ether[0] & 1 != 0
    ether[0:4] = 0x00112233
    ether[6:2] = 0x0200
    ether[1:4] = 0x01020304
    ether[3:2] != 0
    ether[12:2] = 0x0800
    ether[12:2] > 1500
    ether[11:2] = 0x5508
    ether[13] = 6
    ether[14] = 0x45
    ether[0] = ether[6]
    ether[0:4] = ether[6:4] and ether[4:2] = ether[10:2]
    ether[ether[12]] = 8
    ether[ip[0] & 0xf] = 1
    ether[len - 1] = 0
    ether[len - 4:4] = 0xdeadbeef
    ether[0x0e] & 0xf0 = 0x60`),
  ...lines(`
    vlan
    vlan 100
    vlan 0
    vlan 4095
    not vlan
    vlan and ip
    vlan and tcp port 80
    vlan 100 and tcp port 80
    vlan 100 and host 10.0.0.1
    vlan 100 and ip6
    vlan 100 and udp dst port 53
    vlan 100 and not icmp
    vlan 100 and vlan 200
    vlan && vlan 300 && ip
    vlan 100 and vlan 200 and tcp port 443
    vlan 100 or vlan 200
    ip or (vlan and ip)
    tcp port 80 or (vlan and tcp port 80)
    vlan 100 and arp
    vlan 100 and net 10.0.0.0/8
    vlan and ip[8] < 5
    vlan and ether[14] & 0xe0 = 0
    vlan and tcp[tcpflags] & tcp-syn != 0
    vlan and ip6 host 2001:db8::1
    vlan and vlan and vlan and icmp
    vlan 100 and broadcast
    mpls
    mpls 100000
    mpls 1024
    not mpls
    mpls and ip
    mpls 100000 and tcp port 80
    mpls 100000 and mpls 1024
    mpls 100000 && mpls 1024 && host 192.9.200.1
    mpls and mpls and ip6
    mpls and host 10.0.0.1
    vlan and mpls 16
    pppoed
    pppoes
    pppoes 0x27
    pppoes 7
    pppoes and ip
    pppoes 1 and tcp port 80
    pppoes && ip6
    pppoes and host 10.0.0.1
    not pppoed and not pppoes
    vlan and pppoes
    vlan 100 and pppoes 0x27 and ip and udp port 53
    geneve
    geneve 0xb
    geneve 0xb and geneve and tcp
    geneve 0xff && host 192.168.1.1
    geneve and ip6
    geneve 7 and vlan
    not geneve`),
  ...lines(`
    tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and not src and dst net 10.0.0.0/8
    tcp[tcpflags] & (tcp-syn|tcp-fin) != 0
    tcp[tcpflags] & tcp-syn != 0
    tcp[tcpflags] = tcp-syn
    tcp[tcpflags] == tcp-ack
    tcp[tcpflags] & (tcp-rst|tcp-ack) == (tcp-rst|tcp-ack)
    tcp[tcpflags] & (tcp-push|tcp-urg|tcp-ece|tcp-cwr) != 0
    tcp[13] & 2 = 2
    tcp[13] = 18
    tcp[13] & 7 != 0
    tcp[0:2] = 80
    tcp[2:2] = 443
    tcp[4:4] > 1000
    tcp[8:4] = 0
    tcp[12] & 0xf0 = 0x50
    tcp[14:2] < 1024
    tcp[(tcp[12] & 0xf0) >> 2] = 0x16
    tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420
    tcp port 80 and tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x504f5354
    tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)
    tcp dst port 443 and tcp[((tcp[12] & 0xf0) >> 2)] = 0x16 and tcp[((tcp[12] & 0xf0) >> 2) + 5] = 0x01
    udp[0:2] = 53
    udp[4:2] > 100
    udp[8] = 0x24
    udp[8:4] & 0x80000000 = 0
    udp port 53 and udp[10] & 0x80 != 0
    udp[udp[4:2] - 1] = 0
    icmp[icmptype] = icmp-echo
    icmp[icmptype] = icmp-echoreply
    icmp[icmptype] != icmp-echo and icmp[icmptype] != icmp-echoreply
    icmp[icmptype] = icmp-unreach and icmp[icmpcode] = 4
    icmp[icmptype] = icmp-timxceed or icmp[icmptype] = icmp-redirect
    icmp[0] = 8 or icmp[0] = 0
    icmp[4:2] = 1
    icmp[8:4] = 0x45000054
    icmp6[icmp6type] = icmp6-echo
    icmp6[icmp6type] = icmp6-neighborsolicit
    icmp6[0] = 135 or icmp6[0] = 136
    icmp6[icmp6code] = 0
    icmp6[icmp6type] >= icmp6-routersolicit and icmp6[icmp6type] <= icmp6-redirect
    igmp[0] = 0x16
    igmp[4:4] = 0xe00000fb
    sctp[0:2] = 1000
    sctp[12] = 1
    arp[6:2] = 1
    arp[6:2] = 2 and arp[14:4] = 0x0a000001
    arp[24:4] = arp[14:4]
    rarp[7] = 3
    pim[0] = 0x20
    vrrp[1] = 10`),
  ...lines(
    `
    ip[0] & 0xf != 5
    ip[0] & 0xf = 5
    ip[0] = 0x45
    ip[1] & 0xfc = 0xb8
    ip[2:2] > 576
    ip[2:2] = len - 14
    ip[6:2] & 0x1fff = 0
    ip[6:2] & 0x1fff != 0
    ip[6] & 0x40 != 0
    ip[8] < 5
    ip[8] = 64
    ip[9] = 6
    ip[12:4] = 0x0a000001
    ip[12:4] & 0xff000000 = 0x0a000000
    ip[12:4] = ip[16:4]
    ip[16] >= 224
    ip[16:4] > ip[12:4]
    ip[19] = 255
    ip[20:2] = 80
    ip[21:2] = 0x5000
    ip[23:4] = 1
    ip[13:2] = 0
    ip[15:4] != 0
    ip6[0] & 0xf0 = 0x60
    ip6[4:2] > 100
    ip6[6] = 6
    ip6[6] = 44 or ip6[6] = 43
    ip6[7] = 255
    ip6[7] < 2
    ip6[8:4] = 0x20010db8
    ip6[24] = 0xff
    ip6[40] = 128
    ip6[40:2] = 80
    ip6[42:2] = 443
    ip6[53] & 0x12 = 0x12
    ip6[6] = 58 and ip6[40] = 134
    ip6[6] = 0 and ip6[40] = 6
    gre[0] = 0 or udp port 4789
    udp port 4789 and udp[46:4] = 0x0a000001
    ip[100] = 7
    ip[150:4] > 0
    ip[177:4] = 0x01020304
    ip[178:4] = 0x01020304
    ip[179] = 1
    ip[180] = 1
    ip[181:2] = 0x0102
    ip[200] = 9
    ip[200:4] & 0xff00ff00 = 0x11002200
    ip[300:2] = 0xbeef
    ip[999] != 0
    tcp[150] = 1
    tcp[180:4] = 0x01010101
    tcp[500:2] = 0xabcd
    udp[160:2] = udp[162:2]
    ether[194] = 1
    ether[178:4] = 0x31323334
    ether[179:4] = 0x31323334
    ether[190:4] = 0x31323334
    ether[191:4] = 0x31323334
    ether[193] = 5
    ether[1000:4] = 0x00000000
    ether[1200] = 0x20 and tcp`.replace('gre[0] = 0', 'ip proto 47'),
  ),
  ...lines(`
    less 100
    greater 100
    less 64 or greater 1500
    len < 60
    len > 1000
    len = 100
    len != 100
    len >= 128 and len <= 256
    len & 1 = 0
    len % 4 = 2
    len * 2 > 300
    len / 8 = 10
    len + 14 > 114
    len - 14 = 46
    len ^ 0xff = 0
    len | 1 = 61
    len << 2 > 400
    len >> 3 < 12
    len = ip[2:2] + 14
    length > 200
    greater 0
    less 4294967295
    len > 0 and ip
    tcp and less 70`),
  ...lines(`
    ip[8] + ip[9] = 70
    ip[8] - ip[9] = 58
    ip[8] * ip[9] = 384
    ip[8] / ip[9] = 10
    ip[8] % ip[9] = 4
    ip[8] & ip[9] = 0
    ip[8] | ip[9] = 70
    ip[8] ^ ip[9] = 70
    ip[0] << ip[8] > 0
    ip[12:4] >> ip[8] = 0
    ip[12:4] << (ip[8] & 31) != 0
    ip[8] / 2 = 32
    ip[8] % 7 = 1
    ip[2:2] * 3 > 1000
    ip[2:2] * 65536 = 0x00540000
    -ip[8] = 0xffffffc0
    -(ip[8]) < 0xffffff00
    ip[4:2] + 0xffffffff = 5
    ip[2:2] % (ip[8] - 64) = 1
    ip[12:4] ^ ip[16:4] = 0
    (ip[12] + ip[13] + ip[14] + ip[15]) & 0xff = 11
    (ip[0] & 0xf) * 4 > 20
    (ip[0] & 0xf) << 2 > 20 and tcp
    ip[8] << 31 = 0x80000000
    ip[(ip[0] & 0xf) * 4] = 8
    ip[(ip[0] & 0xf) * 4:2] = 22
    ip[((ip[0] & 0xf) * 4) + 2:2] = 22
    ip[ip[2:2] - 1] = 0
    ip[ip[8]] = ip[9]
    ip[ip[8]:4] & 0xff = 1
    ip[tcp[12] >> 2] = 1
    tcp[tcp[0] & 3] = 0
    udp[udp[8] + 8] = 0 and udp port 53
    ip[12:4] > 0x0a000000 and ip[12:4] < 0x0affffff
    ip[12:4] >= 0xc0a80000 and ip[12:4] <= 0xc0a8ffff
    0x45 = ip[0]
    10 > ip[8]
    5 = 5
    1 + 1 = 2 and tcp
    ip[8] != 64 and ip[8] != 128 and ip[8] != 255`),
  ...lines(`
    (tcp or udp) and (port 53 or port 80) and not host 10.0.0.3
    not (tcp port 80 and host 10.0.0.1)
    not (not (tcp))
    (ip and (tcp or udp)) or (ip6 and (icmp6 or udp))
    tcp port 80 and ip[2:2] > 100 and tcp[13] & 8 != 0 and host 10.0.0.1
    ((((tcp))))
    tcp and less 10
    (host 10.0.0.1 or host 10.0.0.2 or host 10.0.0.3 or host 10.0.0.4) and (port 22 or 23 or 25 or 53 or 80)
    icmp and icmp[0] = 8 and ip[8] = 1 or udp portrange 33434-33534 and ip[8] = 1
    ip proto 50 or udp port 4500 or udp port 500
    arp or (udp and (port 67 or 68)) or icmp6
    tcp[tcpflags] & tcp-syn != 0 and tcp[tcpflags] & tcp-ack = 0 and dst net 10.0.0.0/8
    (vlan and (arp or ip host 10.0.0.1)) or (arp or ip host 10.0.0.1)
    ether src 02:42:ac:11:00:02 and ip and tcp dst port 80
    not ether dst 33:33:00:00:00:01 and ip6
    ip6 and (ip6[6] = 6 or ip6[6] = 17) and (ip6[40:2] = 53 or ip6[42:2] = 53)
    (tcp[0:2] > 1024 and tcp[2:2] < 1024) or (udp[0:2] > 1024 and udp[2:2] < 1024)
    net 10.0.0.0/8 and not net 10.1.0.0/16 and not net 10.2.0.0/16
    ip src 10.0.0.1 and ip dst 10.0.0.2 or ip src 10.0.0.2 and ip dst 10.0.0.1
    tcp src port 80 || tcp dst port 80 && !host 10.0.0.9
    ! arp
    ip[0] & 0xf0 != 0x40 and ip
    host 10.0.0.1 and port 8080 and greater 200 and not multicast`),
];

/** For packets that begin with their IP header (DLT_RAW): the compiler does not depend on the link type. */
export const expressionsForRaw: readonly string[] = lines(`
  ip
  ip6
  tcp port 80
  dst port 53
  host 10.0.0.1 and tcp port 80
  host 2001:db8::1
  net 192.168.0.0/16
  icmp[icmptype] = icmp-echo
  icmp6
  tcp[tcpflags] & tcp-syn != 0
  tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420
  ip[0] & 0xf > 5
  ip[2:2] = len
  ip[13:4] & 0xff00 = 0
  ip6[6] = 17 and ip6[42:2] = 53
  udp[8:4] = 0x01020304
  sctp portrange 1000-2000
  ip[ip[0] & 0xf] = 1
  ip[197:4] = 1
  less 60
  ip multicast`);

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
