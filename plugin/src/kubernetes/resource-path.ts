import type { ResourceKind } from './kube-api.ts';

/** `/api/v1`, `/apis/apps/v1` */
export function groupPath({ group, version }: ResourceKind): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

/** Of one namespace, or of all (or of a kind without them). */
export function collectionPath(kind: ResourceKind, namespace: string | undefined): string {
  const scope =
    kind.namespaced && namespace !== undefined
      ? `/namespaces/${encodeURIComponent(namespace)}`
      : '';
  return `${groupPath(kind)}${scope}/${kind.plural}`;
}

export function objectPath(
  kind: ResourceKind,
  name: string,
  namespace: string | undefined,
): string {
  return `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`;
}
