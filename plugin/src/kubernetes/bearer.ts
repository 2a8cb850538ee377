/** Value of the header Authorization for a token (RFC 6750, 2.1). Files of tokens often end with a newline. */
export function bearer(token: string): string {
  return `Bearer ${token.trim()}`;
}
