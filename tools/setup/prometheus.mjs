// node tools/setup/prometheus.mjs: fetches Debian's Prometheus into the cache, unless it is there, and prints the paths of
// prometheus and promtool as JSON. It is unpacked, never installed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { otherSuite, ownSources, searchPackages, unpackPackages } from './apt.mjs';
import { cacheFolder, makeCacheFolder, rerunLocked } from './cache.mjs';
import { runMain, SetupError, say } from './say.mjs';

/** @returns {{ prometheus: string, promtool: string } | undefined} paths, or undefined when it has not been fetched */
export function findPrometheus() {
  const folder = join(cacheFolder(), 'prometheus/usr/bin');
  const found = { prometheus: join(folder, 'prometheus'), promtool: join(folder, 'promtool') };
  return Object.values(found).every(existsSync) ? found : undefined;
}

/** Fetches it unless it is in the cache. Needs the cache's lock. */
export function ensurePrometheus() {
  const found = findPrometheus();
  if (found !== undefined) return found;
  for (const source of [ownSources(), otherSuite('bookworm')]) {
    source?.prepare();
    if (source === undefined || !searchPackages(source, '^prometheus$').includes('prometheus'))
      continue;
    say(`fetching prometheus from ${source.name}`);
    makeCacheFolder('prometheus', (folder) => unpackPackages(source, ['prometheus'], folder));
    return findPrometheus();
  }
  throw new SetupError(
    "there is no prometheus in the Debian suites that this machine's mirror has",
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  runMain(() => {
    const found = findPrometheus();
    const exitCode = found === undefined ? rerunLocked() : undefined;
    if (exitCode === undefined) console.log(JSON.stringify(found ?? ensurePrometheus()));
    else process.exitCode = exitCode;
  });
}
