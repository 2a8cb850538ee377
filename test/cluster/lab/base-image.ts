import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Buildah } from './buildah.ts';
import { runSetup } from './software.ts';

/** The shape that `tools/setup/base-root.mjs` prints. */
interface BaseRoot {
  /** Path of a minimal Debian, as tar. */
  readonly archive: string;
  readonly cache: string;
  /** Lines for apt.conf. */
  readonly aptSettings: string;
  /** URL of npm's registry. */
  readonly npmRegistry: string;
}

const machineCertificates = '/etc/ssl/certs/ca-certificates.crt';

/**
 * An image to build upon where no registry answers: a minimal Debian 12 with this machine's Node and npm, which reach the
 * mirrors that this machine uses. Made once: two minutes.
 * @returns its name in buildah's store, for a Dockerfile's FROM
 */
export async function getBaseImage(): Promise<string> {
  const root = (await runSetup('base-root.mjs')) as BaseRoot;
  const buildah = await Buildah.open(root.cache);
  await buildah.bound();
  const name = `localhost/pwru-base:bookworm-node${process.versions.node}`;
  if (await buildah.has(name)) return name;
  const additions = await mkdtemp(join(tmpdir(), 'pwru-base-'));
  try {
    await writeAdditions(additions, root);
    const container = (await buildah.run('from', ['scratch'])).trim();
    await buildah.run('add', ['-q', container, root.archive, '/']);
    await buildah.run('copy', ['-q', container, additions, '/']);
    await buildah.run('config', ['--cmd', 'node', container]);
    await buildah.run('commit', ['-q', '--rm', container, name]);
  } finally {
    await rm(additions, { recursive: true });
  }
  return name;
}

/** Files that the image has beside Debian's, laid out as in the image. */
async function writeAdditions(folder: string, root: BaseRoot): Promise<void> {
  const local = join(folder, 'usr/local');
  await cp(process.execPath, join(local, 'bin/node'));
  const npm = await npmFolder();
  await cp(npm, join(local, 'lib/node_modules/npm'), { recursive: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'));
  await symlink('../lib/node_modules/npm/bin/npx-cli.js', join(local, 'bin/npx'));
  const files = {
    'usr/local/etc/npmrc': `registry=${root.npmRegistry}\ncafile=${machineCertificates}\n`,
    'etc/apt/apt.conf.d/90machine': root.aptSettings,
    [machineCertificates]: await readFile(machineCertificates),
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

async function npmFolder(): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['root', '--global']);
  return join(stdout.trim(), 'npm');
}
