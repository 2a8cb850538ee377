import { PwruError } from '../errors.ts';
import { type ExpressionToken, tokenizeExpression } from './expression-tokens.ts';

/** Longest filter expression, in UTF-8 bytes. */
export const EXPRESSION_BYTES_MAX = 16_384;

/** Words that may come before the thing that they qualify. */
const qualifiers = new Set(
  `src dst ra ta addr1 address1 addr2 address2 addr3 address3 addr4 address4 host net port portrange gateway proto
   protochain link ether ppp slip fddi tr wlan arp rarp ip sctp tcp udp icmp igmp igrp pim vrrp carp radio ip6 icmp6 ah
   esp atalk aarp decnet lat sca moprc mopdl iso esis es-is isis is-is clnp stp ipx netbeui llc type subtype dir
   direction`.split(/\s+/),
);

/** Qualifiers whose names libpcap looks up in /etc/services or in lists of its own. */
const typesWithLocalNames = new Set(
  'port portrange proto protochain llc type subtype dir direction'.split(' '),
);

const typeQualifiers = new Set([...typesWithLocalNames, 'host', 'net', 'gateway']);

/**
 * Largest estimated size of a program before libpcap optimises it, in instructions. libpcap's optimiser takes time that
 * grows with the cube of it (1.10.3, 2 GHz: 6,000 instructions of `port 1 or port 2 or ...` 0.3 s, 22,000 20 s).
 */
export const COST_MAX = 6_000;

/** Instructions that libpcap 1.10.3 generates at most for a port; for an address; for another operand; for a keyword. */
const costs = { port: 90, address: 40, operand: 20, keyword: 15 } as const;

/**
 * Refuses what must not reach libpcap. A name in the place of an address starts a blocking DNS query there (the agent
 * would wait for it, and resolve the name where the user does not expect it); names of ports and protocols stay allowed.
 * A long expression keeps the optimiser busy for minutes.
 *
 * @throws PwruError FILTER_SYNTAX with the position of a name, INVALID_ARGUMENT for text that is too long or holds NUL,
 *   FILTER_UNSUPPORTED for an expression that is too costly.
 */
export function checkExpression(expression: string): void {
  const field = 'start.filter';
  const lengthBytes = new TextEncoder().encode(expression).length;
  if (lengthBytes > EXPRESSION_BYTES_MAX) {
    throw new PwruError(
      'INVALID_ARGUMENT',
      `Cannot compile a filter of ${lengthBytes} bytes: at most ${EXPRESSION_BYTES_MAX} are allowed`,
      { field },
    );
  }
  const nul = expression.indexOf('\0');
  if (nul >= 0) {
    throw new PwruError(
      'INVALID_ARGUMENT',
      `Cannot compile the filter: it has a NUL character at position ${nul}`,
      { field, position: nul },
    );
  }
  const tokens = withTypes(tokenizeExpression(expression));
  const name = tokens.find(({ kind, type }) => kind === 'name' && !typesWithLocalNames.has(type));
  if (name !== undefined) {
    throw new PwruError(
      'FILTER_SYNTAX',
      `Cannot compile the filter: "${name.text}" at position ${name.position} is neither a keyword nor an address (names of hosts and networks are not resolved)`,
      { field, position: name.position },
    );
  }
  const cost = tokens.reduce((sum, token) => sum + costOf(token), 0);
  if (cost > COST_MAX) {
    throw new PwruError(
      'FILTER_UNSUPPORTED',
      `Cannot compile the filter: its ${tokens.length} words would make about ${cost} instructions, at most ${COST_MAX} are allowed`,
      { field },
    );
  }
}

/**
 * Whether a VLAN tag that the kernel keeps beside the packet's bytes belongs into the frame that this expression is
 * matched against: it uses the `vlan` keyword. Other expressions see the frame without such a tag, so that
 * `tcp port 80` means the same on a VLAN as elsewhere (with `vlan and tcp port 80` libpcap itself looks behind the tag).
 */
export function wantsVlanTag(expression: string): boolean {
  return tokenizeExpression(expression).some(
    ({ kind, text }) => kind === 'keyword' && text === 'vlan',
  );
}

/** The names in an expression that may be of IP protocols: libpcap looks them up in /etc/protocols. */
export function protocolNames(expression: string): ExpressionToken[] {
  return withTypes(tokenizeExpression(expression)).filter(
    ({ kind, type }) => kind === 'name' && type === 'proto',
  );
}

interface TypedToken extends ExpressionToken {
  /** Type qualifier that applies ("host", "port", ...): operands inherit that of the qualifiers before; '' for none. */
  readonly type: string;
}

function withTypes(tokens: readonly ExpressionToken[]): TypedToken[] {
  let type = '';
  let qualified = false;
  return tokens.map((token) => {
    const isQualifier = token.kind === 'keyword' && qualifiers.has(token.text);
    if (isQualifier && !qualified) type = '';
    if (isQualifier && typeQualifiers.has(token.text)) type = token.text;
    qualified = isQualifier;
    return { ...token, type };
  });
}

function costOf({ kind, type }: TypedToken): number {
  switch (kind) {
    case 'sign':
      return 0;
    case 'keyword':
      return costs.keyword;
    case 'address':
      return costs.address;
    case 'name':
    case 'number':
      return type === 'port' || type === 'portrange' ? costs.port : costs.operand;
  }
}
