// node tools/setup.mjs build|test|kernels|demo|lab|bench|cluster: brings a Debian 12 machine with Node, npm and root to where that npm script can run.
// Needs nothing but Node itself, does only what is missing, and says each step on stderr.
import { resolve } from 'node:path';
import { installPackages } from './setup/apt.mjs';
import { rerunLocked } from './setup/cache.mjs';
import { ensureKernel, findKernel } from './setup/kernels.mjs';
import { ensureKubernetes, findKubernetes } from './setup/kubernetes.mjs';
import { installNodeModules } from './setup/node-modules.mjs';
import { targets } from './setup/packages.mjs';
import { ensurePeer, findPeer } from './setup/peer.mjs';
import { ensurePrometheus, findPrometheus } from './setup/prometheus.mjs';
import { runMain, SetupError } from './setup/say.mjs';

runMain(() => {
  const name = process.argv[2] ?? 'build';
  const target = targets[name];
  if (target === undefined) {
    throw new SetupError(
      `there is nothing to set up for "${name}": say one of ${Object.keys(targets).join(', ')}`,
    );
  }
  installPackages(target.packages);
  installNodeModules(resolve(import.meta.dirname, '..'));
  const isCached =
    target.kernels.every(findKernel) &&
    (!target.peer || findPeer() !== undefined) &&
    (!target.kubernetes || findKubernetes() !== undefined) &&
    (!target.prometheus || findPrometheus() !== undefined);
  const exitCode = isCached ? undefined : rerunLocked();
  if (exitCode !== undefined) {
    process.exitCode = exitCode;
    return;
  }
  for (const kernel of target.kernels) ensureKernel(kernel);
  if (target.peer) ensurePeer();
  if (target.kubernetes) ensureKubernetes();
  if (target.prometheus) ensurePrometheus();
});
