import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, say } from './say.mjs';

/** Runs `npm ci` in `checkout` when node_modules is not what package-lock.json says. */
export function installNodeModules(checkout) {
  if (matchesLock(checkout)) return;
  say('installing node_modules (npm ci)');
  const child = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (child.status !== 0)
    throw new SetupError(`npm ci failed: ${child.error?.message ?? `exit code ${child.status}`}`);
}

/** npm writes what it installed to node_modules/.package-lock.json, as its last step. */
function matchesLock(checkout) {
  const installedPath = join(checkout, 'node_modules/.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const wanted = readPackages(join(checkout, 'package-lock.json'));
  const installed = readPackages(installedPath);
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    // An optional package for another platform is not installed.
    if (found === undefined) return optional === true;
    return (
      found.version === version && found.integrity === integrity && existsSync(join(checkout, path))
    );
  });
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}
