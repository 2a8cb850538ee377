import type { NodeTrace } from './node-trace.ts';

/** More are counted, not named. */
const MAX_NAMED = 3;

/** `n1`, `n1, n2 and n3`, `n1, n2, n3 and 4 more`. */
export function listed(names: readonly string[]): string {
  if (names.length > MAX_NAMED)
    return `${names.slice(0, MAX_NAMED).join(', ')} and ${names.length - MAX_NAMED} more`;
  const [last] = names.slice(-1);
  return names.length < 2 ? (last ?? '') : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** The same of nodes. */
export function namesOf(nodes: readonly NodeTrace[]): string {
  return listed(nodes.map(({ name }) => name));
}

/** Items by what they have in common, in the order of the first of each. */
export function groupedBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
