import { PwruError } from '../errors.ts';
import { at } from './ebpf-assembler.ts';

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

/** A word or sign of a pcap-filter(7) expression. */
export interface ExpressionToken {
  /** As written; without the backslash of an escaped name. */
  readonly text: string;
  /** Zero-based index of its first character. */
  readonly position: number;
  readonly kind: 'keyword' | 'name' | 'number' | 'address' | 'sign';
}

/** Every reserved word of libpcap 1.10's scanner.l that is not a number. */
const keywords = new Set(
  `dst src link ether ppp slip fddi tr wlan arp rarp ip sctp tcp udp icmp igmp igrp pim vrrp carp radio ip6 icmp6 ah
   esp atalk aarp decnet lat sca moprc mopdl iso esis es-is isis is-is l1 l2 iih lsp snp csnp psnp clnp stp ipx netbeui
   host net mask port portrange proto protochain gateway type subtype direction dir address1 addr1 address2 addr2
   address3 addr3 address4 addr4 ra ta less greater byte broadcast multicast and or not len length inbound outbound
   ifindex vlan mpls pppoed pppoes geneve lane llc metac bcc oam oamf4 oamf4ec oamf4sc sc ilmic vpi vci connectmsg
   metaconnect on ifname rset ruleset rnr rulenum srnr subrulenum reason action fisu lssu lsu msu hfisu hlssu hmsu sio
   opc dpc sls hsio hopc hdpc hsls`.split(/\s+/),
);

/** Every word of scanner.l that is a number. What only looks like one is a name, which libpcap would resolve. */
const numberWords = new Set(
  `icmptype icmpcode icmp-echoreply icmp-unreach icmp-sourcequench icmp-redirect icmp-echo icmp-routeradvert
   icmp-routersolicit icmp-timxceed icmp-paramprob icmp-tstamp icmp-tstampreply icmp-ireq icmp-ireqreply icmp-maskreq
   icmp-maskreply icmp6type icmp6code icmp6-destinationunreach icmp6-packettoobig icmp6-timeexceeded
   icmp6-parameterproblem icmp6-echo icmp6-echoreply icmp6-multicastlistenerquery icmp6-multicastlistenerreportv1
   icmp6-multicastlistenerdone icmp6-routersolicit icmp6-routeradvert icmp6-neighborsolicit icmp6-neighboradvert
   icmp6-redirect icmp6-routerrenum icmp6-nodeinformationquery icmp6-nodeinformationresponse
   icmp6-ineighbordiscoverysolicit icmp6-ineighbordiscoveryadvert icmp6-multicastlistenerreportv2
   icmp6-homeagentdiscoveryrequest icmp6-homeagentdiscoveryreply icmp6-mobileprefixsolicit icmp6-mobileprefixadvert
   icmp6-certpathsolicit icmp6-certpathadvert icmp6-multicastrouteradvert icmp6-multicastroutersolicit
   icmp6-multicastrouterterm tcpflags tcp-fin tcp-syn tcp-rst tcp-push tcp-ack tcp-urg tcp-ece tcp-cwr`.split(
    /\s+/,
  ),
);

const word = /[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?/y;
const escapedName = /\\[^ !()\n\t]+/y;
const withColons = /[0-9A-Fa-f]*(?::[0-9A-Fa-f]*)+(?:\.[0-9.]+)?/y;
const sign = />=|<=|!=|==|<<|>>|&&|\|\||./suy;

const number = /^([0-9]+|0[xX][0-9A-Fa-f]+)$/;
const dottedNumbers = /^([0-9]+|0[xX][0-9A-Fa-f]+)(\.([0-9]+|0[xX][0-9A-Fa-f]+)){1,3}$/;
const macAddress =
  /^([0-9A-Fa-f]{1,2}(:[0-9A-Fa-f]{1,2}){5}|[0-9A-Fa-f]{1,2}(-[0-9A-Fa-f]{1,2}){5}|[0-9A-Fa-f]{1,2}(\.[0-9A-Fa-f]{1,2}){5}|[0-9A-Fa-f]{4}(\.[0-9A-Fa-f]{4}){2}|[0-9A-Fa-f]{12})$/;

/** Splits an expression as libpcap's scanner does; never fails, a character without meaning is a sign. */
export function tokenizeExpression(expression: string): ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  for (let position = 0; position < expression.length; ) {
    const token = readToken(expression, position);
    // An escaped name may be one blank: a backslash and a carriage return.
    if (token.kind !== 'sign' || !/^[ \r\n\t]$/.test(token.text)) tokens.push(token);
    position +=
      token.text.length + (expression[position] === '\\' && token.kind === 'name' ? 1 : 0);
  }
  return tokens;
}

function readToken(expression: string, position: number): ExpressionToken {
  const address = match(withColons, expression, position);
  if (address !== undefined && isColonAddress(address)) {
    return { text: address, position, kind: 'address' };
  }
  const text = match(word, expression, position);
  if (text !== undefined) return { text, position, kind: kindOfWord(text) };
  const escaped = match(escapedName, expression, position);
  if (escaped !== undefined) return { text: escaped.slice(1), position, kind: 'name' };
  return { text: match(sign, expression, position) ?? '', position, kind: 'sign' };
}

function kindOfWord(text: string): ExpressionToken['kind'] {
  if (keywords.has(text)) return 'keyword';
  if (number.test(text) || numberWords.has(text)) return 'number';
  return dottedNumbers.test(text) || macAddress.test(text) ? 'address' : 'name';
}

/** True for MAC and IPv6 addresses; the scanner takes other things with colons apart. */
function isColonAddress(text: string): boolean {
  if (macAddress.test(text)) return true;
  const parts = text.split(':');
  const hasGap = text.includes('::');
  const last = parts.at(-1) ?? '';
  const groups = parts.filter((part) => part !== '').length + (last.includes('.') ? 1 : 0);
  const wellFormed = parts.every((part) => /^[0-9A-Fa-f]{0,4}$/.test(part) || part === last);
  return wellFormed && (hasGap ? groups < 8 : groups === 8 && parts.length >= 7);
}

function match(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

/** What can follow the beginning of an expression, whatever it ends with: an operand, a primitive, a relation. */
const continuations = [
  '',
  ' 1',
  ' ip',
  ' 1.1.1.1',
  ' 1:1:1:1:1:1',
  ' 1-2',
  ' proto 1',
  ' host 1.1.1.1',
  ' 1:1:1:1:1:1 and ip',
];

/**
 * Finds the word at which an expression stops being the beginning of any valid one, which libpcap's message does not
 * say. The beginnings are tried with every kind of ending; a search in halves needs few of them.
 *
 * @param parses whether libpcap finds no syntax error in a text.
 * @returns the word's position, or the expression's length when it only lacks an end.
 */
export function locateSyntaxError(expression: string, parses: (text: string) => boolean): number {
  const tokens = tokenizeExpression(expression);
  let valid = 0;
  let invalid = tokens.length + 1;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (canContinue(expression, tokens.slice(0, middle), parses)) valid = middle;
    else invalid = middle;
  }
  return invalid > tokens.length ? expression.length : at(tokens, invalid - 1).position;
}

function canContinue(
  expression: string,
  tokens: readonly ExpressionToken[],
  parses: (text: string) => boolean,
): boolean {
  const last = at(tokens, tokens.length - 1);
  const start = expression.slice(0, last.position + last.text.length);
  const closing = closingBrackets(tokens);
  // A relation may be missing at any depth of the brackets: with none, or behind each of the last few.
  const relations = [undefined, 0, 1, 2, closing.length];
  return continuations.some((continuation) =>
    relations.some((depth) => parses(start + continuation + closeWithRelation(closing, depth))),
  );
}

function closeWithRelation(closing: string, depth: number | undefined): string {
  if (depth === undefined) return closing;
  return `${closing.slice(0, depth)} = 1${closing.slice(depth)}`;
}

/** What closes the brackets that are open, innermost first. */
function closingBrackets(tokens: readonly ExpressionToken[]): string {
  const open: string[] = [];
  for (const { text } of tokens) {
    if (text === '(') open.push(')');
    else if (text === '[') open.push(']');
    else if (text === ')' || text === ']') open.pop();
  }
  return open.reverse().join('');
}
