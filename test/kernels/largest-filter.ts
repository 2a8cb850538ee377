import { checkExpression } from '../../agent/src/core/filter/expression.ts';

/**
 * The longest filter of this kind that an agent takes: `beginning`, then as many IPv6 addresses as go, of which each costs
 * the verifier most. It looks at the packet's length, far into the packet, and at bytes at a computed offset, too.
 */
export function largestFilter(beginning: string): string {
  const parts = [
    beginning,
    'len > 60000',
    'tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420',
    'ip[170:2] = 7',
  ];
  const withAddresses = (count: number): string => {
    const addresses = Array.from({ length: count }, (_, i) => `2001:db8:1::${i.toString(16)}`);
    return [...parts, `host (${addresses.join(' or ')})`].join(' or ');
  };
  let count = 1;
  while (isTaken(withAddresses(count + 1))) count += 1;
  return withAddresses(count);
}

function isTaken(expression: string): boolean {
  try {
    checkExpression(expression);
    return true;
  } catch {
    return false;
  }
}
