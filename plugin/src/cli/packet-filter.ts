import { formatIpv4, formatIpv6, type IpNetwork, parseIpNetwork } from '../events/ip-address.ts';
import { parsePeer, peerFlags } from './cluster-scope.ts';
import { type CommandLine, mapFlag } from './command-line.ts';
import { tcpFlagsTerm } from './tcp-flags.ts';
import { UsageError, unusable } from './values.ts';

/** What the agent is asked to admit. */
export interface PacketFilter {
  /** The whole pcap-filter(7) expression, the user's own first; empty admits everything. */
  readonly text: string;
  /** The part that the user wrote as an expression; empty when there is none. */
  readonly expression: string;
}

/** Of StartTrace.filter. */
const MAX_FILTER_BYTES = 16_384;
const protocols = ['tcp', 'udp', 'icmp', 'icmp6', 'sctp'] as const;
type Protocol = (typeof protocols)[number];

/**
 * The expression after `--` (or of --filter), and the address, port and protocol flags, combined with "and".
 * @throws UsageError for a value that is none, and for flags that no packet can fulfil together
 */
export function packetFilter(line: CommandLine): PacketFilter {
  const flagExpression = line.text('filter');
  if (flagExpression !== undefined && line.expression !== undefined) {
    throw new UsageError(
      'Cannot use --filter together with an expression after "--": give the filter once',
    );
  }
  // Each blank character by one blank, so that positions stay and an error can point into one line.
  const expression = (flagExpression ?? line.expression ?? '').replace(/\s/g, ' ').trim();
  const terms = flagTerms(line);
  // No parentheses: "and" and "or" have equal precedence in pcap-filter(7) and associate left to right.
  return { text: joined(expression, terms), expression };
}

/**
 * The same filter, and these terms beside it: each without `and` and `or` of its own, or in parentheses.
 * @throws UsageError when it becomes too long
 */
export function narrowFilter(filter: PacketFilter, terms: readonly string[]): PacketFilter {
  return { ...filter, text: joined(filter.text, terms) };
}

function joined(expression: string, terms: readonly string[]): string {
  const text = [...(expression === '' ? [] : [expression]), ...terms].join(' and ');
  const lengthBytes = Buffer.byteLength(text);
  if (lengthBytes > MAX_FILTER_BYTES) {
    throw new UsageError(
      `Cannot use a filter of ${lengthBytes} bytes: at most ${MAX_FILTER_BYTES} are allowed`,
    );
  }
  return text;
}

function flagTerms(line: CommandLine): string[] {
  const protocol = protocolFlag(line);
  const addresses = addressFlags(line);
  const ports = (['src-port', 'dst-port', 'port'] as const).flatMap((flag) => {
    const value = line.text(flag);
    return value === undefined ? [] : [{ flag, term: portsTerm(flag, value) }];
  });
  const [first] = addresses;
  for (const { flag, network } of addresses) {
    if (first !== undefined && network.version !== first.network.version) {
      throw contradiction(
        `--${first.flag} is IPv${first.network.version}`,
        `--${flag} is IPv${network.version}`,
      );
    }
    if (protocol === 'icmp' && network.version === 6)
      throw contradiction('--proto icmp is IPv4', `--${flag} is IPv6`);
    if (protocol === 'icmp6' && network.version === 4)
      throw contradiction('--proto icmp6 is IPv6', `--${flag} is IPv4`);
  }
  const [port] = ports;
  if (port !== undefined && (protocol === 'icmp' || protocol === 'icmp6')) {
    throw contradiction(`--proto ${protocol} has no ports`, `--${port.flag} asks for one`);
  }
  const tcpFlags = mapFlag(line, 'tcp-flags', tcpFlagsTerm);
  if (tcpFlags !== undefined && protocol !== undefined && protocol !== 'tcp')
    throw contradiction(`--proto ${protocol} has no TCP flags`, '--tcp-flags asks for some');
  return [
    ...(protocol === undefined ? [] : [protocol]),
    ...addresses.map(({ flag, network }) => addressTerm(flag, network)),
    ...ports.map(({ term }) => term),
    ...(tcpFlags === undefined ? [] : [tcpFlags]),
  ];
}

/** Of --from and --to those that are addresses: they mean the same as --src and --dst. */
function addressFlags(line: CommandLine): Array<{ flag: AddressFlag; network: IpNetwork }> {
  const own = (['src', 'dst', 'host'] as const).flatMap((flag) => {
    const value = line.text(flag);
    return value === undefined ? [] : [{ flag, network: networkFlag(flag, value) }];
  });
  const peers = peerFlags.flatMap((flag) => {
    const value = line.text(flag);
    const peer = value === undefined ? undefined : parsePeer(flag, value);
    return peer === undefined || 'kind' in peer ? [] : [{ flag, network: peer }];
  });
  return [...own, ...peers];
}

function contradiction(one: string, other: string): UsageError {
  return new UsageError(`Cannot match any packet: ${one}, and ${other}`);
}

function protocolFlag(line: CommandLine): Protocol | undefined {
  const value = line.text('proto');
  if (value === undefined) return undefined;
  const protocol = protocols.find((name) => name === value.toLowerCase());
  if (protocol === undefined)
    throw unusable('proto', value, `a protocol is one of ${protocols.join(', ')}`);
  return protocol;
}

function networkFlag(flag: string, value: string): IpNetwork {
  const network = parseIpNetwork(value);
  if (network === undefined) {
    throw unusable(
      flag,
      value,
      'it must be an IP address or a network, such as 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32',
    );
  }
  return network;
}

const directions = {
  src: 'src ',
  dst: 'dst ',
  host: '',
  from: 'src ',
  to: 'dst ',
  'src-port': 'src ',
  'dst-port': 'dst ',
  port: '',
} as const;

type AddressFlag = 'src' | 'dst' | 'host' | 'from' | 'to';

function addressTerm(flag: AddressFlag, network: IpNetwork): string {
  const address =
    network.version === 4 ? formatIpv4(network.address, 0) : formatIpv6(network.address, 0);
  const isHost = network.prefixBits === network.address.length * 8;
  return `${directions[flag]}${isHost ? `host ${address}` : `net ${address}/${network.prefixBits}`}`;
}

type PortFlag = 'src-port' | 'dst-port' | 'port';

/** Of `80`, `8000-8080` or a list of such: one term, in parentheses where it is several. */
function portsTerm(flag: PortFlag, value: string): string {
  const terms = [...new Set(value.split(',').map((part) => portTerm(flag, part.trim(), value)))];
  return terms.length === 1 ? terms.join() : `(${terms.join(' or ')})`;
}

function portTerm(flag: PortFlag, part: string, value: string): string {
  const match = /^(\d+)(?:-(\d+))?$/.exec(part);
  if (match === null) {
    throw unusable(
      flag,
      value,
      'it must be a port such as 80, a range such as 8000-8080, or a list of them such as 80,443',
    );
  }
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  if (from > 65_535 || to > 65_535) throw unusable(flag, value, 'a port is 0 to 65535');
  if (from > to) throw unusable(flag, value, 'the range begins after its end');
  return `${directions[flag]}${match[2] === undefined ? `port ${from}` : `portrange ${from}-${to}`}`;
}
