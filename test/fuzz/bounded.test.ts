import { describe, test } from 'vitest';
import { repeatCommand } from './repeat-command.ts';
import { subjects } from './subjects.ts';

/*
 * A short run of every fuzzer, with the same cases each time; `npm run fuzz -- MINUTES` goes on with others.
 */

const seed = Number(process.env['PWRU_FUZZ_SEED'] ?? 20_261_129);

for (const subject of subjects) {
  describe(subject.name, () => {
    for (const property of subject.properties) {
      test(property.name, async () => {
        const { failure } = await property.check({ seed, cases: property.boundedCases });
        if (failure === undefined) return;
        const name = `${subject.name}: ${property.name}`;
        throw new Error(`${failure.report}\n${repeatCommand(name, { seed, path: failure.path })}`);
      });
    }
  });
}
