import { editDistance } from './edit-distance.ts';
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
