import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Paths of Debian's Prometheus; the shape that `tools/setup/prometheus.mjs` prints. */
export interface Prometheus {
  readonly prometheus: string;
  readonly promtool: string;
}

/** Finds Debian's Prometheus in the cache, or fetches it. @throws Error with what the set-up said */
export function getPrometheus(): Prometheus {
  const program = join(import.meta.dirname, '../../tools/setup/prometheus.mjs');
  const child = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`Cannot get Prometheus: ${child.stderr}`);
  return JSON.parse(child.stdout) as Prometheus;
}

/** What `promtool check metrics` complains of: nothing, as a rule. */
export function lintMetrics(text: string): string {
  const child = spawnSync(getPrometheus().promtool, ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  const output = `${child.stdout}${child.stderr}`;
  return child.status === 0 ? output : `${output}exit code ${child.status}`;
}
