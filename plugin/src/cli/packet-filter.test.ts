import { describe, expect, test } from 'vitest';
import { readCommandLine } from './command-line.ts';
import { narrowFilter, packetFilter } from './packet-filter.ts';
import { UsageError } from './values.ts';

// All expected texts were accepted by pcap_compile of libpcap 1.10.3, for DLT_EN10MB and DLT_RAW.
describe('packetFilter', () => {
  test.each([
    ['--src 10.0.0.1', 'src host 10.0.0.1'],
    ['--dst 2001:db8::1', 'dst host 2001:db8::1'],
    ['--host 2001:DB8:0:0::1', 'host 2001:db8::1'],
    ['--src 10.0.0.0/8', 'src net 10.0.0.0/8'],
    ['--dst 10.1.2.3/12', 'dst net 10.0.0.0/12'],
    ['--dst 10.255.2.3/12', 'dst net 10.240.0.0/12'],
    ['--host 10.1.2.3/32', 'host 10.1.2.3'],
    ['--host 10.1.2.3/0', 'net 0.0.0.0/0'],
    ['--host 2001:db8::ff/32', 'net 2001:db8::/32'],
    ['--host 2001:db8::ff/121', 'net 2001:db8::80/121'],
    ['--host ::/0', 'net ::/0'],
    ['--host ::ffff:1.2.3.4', 'host ::ffff:102:304'],
    ['--src-port 0', 'src port 0'],
    ['--dst-port 80', 'dst port 80'],
    ['--port 8000-8080', 'portrange 8000-8080'],
    ['--src-port 1-65535', 'src portrange 1-65535'],
    ['--dst-port 80,443', '(dst port 80 or dst port 443)'],
    ['--port 53,80-90', '(port 53 or portrange 80-90)'],
    ['--src-port 80,80', 'src port 80'],
    ['--proto tcp --dst-port 80,443', 'tcp and (dst port 80 or dst port 443)'],
    ['--proto TCP', 'tcp'],
    ['--proto icmp6 --dst fe80::1', 'icmp6 and dst host fe80::1'],
    ['--tcp-flags syn', '(tcp[13] & 2 = 2 or (ip6[6] = 6 and ip6[53] & 2 = 2))'],
    ['--tcp-flags SYN,ack', '(tcp[13] & 18 = 18 or (ip6[6] = 6 and ip6[53] & 18 = 18))'],
    ['--tcp-flags syn,!ack', '(tcp[13] & 18 = 2 or (ip6[6] = 6 and ip6[53] & 18 = 2))'],
    ['--tcp-flags=!ack', '(tcp[13] & 16 = 0 or (ip6[6] = 6 and ip6[53] & 16 = 0))'],
    [
      '--proto tcp --dst-port 80 --tcp-flags rst',
      'tcp and dst port 80 and (tcp[13] & 4 = 4 or (ip6[6] = 6 and ip6[53] & 4 = 4))',
    ],
    ['--from 10.0.0.1', 'src host 10.0.0.1'],
    ['--to 2001:db8::/32', 'dst net 2001:db8::/32'],
    ['--src 10.0.0.0/8 --from 10.0.0.1', 'src net 10.0.0.0/8 and src host 10.0.0.1'],
    // Their addresses are found out later.
    ['--port 80 --from svc/web --to pod-1', 'port 80'],
    [
      '--proto sctp --src 10.0.0.1 --dst 10.0.0.2 --src-port 1 --dst-port 2',
      'sctp and src host 10.0.0.1 and dst host 10.0.0.2 and src port 1 and dst port 2',
    ],
  ])('%s is "%s"', (flags, text) => {
    expect(packetFilter(readCommandLine(flags.split(' ')))).toEqual({
      text,
      expression: '',
    });
  });

  test.each([
    [['--', 'tcp', 'or', 'udp'], { text: 'tcp or udp', expression: 'tcp or udp' }],
    [['--filter', ' tcp\n or\tudp '], { text: 'tcp  or udp', expression: 'tcp  or udp' }],
    [
      ['--port', '80', '--', 'tcp', 'or', 'udp'],
      { text: 'tcp or udp and port 80', expression: 'tcp or udp' },
    ],
    [['--port', '80', '--'], { text: 'port 80', expression: '' }],
    [['--filter', '(tcp', '--local'], { text: '(tcp', expression: '(tcp' }],
  ])('combines %j', (args, filter) => {
    expect(packetFilter(readCommandLine(args))).toEqual(filter);
  });

  test.each<[string[], string]>([
    [
      ['--filter', 'tcp', '--', 'udp'],
      'Cannot use --filter together with an expression after "--": give the filter once',
    ],
    [
      ['--filter', 'x'.repeat(16_385)],
      'Cannot use a filter of 16385 bytes: at most 16384 are allowed',
    ],
    ...(['src-port', 'dst-port', 'port'] as const).flatMap(
      (flag): Array<[string[], string]> => [
        [[`--${flag}`, '70000'], `Cannot use --${flag} 70000: a port is 0 to 65535`],
        [[`--${flag}`, '1-70000'], `Cannot use --${flag} 1-70000: a port is 0 to 65535`],
        [[`--${flag}`, '80,70000'], `Cannot use --${flag} 80,70000: a port is 0 to 65535`],
        [
          [`--${flag}`, '80,'],
          `Cannot use --${flag} 80,: it must be a port such as 80, a range such as 8000-8080, or a list of them such as 80,443`,
        ],
        [[`--${flag}`, '90-80'], `Cannot use --${flag} 90-80: the range begins after its end`],
        [
          [`--${flag}`, 'http'],
          `Cannot use --${flag} http: it must be a port such as 80, a range such as 8000-8080, or a list of them such as 80,443`,
        ],
        [
          [`--${flag}=-80`],
          `Cannot use --${flag} -80: it must be a port such as 80, a range such as 8000-8080, or a list of them such as 80,443`,
        ],
      ],
    ),
    ...[
      '',
      'x',
      '10.0.0',
      '10.0.0.256',
      '10.0.0.0/33',
      '::/129',
      '10.0.0.0/',
      'fe80::1%eth0',
      'a.example',
    ].map((address): [string[], string] => [
      [`--src=${address}`],
      `Cannot use --src ${address === '' ? '""' : address}: it must be an IP address or a network, ` +
        'such as 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32',
    ]),
    [
      ['--proto', 'gre'],
      'Cannot use --proto gre: a protocol is one of tcp, udp, icmp, icmp6, sctp',
    ],
    [
      ['--proto', 'icmp', '--dst-port', '80'],
      'Cannot match any packet: --proto icmp has no ports, and --dst-port asks for one',
    ],
    [
      ['--proto', 'icmp6', '--port', '1'],
      'Cannot match any packet: --proto icmp6 has no ports, and --port asks for one',
    ],
    [
      ['--src', '10.0.0.1', '--dst', '::1'],
      'Cannot match any packet: --src is IPv4, and --dst is IPv6',
    ],
    [
      ['--from', '10.0.0.1', '--to', '::1'],
      'Cannot match any packet: --from is IPv4, and --to is IPv6',
    ],
    ...['', 'sin', 'syn,', 'syn ack', '!!syn', '!'].map((value): [string[], string] => [
      [`--tcp-flags=${value}`],
      `Cannot use --tcp-flags ${value === '' ? '""' : value}: it must be some of fin, syn, rst, psh, ack, urg, ece, cwr, ` +
        'separated by commas, each with a "!" when it must not be set',
    ]),
    [
      ['--tcp-flags', 'syn,ack,!syn'],
      'Cannot use --tcp-flags syn,ack,!syn: no packet has a flag set and not set',
    ],
    [
      ['--proto', 'udp', '--tcp-flags', 'syn'],
      'Cannot match any packet: --proto udp has no TCP flags, and --tcp-flags asks for some',
    ],
    [
      ['--proto', 'icmp', '--host', '::1'],
      'Cannot match any packet: --proto icmp is IPv4, and --host is IPv6',
    ],
    [
      ['--proto', 'icmp6', '--src', '1.1.1.1'],
      'Cannot match any packet: --proto icmp6 is IPv6, and --src is IPv4',
    ],
  ])('refuses %j: %s', (args, message) => {
    let error: unknown;
    try {
      packetFilter(readCommandLine(args));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message });
  });
});

describe('narrowFilter', () => {
  const terms = ['dst host (10.0.0.1 or fd00::1)'];

  test('adds terms to what there is', () => {
    const filter = packetFilter(readCommandLine(['--port', '80', '--', 'tcp or udp']));
    expect(narrowFilter(filter, terms)).toEqual({
      text: 'tcp or udp and port 80 and dst host (10.0.0.1 or fd00::1)',
      expression: 'tcp or udp',
    });
    expect(narrowFilter({ text: '', expression: '' }, terms).text).toBe(terms[0]);
    expect(narrowFilter(filter, [])).toEqual(filter);
  });

  test('refuses what becomes too long', () => {
    const filter = { text: 'x'.repeat(16_380), expression: '' };
    expect(() => narrowFilter(filter, terms)).toThrow(
      new UsageError('Cannot use a filter of 16415 bytes: at most 16384 are allowed'),
    );
  });
});
