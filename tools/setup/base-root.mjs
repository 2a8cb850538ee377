// node tools/setup/base-root.mjs: makes the root file system that images start from, a minimal Debian 12, in the cache, unless it is
// there, and prints where it is and how programs in it reach the registries that this machine uses, as JSON.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mirrorOf } from './apt.mjs';
import { cacheFolder, makeCacheFolder, rerunLocked } from './cache.mjs';
import { runMain, SetupError, say } from './say.mjs';

const suite = 'bookworm';

/** Path of the archive (tar, zstd), or undefined when it has not been made. */
export function findBaseRoot() {
  const path = join(cacheFolder(), `base/${suite}/root.tar.zst`);
  return existsSync(path) ? path : undefined;
}

/** Makes it unless it is in the cache. Needs the cache's lock. */
export function ensureBaseRoot() {
  const found = findBaseRoot();
  if (found !== undefined) return found;
  const mirror = mirrorOf(suite);
  if (mirror === undefined)
    throw new SetupError(`this machine's apt has no Debian mirror to take ${suite} from`);
  say(`making a minimal Debian ${suite} for images (debootstrap): once, about two minutes`);
  makeCacheFolder(`base/${suite}`, (folder) => {
    const root = join(folder, 'root');
    mkdirSync(root);
    // debootstrap mounts /proc and /sys; in a namespace of its own that goes even when it is killed.
    const isolated = ['--mount', '--propagation', 'private'];
    mustRun('unshare', [...isolated, 'debootstrap', '--variant=minbase', suite, root, mirror]);
    rmSync(join(root, 'var/cache/apt/archives'), { recursive: true });
    rmSync(join(root, 'var/lib/apt/lists'), { recursive: true });
    mustRun('tar', ['-C', root, '--zstd', '-cf', join(folder, 'root.tar.zst'), '.']);
    rmSync(root, { recursive: true });
  });
  return findBaseRoot();
}

/** Settings of this machine's apt that reach the mirror: proxies, certificates, a mirror that is a snapshot. */
function aptSettings() {
  const keys = ['http', 'https', 'Check-Valid-Until', 'Check-Date'].map((key) => `Acquire::${key}`);
  return mustRun('apt-config', ['dump', ...keys]);
}

function npmRegistry() {
  return mustRun('npm', ['config', 'get', 'registry']).trim();
}

function mustRun(command, args) {
  const child = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (child.status !== 0)
    throw new SetupError(
      `${command} failed: ${child.error?.message ?? `${child.stdout}${child.stderr}`.slice(-4_000)}`,
    );
  return child.stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  runMain(() => {
    const found = findBaseRoot();
    const exitCode = found === undefined ? rerunLocked() : undefined;
    if (exitCode !== undefined) {
      process.exitCode = exitCode;
      return;
    }
    const archive = found ?? ensureBaseRoot();
    console.log(
      JSON.stringify({
        archive,
        cache: cacheFolder(),
        aptSettings: aptSettings(),
        npmRegistry: npmRegistry(),
      }),
    );
  });
}
