import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from './cluster-test.ts';
import { getBaseImage } from './lab/base-image.ts';
import { buildImage } from './lab/build-image.ts';
import { podImage } from './lab/pod-image.ts';
import { getSoftware } from './lab/software.ts';
import { startPod } from './pods.ts';

test('an image built from a Dockerfile runs in a pod', async ({ lab: cluster, namespace }) => {
  const context = await mkdtemp(join(tmpdir(), 'pwru-image-test-'));
  try {
    await writeFile(join(context, 'Dockerfile'), twoStages);
    await writeFile(join(context, 'hello.mjs'), 'console.log("hello from", process.version);\n');
    const { cache } = await getSoftware();
    const image = {
      dockerfile: join(context, 'Dockerfile'),
      context,
      tag: 'localhost/pwru-lab-test:1',
      buildArgs: { BASE: await getBaseImage() },
      cache,
    };
    const archive = await buildImage(image);
    expect(await buildImage(image)).toBe(archive);
    await cluster.importImage(archive);
    for (const node of cluster.nodes) {
      expect(await node.images()).toEqual(expect.arrayContaining([podImage, image.tag]));
    }
    await startPod(cluster, { namespace, name: 'built', image: image.tag });
    const logs = await cluster.kubectl(['-n', namespace, 'logs', 'built']);
    expect(logs).toBe(`file-5.44\nhello from ${process.version}\n`);
  } finally {
    await rm(context, { recursive: true });
  }
});

/** apt-get in one stage, and what it made used by the other. */
const twoStages = `
ARG BASE
FROM $BASE AS tools
RUN apt-get update -q && apt-get install -qy --no-install-recommends file && file --version > /version
FROM $BASE
COPY --from=tools /version /version
COPY hello.mjs /hello.mjs
CMD ["sh", "-c", "head -1 /version; node /hello.mjs; exec sleep infinity"]
`;
