import { describe, test } from 'vitest';
import { subjects } from './subjects.ts';

/*
 * A short run of every fuzzer with the same cases each time; `npm run fuzz -- MINUTES` runs them on with new ones, and
 * with `--seed`, `--path` and `--only` one case again.
 */

const seed = Number(process.env['PWRU_FUZZ_SEED'] ?? 20_261_129);

describe.each(subjects.map((subject) => [subject.name, subject] as const))('%s', (_, subject) => {
  test.each(subject.properties.map((property) => [property.name, property] as const))(
    '%s',
    async (_name, property) => {
      const { failure } = await property.check({ seed, cases: property.boundedCases });
      if (failure !== undefined) throw new Error(failure);
    },
  );
});
