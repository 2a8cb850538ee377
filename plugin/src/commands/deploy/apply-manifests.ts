import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type ResourceKind,
} from '../../kubernetes/kube-api.ts';
import { kinds } from '../../kubernetes/resources.ts';
import type { CommandOutput } from '../../terminal/output.ts';
import { CommandError, oneLine } from '../command-error.ts';
import { kindOf, type Manifest, pathOf, shownName } from './manifests.ts';

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

/** Undefined when there is none of this name. @throws KubeError */
export async function findObject<T extends KubeObject>(
  api: KubeApi,
  kind: ResourceKind,
  name: string,
  namespace?: string,
): Promise<T | undefined> {
  try {
    return await api.get<T>(kind, name, namespace);
  } catch (thrown) {
    if (thrown instanceof KubeError && thrown.status === 404) return undefined;
    throw thrown;
  }
}

/** The object that a manifest is about, as the cluster has it. @throws KubeError */
export function findApplied<T extends KubeObject>(
  api: KubeApi,
  manifest: Manifest,
): Promise<T | undefined> {
  const { name, namespace } = manifest.metadata;
  return findObject<T>(api, kindOf(manifest), name, namespace);
}

/** Who applies, as the API server notes it in `metadata.managedFields`. */
export const FIELD_MANAGER = 'kubectl-pwru';

const CREATED_BY = 'pwru.dev/created-by';

/** Annotation of a namespace that was not there before: it goes with the agents. */
export const createdMark: Readonly<Record<string, string>> = { [CREATED_BY]: FIELD_MANAGER };

/** An object as far as it tells whose it is. */
export interface OwnedObject extends KubeObject {
  readonly metadata?: NonNullable<KubeObject['metadata']> & {
    readonly managedFields?: ReadonlyArray<{
      readonly manager?: string;
      readonly operation?: string;
    }>;
  };
}

/** Whether `kubectl pwru deploy` has applied it. */
export function isApplied({ metadata }: OwnedObject): boolean {
  return (metadata?.managedFields ?? []).some(
    ({ manager, operation }) => manager === FIELD_MANAGER && operation === 'Apply',
  );
}

/** Whether the namespace was made by `kubectl pwru deploy`. */
export function isCreated({ metadata }: KubeObject): boolean {
  return metadata?.annotations?.[CREATED_BY] === FIELD_MANAGER;
}

/** Parts of the binding that says where the agents are. */
interface ClusterRoleBinding extends KubeObject {
  readonly subjects?: ReadonlyArray<{ readonly namespace?: string }>;
}

/**
 * ClusterRole and ClusterRoleBinding have one name in the cluster: what is done to them in the name of one namespace would be
 * done to the agents in another.
 * @param action what is refused, such as `deploy to`
 * @throws CommandError when there are agents in another namespace; KubeError
 */
export async function refuseOtherInstallation(
  api: KubeApi,
  manifests: readonly Manifest[],
  action: string,
): Promise<void> {
  const binding = manifests.find(({ kind }) => kind === 'ClusterRoleBinding');
  const daemonSet = manifests.find(({ kind }) => kind === 'DaemonSet');
  if (binding === undefined || daemonSet === undefined) return;
  const { name, namespace } = daemonSet.metadata;
  const present = await findApplied<ClusterRoleBinding>(api, binding);
  for (const { namespace: other } of present?.subjects ?? []) {
    if (other === undefined || other === namespace) continue;
    if ((await findObject(api, kinds.daemonSet, name, other)) === undefined) continue;
    throw new CommandError(
      `Cannot ${action} namespace ${namespace}: the agents are in namespace ${other}; use --agent-namespace ${other}, or remove them first`,
    );
  }
}
