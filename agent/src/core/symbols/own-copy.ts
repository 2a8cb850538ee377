/**
 * The same text in memory of its own. V8 makes a slice of 13 characters or more as a view of the string that it is of: a name that
 * is kept keeps all of that text.
 */
export function ownCopy(slice: string): string {
  return Buffer.from(slice, 'latin1').toString('latin1');
}
