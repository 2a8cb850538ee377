import { kinds } from '../../kubernetes/kinds.ts';
import { type KubeApi, KubeError } from '../../kubernetes/kube-api.ts';
import { CommandError, oneLine } from '../command-failure.ts';
import type { CommandOutput } from '../command-output.ts';
import { findObject } from './find-object.ts';
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
    const body = manifest.kind === 'Namespace' ? await marked(api, manifest) : manifest;
    await applyManifest(api, body);
    output.print(`${shownName(manifest)} serverside-applied`);
  }
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

/** A namespace that is not there yet gets a mark, and one that has it keeps it. */
async function marked(api: KubeApi, manifest: Manifest): Promise<Manifest> {
  const { name } = manifest.metadata;
  const present = await findObject(api, kinds.namespace, name);
  if (present?.metadata?.deletionTimestamp !== undefined)
    throw new CommandError(`Cannot deploy: namespace ${name} is being deleted; wait until it is`);
  if (present !== undefined && !isCreated(present)) return manifest;
  const annotations = { ...manifest.metadata.annotations, ...createdMark };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}
