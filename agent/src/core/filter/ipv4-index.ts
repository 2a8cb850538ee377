import { type ExpressionToken, tokenizeExpression } from './expression.ts';

/**
 * Protocols whose bytes libpcap finds behind an IPv4 header only (1.10.3, gencode.c, gen_load_internal), and where the same
 * bytes are in an IPv6 packet.
 */
const inIpv6: ReadonlyMap<string, string> = new Map([
  ['tcp', 'ip6[6] = 6 and ip6[40+N]'],
  ['udp', 'ip6[6] = 17 and ip6[40+N]'],
  ['sctp', 'ip6[6] = 132 and ip6[40+N]'],
  ['pim', 'ip6[6] = 103 and ip6[40+N]'],
  ['vrrp', 'ip6[6] = 112 and ip6[40+N]'],
  ['icmp', 'icmp6[N]'],
]);

/** An index such as `tcp[13]` that no IPv6 packet can fulfil, where the rest of the expression admits IPv6. */
export interface Ipv4Index {
  readonly protocol: string;
  /** Of the protocol in the expression, from 0. */
  readonly position: number;
  /** What stands for `protocol[N]` in IPv6, without extension headers. */
  readonly inIpv6: string;
}

/**
 * The indexes of an expression that make it look at IPv4 only where it does not say so itself: one for each protocol. None when the
 * expression names IPv6 anywhere, or when it wants IPv4 without the index, too.
 *
 * @param compile what libpcap makes of an expression, as comparable text; its message when it refuses it
 */
export function ipv4Indexes(
  expression: string,
  compile: (expression: string) => string,
): Ipv4Index[] {
  const tokens = tokenizeExpression(expression);
  const namesIpv6 = tokens.some(
    ({ kind, text }) => kind === 'keyword' && (text === 'ip6' || text === 'icmp6'),
  );
  if (namesIpv6) return [];
  const indexed = indexedProtocols(tokens);
  if (indexed.length === 0) return [];
  const asItIs = compile(ofIpv6(expression));
  return indexed.filter(
    ({ protocol }) => compile(ofIpv6(withoutVersion(expression, tokens, protocol))) !== asItIs,
  );
}

/**
 * The index because of which an expression that asks for IPv6 can match no packet; undefined when there is none.
 *
 * @param compiles whether libpcap accepts an expression
 */
export function rejectingIpv4Index(
  expression: string,
  compiles: (expression: string) => boolean,
): Ipv4Index | undefined {
  const tokens = tokenizeExpression(expression);
  return indexedProtocols(tokens).find(({ protocol }) =>
    compiles(ofIpv6(withoutVersion(expression, tokens, protocol))),
  );
}

/** Each protocol that is indexed, with the place of its first index. */
function indexedProtocols(tokens: readonly ExpressionToken[]): Ipv4Index[] {
  const found = new Map<string, Ipv4Index>();
  for (const [index, token] of tokens.entries()) {
    if (!isIndexed(token, tokens[index + 1]) || found.has(token.text)) continue;
    const { text: protocol, position } = token;
    found.set(protocol, { protocol, position, inIpv6: inIpv6.get(protocol) ?? '' });
  }
  return [...found.values()];
}

function isIndexed(token: ExpressionToken, next: ExpressionToken | undefined): boolean {
  return token.kind === 'keyword' && inIpv6.has(token.text) && next?.text === '[';
}

/** `and` binds what stands before it as a whole, but for the parentheses that a mistake would need. */
function ofIpv6(expression: string): string {
  return `(${expression}) and ip6`;
}

/** The expression with each index of a protocol made an index of IPv6's header, which IPv6 packets can fulfil. */
function withoutVersion(
  expression: string,
  tokens: readonly ExpressionToken[],
  protocol: string,
): string {
  let text = '';
  let end = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text !== protocol || !isIndexed(token, tokens[index + 1])) continue;
    text += `${expression.slice(end, token.position)}ip6`;
    end = token.position + protocol.length;
  }
  return text + expression.slice(end);
}
