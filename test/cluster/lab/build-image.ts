import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
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

/**
 * Builds an image from a Dockerfile, whose base images must be in buildah's store (see base-image.ts). Steps whose Dockerfile
 * lines, base and copied files are as before are taken from the cache.
 * @returns path of an OCI archive, which stays until the image of this tag changes
 * @throws Error with the end of the output when a step fails
 */
export async function buildImage(spec: ImageSpec): Promise<string> {
  const buildah = await Buildah.open(spec.cache);
  const id = await build(buildah, spec);
  const archives = join(buildah.folder, 'archives', spec.tag.replaceAll(/[^\w.-]/g, '_'));
  const archive = join(archives, `${id.replace('sha256:', '')}.tar`);
  if (existsSync(archive)) return archive;
  await mkdir(archives, { recursive: true });
  const staging = `${archive}.${process.pid}`;
  await buildah.run('push', ['-q', id, `oci-archive:${staging}:${spec.tag}`]);
  const older = await readdir(archives);
  await rename(staging, archive);
  for (const name of older) if (name.endsWith('.tar')) await rm(join(archives, name));
  return archive;
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
