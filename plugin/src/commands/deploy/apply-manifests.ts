import { type KubeApi, KubeError } from '../../kubernetes/kube-api.ts';
import { CommandError, oneLine } from '../command-failure.ts';
import type { CommandOutput } from '../command-output.ts';
import { findApplied } from './find-object.ts';
import { type Manifest, pathOf, shownName } from './manifests.ts';
import { refuseOtherInstallation } from './other-installation.ts';
import { createdMark, FIELD_MANAGER, isCreated } from './ownership.ts';

/**
 * Applies the manifests one by one, by server-side apply. What another manager has set otherwise is not taken from it.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 * @throws KubeError; CommandError when another installation, or another manager, stands in the way
 */
export async function applyManifests(
  api: KubeApi,
  manifests: readonly Manifest[],
  output: CommandOutput,
): Promise<void> {
  await refuseOtherInstallation(api, manifests, 'deploy to');
  for (const manifest of manifests) {
    await applyManifest(
      api,
      takesTimeToGo.has(manifest.kind) ? await present(api, manifest) : manifest,
    );
    output.print(`${shownName(manifest)} serverside-applied`);
  }
}

/** Kinds whose objects stay for a while when they are deleted, and go all the same when they are applied meanwhile. */
const takesTimeToGo: ReadonlySet<string> = new Set(['Namespace', 'DaemonSet']);

/**
 * The manifest for what is there now. A namespace that is not there yet gets a mark, and one that has it keeps it.
 * @throws CommandError when it is going away
 */
async function present(api: KubeApi, manifest: Manifest): Promise<Manifest> {
  const found = await findApplied(api, manifest);
  if (found?.metadata?.deletionTimestamp !== undefined) {
    throw new CommandError(
      `Cannot deploy: ${shownName(manifest)} is still being deleted; wait until it is gone`,
    );
  }
  const isOurs = found === undefined || isCreated(found);
  if (manifest.kind !== 'Namespace' || !isOurs) return manifest;
  const annotations = { ...manifest.metadata.annotations, ...createdMark };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

/** @throws KubeError; CommandError for a conflict with another manager */
export async function applyManifest(api: KubeApi, manifest: Manifest): Promise<void> {
  try {
    await api.request({
      method: 'PATCH',
      path: pathOf(manifest),
      query: { fieldManager: FIELD_MANAGER },
      contentType: 'application/apply-patch+yaml',
      body: manifest,
    });
  } catch (thrown) {
    if (!(thrown instanceof KubeError) || thrown.status !== 409) throw thrown;
    throw new CommandError(
      `Cannot apply ${shownName(manifest)}: ${oneLine(thrown.message)}; change it there, or remove what the other one has made`,
    );
  }
}
