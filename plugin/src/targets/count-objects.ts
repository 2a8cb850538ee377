import type { KubeApi, ResourceKind } from '../kubernetes/kube-api.ts';

interface Page {
  readonly items?: readonly unknown[] | null;
  readonly metadata?: { readonly remainingItemCount?: number };
}

/**
 * How many objects of a kind there are, in one namespace or in all, for the price of one: the server counts the others
 * (metadata.remainingItemCount, Kubernetes 1.15).
 * @throws KubeError
 */
export async function countObjects(
  api: KubeApi,
  { group, version, plural }: ResourceKind,
  namespace: string | undefined,
): Promise<number> {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const within = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const { items, metadata } = await api.request<Page>({
    method: 'GET',
    path: `${root}${within}/${plural}`,
    query: { limit: '1' },
  });
  return (items?.length ?? 0) + (metadata?.remainingItemCount ?? 0);
}
