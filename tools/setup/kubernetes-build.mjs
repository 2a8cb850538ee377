// Builds Kubernetes from Debian's source package with Debian's Go: one program that is API server, controller manager, scheduler
// and kubelet. Debian 12 is the last one whose package has them; later ones have kubectl only.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { downloadSource, unpackPackages } from './apt.mjs';
import { SetupError, say } from './say.mjs';

const packages = [
  'golang-1.19-go',
  'golang-1.19-src',
  'golang-github-modern-go-reflect2-dev', // see replaceReflect2
];
const main = resolve(import.meta.dirname, '../../test/cluster/lab/kubernetes.go');

/** What the cache calls it. The last number goes up when what was built before must be built again. */
export const buildName = 'kubernetes-1.20-1';

/** Leaves out the SDKs of cloud providers and dockershim. */
const tags = 'providerless dockerless';

/**
 * Fills `folder` with `kubernetes.zst`, the compressed program, and nothing else.
 * @param source a suite with sources, as apt.mjs makes it
 */
export function buildKubernetes(source, folder) {
  const startMs = performance.now();
  const work = join(folder, 'work');
  const toolchain = join(work, 'toolchain');
  const tree = join(work, 'go/src/k8s.io/kubernetes');
  unpackPackages(source, packages, toolchain);
  downloadSource(source, 'kubernetes', work);
  const version = unpackSource(work, tree);
  replaceReflect2(tree, toolchain);
  say(
    `building Kubernetes ${version} with Debian's Go: once, 5 to 15 minutes on two CPUs, 2 GB in ${folder} meanwhile`,
  );
  const env = goEnvironment(toolchain, work);
  const run = (command, args) =>
    mustRun('nice', ['-n', '10', command, ...args], { cwd: tree, env }).toString();
  generateOpenApi({ tree, generator: join(work, 'openapi-gen'), run });
  mkdirSync(join(tree, 'cmd/pwru-lab'));
  cpSync(main, join(tree, 'cmd/pwru-lab/main.go'));
  const program = join(work, 'kubernetes');
  const flags = ['-trimpath', '-tags', tags, '-ldflags', `-s -w ${versionStamps(version)}`];
  run('go', ['build', ...flags, '-o', program, './cmd/pwru-lab']);
  mustRun('zstd', ['-q', '-10', '-T0', program, '-o', join(folder, 'kubernetes.zst')]);
  rmSync(work, { recursive: true });
  say(`built Kubernetes in ${Math.round((performance.now() - startMs) / 1000)} s`);
}

/** @returns the version of Kubernetes, without the v */
function unpackSource(work, tree) {
  const archive = readdirSync(work).find((name) => /^kubernetes_.*\.orig\.tar\.\w+$/.test(name));
  // The package is called 1.20.5+really1.20.2.
  const version = /(\d+\.\d+\.\d+)\.orig/.exec(archive ?? '')?.[1];
  if (version === undefined) throw new SetupError(`the source of Kubernetes is called ${archive}`);
  mkdirSync(tree, { recursive: true });
  mustRun('tar', ['-xf', join(work, archive), '-C', tree, '--strip-components=1']);
  return version;
}

/**
 * With Go >= 1.18 the vendored reflect2 1.0.1 makes the API server die of SIGSEGV (runtime.mapiternext below json-iterator) at the
 * first PATCH of something with a map. Debian's package has 1.0.2.
 */
function replaceReflect2(tree, toolchain) {
  const vendored = join(tree, 'vendor/github.com/modern-go/reflect2');
  rmSync(vendored, { recursive: true });
  cpSync(join(toolchain, 'usr/share/gocode/src/github.com/modern-go/reflect2'), vendored, {
    recursive: true,
    filter: (path) => !path.endsWith('_test.go'),
  });
}

/** GOPATH mode, as Debian builds it: with modules Go wants to rewrite go.mod. */
function goEnvironment(toolchain, work) {
  const root = join(toolchain, 'usr/lib/go-1.19');
  const temporary = join(work, 'tmp');
  mkdirSync(temporary);
  return {
    PATH: `${join(root, 'bin')}:${process.env.PATH}`,
    HOME: work,
    GOROOT: root,
    GOPATH: join(work, 'go'),
    GOCACHE: join(work, 'gocache'),
    GOTMPDIR: temporary,
    GOENV: 'off',
    GO111MODULE: 'off',
    CGO_ENABLED: '0',
  };
}

/** Makes pkg/generated/openapi/zz_generated.openapi.go, which the source package lacks and the API server needs. */
function generateOpenApi({ tree, generator, run }) {
  run('go', [
    'build',
    '-trimpath',
    '-o',
    generator,
    './vendor/k8s.io/kube-openapi/cmd/openapi-gen',
  ]);
  const staging = readdirSync(join(tree, 'staging/src/k8s.io')).filter(
    (name) => name !== 'code-generator' && !name.startsWith('sample-'),
  );
  const folders = ['pkg/', 'cmd/', 'plugin/', ...staging.map((name) => `vendor/k8s.io/${name}/`)];
  const marker = ['--include=*.go', '--exclude=*_test.go', '-rlF', '+k8s:openapi-gen='];
  const packages = run('grep', [...marker, ...folders])
    .trim()
    .split('\n')
    .map((path) => join('k8s.io/kubernetes', dirname(path)));
  run(generator, [
    '--logtostderr',
    ...['-i', [...new Set(packages)].sort((a, b) => (a < b ? -1 : 1)).join()],
    ...['-p', 'k8s.io/kubernetes/pkg/generated/openapi', '-O', 'zz_generated.openapi'],
    ...['-h', 'hack/boilerplate/boilerplate.generatego.txt'],
    ...['-r', `${generator}-violations`],
  ]);
}

/** For the linker, so that /version tells it; vendored packages have their vendored path. */
function versionStamps(version) {
  const [major, minor] = version.split('.');
  const values = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  return ['component-base/version', 'client-go/pkg/version']
    .flatMap((name) =>
      Object.entries(values).map(
        ([key, value]) => `-X k8s.io/kubernetes/vendor/k8s.io/${name}.${key}=${value}`,
      ),
    )
    .join(' ');
}

function mustRun(command, args, options = {}) {
  const child = spawnSync(command, args, { maxBuffer: 64 * 1024 * 1024, ...options });
  if (child.status !== 0)
    throw new SetupError(
      `${command} ${args.slice(0, 4).join(' ')} failed: ${child.error?.message ?? `${child.stderr}`.slice(-4_000)}`,
    );
  return child.stdout;
}
