import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type ResourceKind,
} from '../../kubernetes/kube-api.ts';
import type { Manifest } from './manifests.ts';

interface Binding extends KubeObject {
  readonly roleRef?: { readonly kind: string; readonly name: string };
}

const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' } as const;
const bindingKinds: readonly ResourceKind[] = [
  { ...rbac, kind: 'ClusterRoleBinding', plural: 'clusterrolebindings', namespaced: false },
  { ...rbac, kind: 'RoleBinding', plural: 'rolebindings', namespaced: true },
];

/** More are counted. */
const MAX_TOLD = 10;

/**
 * Bindings that others have made to roles that are gone, as doctor advises them: a line for each, with what removes it. None of
 * what the user may not see.
 * @param gone manifests of what is not there any more @throws KubeError
 */
export async function bindingsLeft(api: KubeApi, gone: readonly Manifest[]): Promise<string[]> {
  const roles = gone.filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role');
  const own = new Set(gone.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  const found = await Promise.all(bindingKinds.map((kind) => allOf(api, kind)));
  const lines = found.flatMap((bindings, index) => {
    const { kind = '' } = bindingKinds[index] ?? {};
    return bindings.flatMap((binding) => {
      const { name = '', namespace } = binding.metadata ?? {};
      const role = roles.find((each) => gives(binding, each));
      if (role === undefined || own.has(`${kind} ${name}`)) return [];
      const place = namespace === undefined ? '' : ` -n ${namespace}`;
      const type = kind.toLowerCase();
      return [
        `${type}/${name}${namespace === undefined ? '' : ` in namespace ${namespace}`} stays, and ${role.kind} ${role.metadata.name} that it gives is gone: kubectl delete ${type}${place} ${name}`,
      ];
    });
  });
  const others = lines.length - MAX_TOLD;
  return others > 0 ? [...lines.slice(0, MAX_TOLD), `... and ${others} more`] : lines;
}

async function allOf(api: KubeApi, kind: ResourceKind): Promise<Binding[]> {
  try {
    return await api.list<Binding>(kind, {});
  } catch (thrown) {
    if (thrown instanceof KubeError && [403, 404].includes(thrown.status)) return [];
    throw thrown;
  }
}

/** A Role is one of its namespace. */
function gives({ roleRef, metadata }: Binding, role: Manifest): boolean {
  if (roleRef?.kind !== role.kind || roleRef.name !== role.metadata.name) return false;
  return role.kind === 'ClusterRole' || metadata?.namespace === role.metadata.namespace;
}
