import { isNamespace, UsageError } from './values.ts';

/** What can be named in a cluster. */
export type ClusterKind =
  | 'pod'
  | 'deployment'
  | 'statefulset'
  | 'daemonset'
  | 'replicaset'
  | 'replicationcontroller'
  | 'job'
  | 'cronjob'
  | 'service'
  | 'node';

export interface ClusterTarget {
  /** Undefined: that of the connection. */
  readonly namespace?: string | undefined;
  readonly kind: ClusterKind;
  readonly name: string;
}

interface KindWords {
  readonly kind: ClusterKind;
  /** As in kubectl's own output: `deploy/web`. */
  readonly short: string;
  readonly group: string;
  /** Other words that kubectl takes. */
  readonly aliases: readonly string[];
}

/** kubectl's names for them (kubectl api-resources). */
export const clusterKinds: readonly KindWords[] = [
  { kind: 'pod', short: 'pod', group: '', aliases: ['po', 'pods'] },
  { kind: 'deployment', short: 'deploy', group: 'apps', aliases: ['deployments'] },
  { kind: 'statefulset', short: 'sts', group: 'apps', aliases: ['statefulsets'] },
  { kind: 'daemonset', short: 'ds', group: 'apps', aliases: ['daemonsets'] },
  { kind: 'replicaset', short: 'rs', group: 'apps', aliases: ['replicasets'] },
  {
    ...{ kind: 'replicationcontroller', short: 'rc', group: '' },
    aliases: ['replicationcontrollers'],
  },
  { kind: 'job', short: 'job', group: 'batch', aliases: ['jobs'] },
  { kind: 'cronjob', short: 'cronjob', group: 'batch', aliases: ['cj', 'cronjobs'] },
  { kind: 'service', short: 'svc', group: '', aliases: ['services'] },
  { kind: 'node', short: 'node', group: '', aliases: ['no', 'nodes'] },
];

const byWord = new Map(
  clusterKinds.flatMap((words) =>
    [words.kind, words.short, ...words.aliases].map((word) => [word, words] as const),
  ),
);

/** `deploy/web`, `shop/deploy/web`: how the user is told of it. */
export function targetText({ namespace, kind, name }: ClusterTarget): string {
  const short = clusterKinds.find((words) => words.kind === kind)?.short;
  return `${namespace === undefined ? '' : `${namespace}/`}${short}/${name}`;
}

/**
 * The kind of `pods`, `Deployment`, `deployment.apps` or `deployments.v1.apps`, as kubectl takes and prints them.
 * Undefined when it is none of those that have packets.
 */
export function parseClusterKind(text: string): ClusterKind | undefined {
  const [word = '', ...rest] = text.toLowerCase().split('.');
  const words = byWord.get(word);
  if (words === undefined || rest.length === 0) return words?.kind;
  const group = rest.join('.');
  const isOurs = words.group !== '' && (group === words.group || group.endsWith(`.${words.group}`));
  return isOurs ? words.kind : undefined;
}

/**
 * Parses `NAMESPACE/KIND/NAME`, `KIND/NAME`, or `NAME` of a pod.
 * @throws UsageError saying what is accepted
 */
export function parseClusterTarget(word: string): ClusterTarget {
  const [first = '', second, third, ...more] = word.split('/');
  if (third !== undefined && more.length === 0 && isNamespace(first)) {
    const target = parseKindAndName(`${second}/${third}`, word);
    if (target.kind !== 'node') return { namespace: first, ...target };
  }
  return parseKindAndName(word, word);
}

function parseKindAndName(text: string, word: string): ClusterTarget {
  const slash = text.indexOf('/');
  if (slash < 0 && parseClusterKind(word) !== undefined) {
    throw new UsageError(
      `Cannot trace "${word}": a target is ${word}/NAME; a pod of that name is pod/${word}`,
    );
  }
  const kindWord = slash < 0 ? 'pod' : text.slice(0, slash);
  const name = text.slice(slash + 1);
  const kind = parseClusterKind(kindWord);
  if (kind === undefined) {
    throw new UsageError(
      `Cannot trace ${word}: a target is ${clusterKinds.map(({ short }) => short).join('/, ')}/NAME, ` +
        'netns/NAME or pid/N; a filter stands after "--"',
    );
  }
  // More than the server allows (RFC 1123), so that it refuses by its own words, and nothing that means more in a path
  // or in a selector.
  if (!/^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$/i.test(name)) {
    throw new UsageError(
      `Cannot trace ${word === '' ? '""' : word}: after "${kindWord}/" stands the name of a ${kind}; a filter stands after "--"`,
    );
  }
  return { kind, name };
}
