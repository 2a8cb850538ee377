"""Traffic that a shell cannot make: `python3 traffic.py COMMAND ARGUMENTS`, inside the network namespace that sends or listens."""
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time


def family(address):
    return socket.AF_INET6 if ':' in address else socket.AF_INET


def checksum(data):
    if len(data) % 2:
        data += b'\0'
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def serve(address, port, size):
    """A TCP server: reads one request, or until the client ends it, answers `size` bytes and closes."""
    listener = socket.create_server((address, int(port)), family=family(address))
    print('ready', flush=True)
    while True:
        connection, _ = listener.accept()
        try:
            request = connection.recv(1000)
            if request.startswith(b'WAIT'):
                while connection.recv(1000):
                    pass
            connection.sendall(b'y' * int(size))
        except OSError:
            pass
        connection.close()


def serve_after_end(address, port, seconds):
    """
    A TCP server that answers, and ends its side, `seconds` after the client has closed its own. Until then it asks each second
    whether the client is still there.
    """
    listener = socket.create_server((address, int(port)), family=family(address))
    print('ready', flush=True)
    while True:
        connection, _ = listener.accept()
        keep_asking(connection)
        while connection.recv(1000):
            pass
        time.sleep(float(seconds))
        connection.sendall(b'late')
        connection.close()


def end_first(seconds, port, *addresses):
    """Closes a connection to each at once; the other side does so later."""
    for address in addresses:
        socket.create_connection((address, int(port))).close()
    time.sleep(float(seconds))


def full_listener(address, port, seconds):
    """A TCP server that has room for one connection, and takes none."""
    listener = socket.create_server((address, int(port)), family=family(address), backlog=0)
    print('ready', flush=True)
    time.sleep(float(seconds))
    listener.close()


def overflow(address, port):
    """
    Two connections to a full listener. The answer to the first one's SYN is kept back until the second one has taken the room: so the
    listener drops what ends the first one's handshake, and the data after it.
    """
    source_port = 5555
    table = 'ip6' if ':' in address else 'ip'
    nft(f'add table {table} pwru_held; add chain {table} pwru_held in {{ type filter hook input priority 0; }}; '
        f'add rule {table} pwru_held in tcp dport {source_port} drop')
    first = socket.socket(family(address), socket.SOCK_STREAM)
    first.bind(('', source_port))
    first.setblocking(False)
    first.connect_ex((address, int(port)))
    second = socket.create_connection((address, int(port)))
    nft(f'delete table {table} pwru_held')
    select.select([], [first], [], 10)
    first.setblocking(True)
    first.send(b'lost')
    time.sleep(1)
    first.close()
    second.close()


def nft(rules):
    subprocess.run(['nft', rules], check=True)


def get(address, port, count, request='GET'):
    """`count` connections that read to the end; with the request WAIT they end their own side first."""
    received = 0
    for _ in range(int(count)):
        connection = socket.create_connection((address, int(port)))
        connection.sendall(request.encode())
        if request == 'WAIT':
            connection.shutdown(socket.SHUT_WR)
        while True:
            data = connection.recv(65536)
            if not data:
                break
            received += len(data)
        connection.close()
    print('received', received)


def get_stalled(address, port, seconds):
    """A connection that ends its own side first, and is given up when nothing has come for `seconds`."""
    connection = socket.create_connection((address, int(port)))
    connection.sendall(b'WAIT')
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(float(seconds))
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        pass
    connection.close()


def ping(address, count, size=56):
    """Echo requests with `size` bytes by a raw socket, which gets a clone of each reply."""
    is_ipv6 = ':' in address
    kind, reply, protocol = (128, 129, socket.IPPROTO_ICMPV6) if is_ipv6 else (8, 0, socket.IPPROTO_ICMP)
    sock = socket.socket(family(address), socket.SOCK_RAW, protocol)
    sock.settimeout(2)
    answered = 0
    for number in range(int(count)):
        header = struct.pack('!BBHHH', kind, 0, 0, os.getpid() & 0xFFFF, number)
        data = header + b'x' * int(size)
        if not is_ipv6:
            data = struct.pack('!BBHHH', kind, 0, checksum(data), os.getpid() & 0xFFFF, number) + data[8:]
        sock.sendto(data, (address, 0))
        try:
            while True:
                answer = sock.recv(65535)
                icmp = answer if is_ipv6 else answer[20:]
                if icmp[0] == reply and icmp[4:8] == header[4:8]:
                    answered += 1
                    break
        except socket.timeout:
            pass
    print('answered', answered)


def echo_reply(address):
    """An answer that nobody asked for."""
    sock = socket.socket(family(address), socket.SOCK_RAW, socket.IPPROTO_ICMP)
    data = struct.pack('!BBHHH', 0, 0, 0, 77, 1) + b'x' * 56
    sock.sendto(struct.pack('!BBHHH', 0, 0, checksum(data), 77, 1) + data[8:], (address, 0))


def keep_alive(address, port, seconds):
    """An idle connection whose client probes every second."""
    connection = socket.create_connection((address, int(port)))
    keep_asking(connection)
    time.sleep(float(seconds))
    end_in_good_order(connection)


def end_in_good_order(connection):
    """Ends its own side, and reads what the other one still has to say."""
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(65536):
        pass
    connection.close()


def keep_asking(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)


def strange_data(address, port):
    """On a living connection: data with sequence numbers that belong to another one, half a number space apart."""
    connection = socket.create_connection((address, int(port)))
    (source, source_port), (destination, destination_port) = connection.getsockname()[:2], (address, int(port))
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
    for sequence in (0x20000000, 0xA0000000):
        segment = struct.pack('!HHIIBBHHH', source_port, destination_port, sequence, 1, 0x50, 0x18, 500, 0, 0) + b'lost'
        pseudo = socket.inet_aton(source) + socket.inet_aton(destination) + struct.pack('!BBH', 0, 6, len(segment))
        sum16 = checksum(pseudo + segment)
        raw.sendto(segment[:16] + struct.pack('!H', sum16) + segment[18:], (destination, 0))
    time.sleep(0.2)
    end_in_good_order(connection)


def router_solicitation(interface):
    """What a host sends when its interface comes up (RFC 4861 section 4.1)."""
    sock = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
    sock.sendto(struct.pack('!BBHI', 133, 0, 0, 0), ('ff02::2', 0, 0, socket.if_nametoindex(interface)))


def announce(interface, address):
    """A gratuitous ARP request, as a host sends it when its interface comes up (RFC 5227 section 2.3)."""
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    sock.bind((interface, 0x0806))
    own, ip = sock.getsockname()[4], socket.inet_aton(address)
    sock.send(b'\xff' * 6 + own + struct.pack('!HHHBBH', 0x0806, 1, 0x0800, 6, 4, 1) + own + ip + b'\0' * 6 + ip)


def multicast(address, port, interface):
    sock = socket.socket(family(address), socket.SOCK_DGRAM)
    index = socket.if_nametoindex(interface)
    # Not to this host itself.
    if ':' in address:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_LOOP, 0)
        sock.sendto(b'x', (address, int(port), 0, index))
    else:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack('=4s4si', b'\0' * 4, b'\0' * 4, index))
        sock.sendto(b'x', (address, int(port)))


def hold_udp(address, port):
    """A UDP socket that reads nothing, and is closed on SIGTERM."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    sock = socket.socket(family(address), socket.SOCK_DGRAM)
    sock.bind((address, int(port)))
    print('ready', flush=True)
    signal.sigwait([signal.SIGTERM])
    sock.close()


def send_udp(address, port, count, size=2):
    sock = socket.socket(family(address), socket.SOCK_DGRAM)
    for _ in range(int(count)):
        try:
            sock.sendto(b'x' * int(size), (address, int(port)))
        except OSError:
            pass


def send_fragments(source, destination, *fragments):
    """
    UDP datagrams in pieces of this script's making: each is ID:PORT, a first fragment of 16 bytes, or ID:+OFFSET, a later and
    last one. Nothing says that the pieces of an ID are all sent, or in order.
    """
    is_ipv6 = ':' in destination
    sock = socket.socket(family(destination), socket.SOCK_RAW, socket.IPPROTO_RAW)
    addresses = b''.join(socket.inet_pton(family(destination), address) for address in (source, destination))
    for fragment in fragments:
        ident, what = fragment.split(':')
        is_later = what.startswith('+')
        offset = int(what[1:]) if is_later else 0
        field = offset // 8
        payload = b'x' * 8 if is_later else struct.pack('!HHHH', 4321, int(what), 24, 0) + b'x' * 8
        if is_ipv6:
            field = field << 3 | (not is_later)
            header = struct.pack('!IHBB', 6 << 28, 8 + len(payload), 44, 64) + addresses
            header += struct.pack('!BBHI', 17, 0, field, int(ident))
        else:
            field |= 0 if is_later else 0x2000
            header = struct.pack('!BBHHHBBH', 0x45, 0, 20 + len(payload), int(ident), field, 64, 17, 0) + addresses
        sock.sendto(header + payload, (destination, 0))


def answer_udp(address, port):
    """Answers each datagram."""
    sock = socket.socket(family(address), socket.SOCK_DGRAM)
    sock.bind((address, int(port)))
    print('ready', flush=True)
    while True:
        data, sender = sock.recvfrom(65535)
        sock.sendto(data, sender)


def ask_udp(address, port, count):
    sock = socket.socket(family(address), socket.SOCK_DGRAM)
    sock.settimeout(5)
    for _ in range(int(count)):
        sock.sendto(b'question', (address, int(port)))
        sock.recv(65535)


def local_messages(count):
    """Datagrams of a UNIX socket pair that nobody reads."""
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    for _ in range(int(count)):
        one.send(b'x')
    other.close()
    one.close()


def capture(seconds):
    """A packet socket that sees all and reads at once."""
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.ntohs(3))
    sock.settimeout(0.1)
    print('ready', flush=True)
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        try:
            sock.recv(65535)
        except socket.timeout:
            pass


commands = {
    function.__name__.replace('_', '-'): function
    for function in (
        serve, serve_after_end, end_first, full_listener, overflow, get, get_stalled, ping, echo_reply, keep_alive, strange_data, router_solicitation, announce, multicast, hold_udp, send_udp,
        answer_udp, ask_udp, local_messages, capture, send_fragments,
    )
}

if __name__ == '__main__':
    commands[sys.argv[1]](*sys.argv[2:])
