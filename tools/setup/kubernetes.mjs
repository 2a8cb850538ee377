// node tools/setup/kubernetes.mjs: fetches what a Kubernetes cluster is made of into the cache, builds what Debian has as source
// only, and prints where it all is as JSON. Packages are unpacked, never installed: containerd or busybox might clash.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { otherSuite, unpackPackages } from './apt.mjs';
import { cacheFolder, makeCacheFolder, rerunLocked } from './cache.mjs';
import { buildKubernetes, buildName } from './kubernetes-build.mjs';
import { runMain, SetupError, say } from './say.mjs';

/** The last suite with a whole Kubernetes: 1.20. */
const suite = 'bookworm';
const packages = [
  'etcd-server',
  'containerd', // ctr and the shim, too
  'runc',
  'containernetworking-plugins', // bridge, host-local
  'kubernetes-client', // kubectl of the same version
  'busybox-static', // what pods run
];

/** kubectl of a later version: the first that has plugins' shell completion is 1.26. */
const laterKubectl = { version: '1.32', suite: 'trixie' };

/**
 * Where everything is, or undefined when something is missing.
 * @returns {{ kubernetes: string, programs: string, kubectl: Record<string, string>, cache: string } | undefined}
 */
export function findKubernetes() {
  const found = layout();
  const paths = [found.kubernetes, found.programs, ...Object.values(found.kubectl)];
  return paths.every(existsSync) ? found : undefined;
}

/** Fetches and builds what is missing. Needs the cache's lock. */
export function ensureKubernetes() {
  const { kubernetes, programs, kubectl } = layout();
  if (!existsSync(programs)) {
    const source = mustHaveSuite(suite);
    say(`fetching etcd, containerd and kubectl from ${source.name}`);
    makeCacheFolder('kubernetes/programs', (folder) => unpackPackages(source, packages, folder));
  }
  if (!existsSync(kubectl[laterKubectl.version])) {
    const source = mustHaveSuite(laterKubectl.suite);
    say(`fetching kubectl from ${source.name}`);
    makeCacheFolder(`kubernetes/kubectl-${laterKubectl.version}`, (folder) =>
      unpackPackages(source, ['kubectl'], folder),
    );
  }
  if (!existsSync(kubernetes)) {
    makeCacheFolder(`kubernetes/${buildName}`, (folder) =>
      buildKubernetes(mustHaveSuite(suite), folder),
    );
  }
  return layout();
}

function layout() {
  const kubernetes = cacheFolder('kubernetes');
  const programs = join(kubernetes, 'programs');
  return {
    /** The program, compressed: 86 MB, of which 20 are left. */
    kubernetes: join(kubernetes, buildName, 'kubernetes.zst'),
    /** Debian's packages, unpacked: below it usr/bin/etcd and so on. */
    programs,
    kubectl: {
      '1.20': join(programs, 'usr/bin/kubectl'),
      [laterKubectl.version]: join(
        kubernetes,
        `kubectl-${laterKubectl.version}`,
        'usr/bin/kubectl',
      ),
    },
    cache: cacheFolder(),
  };
}

const suites = new Map();

/** The suite, with its lists read once. */
function mustHaveSuite(name) {
  const source = suites.get(name) ?? otherSuite(name, { withSource: name === suite });
  if (source === undefined)
    throw new SetupError(`this machine's apt has no Debian mirror to take ${name} from`);
  source.prepare();
  suites.set(name, source);
  return source;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  runMain(() => {
    const found = findKubernetes();
    const exitCode = found === undefined ? rerunLocked() : undefined;
    if (exitCode === undefined) console.log(JSON.stringify(found ?? ensureKubernetes()));
    else process.exitCode = exitCode;
  });
}
