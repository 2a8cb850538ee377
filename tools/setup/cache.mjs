import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SetupError } from './say.mjs';

/** Folder outside the checkout for what is fetched once per machine: kernels, the peer, apt lists of other suites. */
export const cacheDirectory = resolve(process.env.PWRU_CACHE_DIR || '/var/cache/pwru');

/** The folder `name` in the cache, made when it is missing. */
export function cacheFolder(...name) {
  const path = join(cacheDirectory, ...name);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (cause) {
    throw new SetupError(
      `cannot write to ${path} (${cause.code}): run as root, or name another folder in PWRU_CACHE_DIR`,
    );
  }
  return path;
}

/**
 * Runs this program again with the cache's lock held, so that two set-ups beside each other do not fetch the same thing twice.
 * Returns its exit code, or undefined when the lock is already held and the caller should go on.
 */
export function rerunLocked() {
  if (process.env.PWRU_CACHE_LOCKED === '1') return undefined;
  const child = spawnSync(
    'flock',
    [join(cacheFolder(), 'lock'), process.execPath, ...process.argv.slice(1)],
    {
      stdio: 'inherit',
      env: { ...process.env, PWRU_CACHE_LOCKED: '1' },
    },
  );
  return child.status ?? 1;
}

/** Makes the folder `name` in the cache by filling another one beside it, so that it is whole or not there. Needs the lock. */
export function makeCacheFolder(name, fill) {
  const staging = cacheFolder('staging');
  rmSync(staging, { recursive: true });
  fill(cacheFolder('staging'));
  cacheFolder(name, '..');
  renameSync(staging, join(cacheDirectory, name));
}
