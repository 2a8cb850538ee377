import { type CommandName, type FlagName, flagsOf } from './flag-table.ts';

/** The flag of this sub-command that was probably meant by a name that is none. */
export function nearestFlag(name: string, command: CommandName): FlagName | undefined {
  if (name.length < 2) return undefined;
  const names = flagsOf(command);
  const ranked = names
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best !== undefined && best.distance <= Math.max(1, Math.floor(name.length / 3)))
    return best.candidate;
  // pwru's own names: --filter-mark, --output-stack, --output-limit-lines.
  return names.find(
    (candidate) =>
      name.split('-').includes(candidate) && candidate !== 'filter' && candidate !== 'output',
  );
}

/** Levenshtein distance. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(
        Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1),
      );
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
