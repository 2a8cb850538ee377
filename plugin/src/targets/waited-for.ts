import type { ClusterScope, PodSelection } from '../cli/cluster-scope.ts';
import { targetText } from '../cli/cluster-target.ts';

/** `-l app=web`; without any selector `-A` or `--all`. */
export function selectionText(selection: PodSelection): string {
  const selectors = selectorsOf(selection);
  if (selectors !== '') return selectors;
  return selection.allNamespaces ? '-A' : '--all';
}

/**
 * What a trace waits for that has no pods yet: `pods of cronjob/nightly`, `pods of -l app=web in namespace shop`.
 * @param namespace of what is selected; undefined: not to be told
 */
export function waitedFor(
  { targets, selection }: Pick<ClusterScope, 'targets' | 'selection'>,
  namespace: string | undefined,
): string {
  const names = targets.map(targetText);
  if (selection === undefined) return names.length === 0 ? 'pods' : `pods of ${joined(names)}`;
  const selectors = selectorsOf(selection);
  const all = [...names, ...(selectors === '' ? [] : [selectors])];
  const of = all.length === 0 ? '' : ` of ${joined(all)}`;
  if (selection.allNamespaces) return `pods${of} in all namespaces`;
  return `pods${of}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
}

function selectorsOf({ labelSelector, fieldSelector }: PodSelection): string {
  return [
    ...(labelSelector === undefined ? [] : [`-l ${labelSelector}`]),
    ...(fieldSelector === undefined ? [] : [`--field-selector ${fieldSelector}`]),
  ].join(' ');
}

function joined(names: readonly string[]): string {
  const [last] = names.slice(-1);
  return names.length < 2 ? (last ?? '') : `${names.slice(0, -1).join(', ')} and ${last}`;
}
