import type { V1LabelSelector } from '@kubernetes/client-node';

/** A label selector as the query of a list or a watch has it. */
export function labelSelectorText(selector: V1LabelSelector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    switch (operator) {
      case 'In':
        return `${key} in (${values.join(',')})`;
      case 'NotIn':
        return `${key} notin (${values.join(',')})`;
      case 'Exists':
        return key;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        throw new RangeError(`A label selector has the unknown operator ${operator}`);
    }
  });
  return [...labels, ...expressions].join(',');
}
