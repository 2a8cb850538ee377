import type { KubeObject } from '../../kubernetes/kube-api.ts';

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
