import { setTimeout as delay } from 'node:timers/promises';
import { type KubeApi, KubeError, type KubeObject } from '../../kubernetes/kube-api.ts';
import type { CommandOutput } from '../../terminal/output.ts';
import { listed } from '../../terminal/text.ts';
import { CommandError } from '../command-error.ts';
import {
  applyManifest,
  createdMark,
  findApplied,
  isApplied,
  isCreated,
  type OwnedObject,
  refuseOtherInstallation,
} from './apply-manifests.ts';
import { type Manifest, pathOf, shownName } from './manifests.ts';

/** An object that the cluster has. */
interface Found {
  readonly manifest: Manifest;
  readonly object: OwnedObject;
}

export interface Removal {
  /** What is being removed. */
  readonly removed: readonly Found[];
  /** What stays since something else has made it. */
  readonly kept: readonly Found[];
  /** The namespace stays, which has been told. */
  readonly staysBehind: boolean;
}

const POLL_INTERVAL_MS = 500;

/**
 * Removes what `kubectl pwru deploy` has applied, the agents first; the namespace only when it was made for them and holds
 * nothing else. Everything is looked at before anything is removed.
 * @throws KubeError; CommandError when the agents are in another namespace
 */
export async function removeManifests(
  api: KubeApi,
  manifests: readonly Manifest[],
  output: CommandOutput,
): Promise<Removal> {
  await refuseOtherInstallation(api, manifests, 'undeploy');
  const found: Found[] = [];
  // From the agents on, back to the namespace.
  for (const manifest of [...manifests].reverse()) {
    const object = await findApplied<OwnedObject>(api, manifest);
    if (object !== undefined) found.push({ manifest, object });
  }
  const applied = found.filter(({ object }) => isApplied(object));
  const removed: Found[] = [];
  let namespaceStays = false;
  for (const each of applied) {
    if (each.manifest.kind === 'Namespace') {
      namespaceStays = await staysBehind(api, each, found, output);
      if (namespaceStays) continue;
    }
    await remove(api, each);
    removed.push(each);
    output.print(`${shownName(each.manifest)} deleted`);
  }
  // A namespace that nobody has applied anything to is not ours to talk about.
  const kept = found.filter(
    (each) => !applied.includes(each) && each.manifest.kind !== 'Namespace',
  );
  return { removed, kept, staysBehind: namespaceStays };
}

/** Whether a namespace is not to be removed: says so, and takes back what was set on it. */
async function staysBehind(
  api: KubeApi,
  namespace: Found,
  found: readonly Found[],
  output: CommandOutput,
): Promise<boolean> {
  const reason = await reasonToStay(api, namespace, found);
  if (reason === undefined) return false;
  output.tell(`${shownName(namespace.manifest)} stays: ${reason}`);
  await applyManifest(api, unlabelled(namespace));
  return true;
}

/** The namespace as it is without agents; still with the mark that it was made for them, if it was. */
function unlabelled({ manifest, object }: Found): Manifest {
  const { apiVersion, kind, metadata } = manifest;
  const annotations = isCreated(object) ? { annotations: createdMark } : {};
  return { apiVersion, kind, metadata: { name: metadata.name, ...annotations } };
}

/** Why a namespace is not to be removed; undefined when it may be. */
async function reasonToStay(
  api: KubeApi,
  { manifest, object }: Found,
  found: readonly Found[],
): Promise<string | undefined> {
  if (!isCreated(object)) return 'it was there before the agents';
  const own = new Set(found.map((each) => each.object.metadata?.uid ?? ''));
  const contents = await namespaceContents(api, manifest.metadata.name, own);
  if (contents.unknown !== undefined)
    return `it cannot be seen whether it holds other things (${contents.unknown})`;
  return contents.names.length === 0 ? undefined : `it also holds ${listed(contents.names)}`;
}

async function remove(api: KubeApi, { manifest, object }: Found): Promise<void> {
  try {
    await api.request({
      method: 'DELETE',
      path: pathOf(manifest),
      body: {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        // The DaemonSet is gone when its pods are.
        propagationPolicy: manifest.kind === 'DaemonSet' ? 'Foreground' : 'Background',
        preconditions: { uid: object.metadata?.uid },
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof KubeError) || thrown.status !== 404) throw thrown;
  }
}

/**
 * Waits until all of it is gone, and the agents' pods with it.
 * @throws CommandError after `timeoutMs`, naming what is still there; KubeError
 */
export async function waitUntilGone(
  api: KubeApi,
  removed: readonly Found[],
  { timeoutMs, output }: { readonly timeoutMs: number; readonly output: CommandOutput },
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  let waiting = removed;
  let isTold = false;
  while (waiting.length > 0) {
    const present = await Promise.all(waiting.map((each) => isStillThere(api, each)));
    waiting = waiting.filter((_, index) => present[index]);
    if (waiting.length === 0) return;
    const names = waiting.map(({ manifest }) => shownName(manifest));
    if (!isTold)
      output.tell(`Waiting until ${listed(names)} ${names.length === 1 ? 'is' : 'are'} gone`);
    isTold = true;
    if (performance.now() > deadlineMs) {
      throw new CommandError(
        `Gave up after ${timeoutMs / 1_000} s: ${listed(names)} ${names.length === 1 ? 'is' : 'are'} still being deleted`,
      );
    }
    await delay(POLL_INTERVAL_MS);
  }
}

async function isStillThere(api: KubeApi, { manifest, object }: Found): Promise<boolean> {
  const present = await findApplied(api, manifest);
  return present?.metadata?.uid === object.metadata?.uid;
}

/** What a namespace holds. */
export interface NamespaceContents {
  /** `configmaps/settings`, of what is not there by itself. */
  readonly names: readonly string[];
  /** Why not all of it could be seen; undefined when it could. */
  readonly unknown: string | undefined;
}

interface Item extends KubeObject {
  /** Of a secret. */
  readonly type?: string;
}

interface ResourceList {
  readonly resources?: ReadonlyArray<{
    readonly name: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }>;
}

interface GroupList {
  readonly groups?: ReadonlyArray<{
    readonly name: string;
    readonly preferredVersion: { readonly groupVersion: string };
  }>;
}

/** Enough to see that there is something. */
const PAGE_LENGTH = 50;

/**
 * Everything in a namespace, of whatever kind, but what comes and goes with others or by itself: objects with an owner, events,
 * endpoints of services, and what Kubernetes puts into every namespace.
 * @param own uids of objects that do not count
 */
export async function namespaceContents(
  api: KubeApi,
  namespace: string,
  own: ReadonlySet<string>,
): Promise<NamespaceContents> {
  try {
    const collections = await deletableCollections(api);
    const found = new Map<string, string>();
    await Promise.all(
      collections.map(async ({ path, plural }) => {
        const { items } = await api.request<{ items?: readonly Item[] | null }>({
          method: 'GET',
          path: `${path}/namespaces/${encodeURIComponent(namespace)}/${plural}`,
          query: { limit: `${PAGE_LENGTH}` },
        });
        for (const item of items ?? []) {
          // The same object may be in several groups.
          const uid = item.metadata?.uid ?? '';
          if (!own.has(uid) && counts(plural, item))
            found.set(uid, `${plural}/${item.metadata?.name ?? ''}`);
        }
      }),
    );
    return { names: [...found.values()].sort(), unknown: undefined };
  } catch (thrown) {
    if (!(thrown instanceof KubeError)) throw thrown;
    return { names: [], unknown: thrown.message };
  }
}

/** All kinds of objects that a namespace can hold and that can be deleted. */
async function deletableCollections(
  api: KubeApi,
): Promise<Array<{ readonly path: string; readonly plural: string }>> {
  const { groups } = await api.request<GroupList>({ method: 'GET', path: '/apis' });
  const paths = [
    '/api/v1',
    ...(groups ?? []).map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`),
  ];
  const lists = await Promise.all(
    paths.map(async (path) => ({
      path,
      list: await api.request<ResourceList>({ method: 'GET', path }),
    })),
  );
  return lists.flatMap(({ path, list }) =>
    (list.resources ?? [])
      .filter(
        ({ namespaced, verbs }) =>
          namespaced && ['list', 'delete'].every((verb) => verbs.includes(verb)),
      )
      // Subresources have a slash.
      .filter(({ name }) => !name.includes('/') && !passing.has(name))
      .map(({ name }) => ({ path, plural: name })),
  );
}

/** Kinds that only tell of others. */
const passing: ReadonlySet<string> = new Set(['events', 'endpoints', 'endpointslices']);

const inEveryNamespace: ReadonlySet<string> = new Set([
  'serviceaccounts/default',
  'configmaps/kube-root-ca.crt',
  'configmaps/openshift-service-ca.crt',
]);

function counts(plural: string, { metadata, type }: Item): boolean {
  if ((metadata?.ownerReferences ?? []).length > 0) return false;
  if (metadata?.deletionTimestamp !== undefined) return false;
  if (type === 'kubernetes.io/service-account-token') return false;
  return !inEveryNamespace.has(`${plural}/${metadata?.name ?? ''}`);
}
