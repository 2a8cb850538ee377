import type { pwru } from '../../../proto/gen/pwru.js';

/** The same for the same target, whatever else it says. */
export function podKey({
  namespace,
  name,
  uid,
  addressesOnly,
}: pwru.v1.PodTarget.$Properties): string {
  return `${namespace ?? ''}/${name ?? ''}/${uid ?? ''}${addressesOnly ? ' addresses only' : ''}`;
}
