import type { FuzzRun } from './fuzz-property.ts';

/** How a failure is looked at again. */
export function repeatCommand(
  name: string,
  { seed, path = '' }: Pick<FuzzRun, 'seed' | 'path'>,
): string {
  return `again: npm run fuzz -- --only ${JSON.stringify(name)} --seed ${seed} --path ${path}`;
}
