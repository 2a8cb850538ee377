import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildImage } from './build-image.ts';
import type { Software } from './software.ts';

/** An image with busybox, which each node of a cluster has; it sleeps unless told otherwise. Pods' sandboxes run it, too. */
export const podImage = 'localhost/pwru-pod:1';

const dockerfile = join(import.meta.dirname, 'pod-image/Dockerfile');

/**
 * Builds it when what it is made of has changed. buildImage would notice that, too, but only when no other build goes on.
 * @returns path of its OCI archive
 */
export async function getPodImage({ programs, cache }: Software): Promise<string> {
  const busybox = join(programs, 'bin/busybox');
  const hash = createHash('sha256');
  for (const path of [dockerfile, busybox]) hash.update(await readFile(path));
  const archive = join(cache, 'images', `pod-image-${hash.digest('hex').slice(0, 12)}.tar`);
  if (existsSync(archive)) return archive;
  const context = await mkdtemp(join(tmpdir(), 'pwru-pod-image-'));
  try {
    await cp(busybox, join(context, 'busybox'));
    const built = await buildImage({ dockerfile, context, tag: podImage, cache });
    const staging = `${archive}.${process.pid}`;
    await cp(built, staging);
    await rename(staging, archive);
  } finally {
    await rm(context, { recursive: true });
  }
  return archive;
}
