/** Of the unsigned 64-bit number high * 2^32 + low. */
export function decimal64(high: number, low: number): string {
  if (high < 2 ** 21) return String(high * 2 ** 32 + low);
  return ((BigInt(high) << 32n) | BigInt(low)).toString();
}
