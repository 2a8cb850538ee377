const MAX_LISTED = 5;

/** `a`, `a and b`, `a, b and c`; of many the first ones, `a, b, c, d, e and 12 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.length > MAX_LISTED + 1 ? names.slice(0, MAX_LISTED) : names;
  const rest = names.length - shown.length;
  const parts = rest === 0 ? shown : [...shown, `${rest} more`];
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
