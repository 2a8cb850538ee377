import { type KubeApi, KubeError, type KubeObject } from '../../kubernetes/kube-api.ts';

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
