import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Buildah } from './buildah.ts';

export interface ImageSpec {
  /** Path of the Dockerfile. */
  readonly dockerfile: string;
  /** Path of the folder that COPY copies from; its .dockerignore holds. */
  readonly context: string;
  /** `localhost/NAME:TAG`: the kubelet asks for the image by it. */
  readonly tag: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** The stage to build; the last unless given. */
  readonly target?: string;
  /** Path of the cache's folder. */
  readonly cache: string;
}

/** How long an archive stays after it was asked for. */
const keepMs = 3_600_000;

/**
 * Builds an image from a Dockerfile, whose base images must be in buildah's store (see base-image.ts). Steps whose Dockerfile
 * lines, base and copied files are as before are taken from the cache.
 * @returns path of an OCI archive, which stays for an hour at least
 * @throws Error with the end of the output when a step fails
 */
export async function buildImage(spec: ImageSpec): Promise<string> {
  const buildah = await Buildah.open(spec.cache);
  const id = await build(buildah, spec);
  const archives = join(buildah.folder, 'archives', spec.tag.replaceAll(/[^\w.-]/g, '_'));
  const archive = join(archives, `${id.replace('sha256:', '')}.tar`);
  if (existsSync(archive)) {
    await utimes(archive, new Date(), new Date());
    return archive;
  }
  await mkdir(archives, { recursive: true });
  const staging = `${archive}.${process.pid}`;
  await buildah.run('push', ['-q', id, `oci-archive:${staging}:${spec.tag}`]);
  await rename(staging, archive);
  await removeOld(archives);
  return archive;
}

/** Archives of other builds, and what builds left that were killed; not those that another checkout may be about to use. */
async function removeOld(archives: string): Promise<void> {
  for (const name of await readdir(archives)) {
    const path = join(archives, name);
    const status = await stat(path).catch(() => undefined);
    if (status !== undefined && Date.now() - status.mtimeMs > keepMs)
      await rm(path, { force: true });
  }
}

/** @returns the image's id, `sha256:...` */
async function build(
  buildah: Buildah,
  { dockerfile, context, tag, buildArgs = {}, target }: ImageSpec,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pwru-image-'));
  try {
    const idFile = join(folder, 'id');
    await buildah.run('build', [
      ...['--layers', '--pull-never', '--iidfile', idFile, '-t', tag, '-f', dockerfile],
      ...Object.entries(buildArgs).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
      ...(target === undefined ? [] : ['--target', target]),
      context,
    ]);
    return (await readFile(idFile, 'utf8')).trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}
