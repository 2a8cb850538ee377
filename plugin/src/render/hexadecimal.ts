/** Two digits of each byte. Numbers of 32 bits have a slow toString(16): most are no small integers to V8. */
const twoDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `0x` and 16 digits. */
export function hexAddress(high: number, low: number): string {
  return `0x${eightDigits(high)}${eightDigits(low)}`;
}

function eightDigits(word: number): string {
  return (
    (twoDigits[word >>> 24] as string) +
    (twoDigits[(word >>> 16) & 0xff] as string) +
    (twoDigits[(word >>> 8) & 0xff] as string) +
    (twoDigits[word & 0xff] as string)
  );
}
