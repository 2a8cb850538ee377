import process from 'node:process';
import { subjects } from './subjects.ts';

const only = process.argv[2] ?? '';
const ms = Number(process.argv[3] ?? 2000);
const seed = Number(process.argv[4] ?? Date.now() & 0x7fffffff);
for (const s of subjects)
  for (const p of s.properties) {
    if (!`${s.name}/${p.name}`.includes(only)) continue;
    const warm = await p.check({ seed: 1, cases: 200 });
    let cases = warm.cases;
    let failure = warm.failure;
    const t0 = performance.now();
    const n = 500;
    cases = 0;
    let k = 0;
    while (failure === undefined && performance.now() - t0 < ms) {
      const o = await p.check({ seed: seed + k++, cases: n });
      cases += o.cases;
      failure = o.failure;
    }
    process.stdout.write(
      `${s.name}/${p.name}: ${cases} cases ${((cases / (performance.now() - t0)) * 1000).toFixed(0)}/s ${failure?.replace(/^Counterexample.{300}.*$/m, '...') ?? 'ok'}\n`,
    );
  }
