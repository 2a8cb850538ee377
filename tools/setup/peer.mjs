// node tools/setup/peer.mjs: fetches Debian's package of the original pwru into the cache, unless it is there, and prints the
// path of its program. It is unpacked, never installed, and runs with this machine's libpcap.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { otherSuite, ownSources, searchPackages, unpackPackages } from './apt.mjs';
import { cacheFolder, makeCacheFolder, rerunLocked } from './cache.mjs';
import { runMain, SetupError, say } from './say.mjs';

/** Path of the peer's program, or undefined when it has not been fetched. */
export function findPeer() {
  const program = join(cacheFolder(), 'peer/usr/bin/pwru');
  return existsSync(program) ? program : undefined;
}

/** Fetches the peer unless it is in the cache. */
export function ensurePeer() {
  const found = findPeer();
  if (found !== undefined) return found;
  for (const source of [ownSources(), otherSuite('trixie'), otherSuite('sid')]) {
    source?.prepare();
    if (source === undefined || !searchPackages(source, '^pwru$').includes('pwru')) continue;
    say(`fetching pwru from ${source.name}`);
    makeCacheFolder('peer', (folder) => unpackPackages(source, ['pwru'], folder));
    return findPeer();
  }
  throw new SetupError("there is no pwru in the Debian suites that this machine's mirror has");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  runMain(() => {
    const exitCode = findPeer() === undefined ? rerunLocked() : undefined;
    if (exitCode === undefined) console.log(ensurePeer());
    else process.exitCode = exitCode;
  });
}
