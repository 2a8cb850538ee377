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
