import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type ResourceKind,
} from '../../kubernetes/kube-api.ts';
import { kindOf, type Manifest } from './manifests.ts';

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
