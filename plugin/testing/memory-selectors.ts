import type { KubeObject } from '../src/kubernetes/kube-api.ts';

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k`, as the API server reads it (k8s.io/apimachinery/pkg/labels). */
export function matchesLabels(labels: Readonly<Record<string, string>>, selector: string): boolean {
  const terms = selector.match(/[^,(]+(\([^)]*\))?/g) ?? [];
  return terms.every((term) => matchesTerm(labels, term.trim()));
}

function matchesTerm(labels: Readonly<Record<string, string>>, term: string): boolean {
  const set = /^(\S+) +(in|notin) +\(([^)]*)\)$/.exec(term);
  if (set !== null) {
    const [, key = '', operator, list = ''] = set;
    const isIn = list
      .split(',')
      .map((value) => value.trim())
      .includes(labels[key] ?? '\0');
    return operator === 'in' ? isIn : !isIn;
  }
  const pair = /^([^!=\s]+)\s*(!=|==?)\s*(\S*)$/.exec(term);
  if (pair !== null) {
    const [, key = '', operator, value] = pair;
    return operator === '!=' ? labels[key] !== value : labels[key] === value;
  }
  return term.startsWith('!') ? !Object.hasOwn(labels, term.slice(1)) : Object.hasOwn(labels, term);
}

/** `metadata.name=a,spec.nodeName!=b`: paths of fields. */
export function matchesFields(object: KubeObject, selector: string): boolean {
  const terms = selector === '' ? [] : selector.split(',');
  return terms.every((term) => {
    const [, path = '', operator, value] = /^([^!=]+)(!=|==?)(.*)$/.exec(term) ?? [];
    const found = path
      .split('.')
      .reduce<unknown>(
        (part, name) => (part as Record<string, unknown> | undefined)?.[name],
        object,
      );
    const isEqual = (typeof found === 'string' ? found : '') === value;
    return operator === '!=' ? !isEqual : isEqual;
  });
}
