/** Types of RFC 792 by number, and codes where a type has several that matter: `port-unreachable`. */
const icmpTypes: Readonly<Record<number, string>> = {
  0: 'echo-reply',
  3: 'unreachable',
  4: 'source-quench',
  5: 'redirect',
  8: 'echo-request',
  11: 'time-exceeded',
  12: 'parameter-problem',
};

/** Codes by type: RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1. */
const icmpCodes: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  3: {
    0: 'net-unreachable',
    1: 'host-unreachable',
    2: 'protocol-unreachable',
    3: 'port-unreachable',
    4: 'frag-needed',
    5: 'source-route-failed',
    6: 'net-unknown',
    7: 'host-unknown',
    9: 'net-prohibited',
    10: 'host-prohibited',
    13: 'admin-prohibited',
  },
  11: { 1: 'reassembly-time-exceeded' },
};

/** Types of RFC 4443, 4861 and 3810. */
const icmp6Types: Readonly<Record<number, string>> = {
  1: 'unreachable',
  2: 'too-big',
  3: 'time-exceeded',
  4: 'parameter-problem',
  128: 'echo-request',
  129: 'echo-reply',
  133: 'router-solicit',
  134: 'router-advert',
  135: 'neighbor-solicit',
  136: 'neighbor-advert',
  143: 'mld2-report',
};

/** Codes of RFC 4443 by type. */
const icmp6Codes: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  1: {
    0: 'no-route',
    1: 'admin-prohibited',
    2: 'beyond-scope',
    3: 'address-unreachable',
    4: 'port-unreachable',
    5: 'policy-failed',
    6: 'reject-route',
  },
  3: { 1: 'reassembly-time-exceeded' },
};

/** The name of an ICMP message by type and code; of a code without a name `TYPE/CODE`, where the type has named ones. */
export function icmpText(typeCode: number): string {
  return nameOf(typeCode, icmpTypes, icmpCodes);
}

export function icmp6Text(typeCode: number): string {
  return nameOf(typeCode, icmp6Types, icmp6Codes);
}

function nameOf(
  typeCode: number,
  types: Readonly<Record<number, string>>,
  codes: Readonly<Record<number, Readonly<Record<number, string>>>>,
): string {
  const [type, code] = [typeCode >>> 8, typeCode & 0xff];
  const name = types[type];
  const ofCode = codes[type];
  if (name === undefined) return `${type}/${code}`;
  return ofCode?.[code] ?? (ofCode === undefined || code === 0 ? name : `${name}/${code}`);
}
