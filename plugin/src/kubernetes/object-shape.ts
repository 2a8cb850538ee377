import { KubeError, type KubeObject, type ResourceKind } from './kube-api.ts';

/** One page of a listing. */
export interface Page<T> {
  readonly items: readonly T[];
  /** What to ask for the next page with; empty: there is none. */
  readonly next: string;
  /** Where a watch goes on from. */
  readonly resourceVersion: string;
}

/** What a watch is told. Of an error the object is a metav1.Status. */
export type WatchEvent<T> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: T }
  | { readonly type: 'ERROR'; readonly object: unknown };

const changes = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'] as const;

/*
 * Whether an answer is a list or an event at all: a proxy may answer in the server's place, with any JSON. What is inside of spec and
 * status an API server has checked before it stored it.
 */

/** @throws KubeError for what is no list of objects */
export function pageOf<T extends KubeObject>(answer: unknown, kind: ResourceKind): Page<T> {
  if (!isRecord(answer)) throw unreadable(kind, 'list', new Error('it is no object'));
  const items = answer['items'] ?? [];
  if (!Array.isArray(items)) throw unreadable(kind, 'list', new Error('its items are no list'));
  const metadata = isRecord(answer['metadata']) ? answer['metadata'] : {};
  const wrong = items.findIndex((item) => !isObject(item));
  if (wrong !== -1) throw unreadable(kind, 'list', new Error(`its item ${wrong} is no object`));
  return {
    items,
    next: textOr(metadata['continue'], ''),
    resourceVersion: textOr(metadata['resourceVersion'], ''),
  };
}

/** @throws KubeError for what is no event of a watch */
export function watchEventOf<T extends KubeObject>(
  line: unknown,
  kind: ResourceKind,
): WatchEvent<T> {
  const { type, object } = isRecord(line) ? line : {};
  if (type === 'ERROR') return { type, object };
  const change = changes.find((known) => known === type);
  if (change === undefined || !isObject(object))
    throw unreadable(kind, 'watch', new Error('a line is no event'));
  return { type: change, object: object as T };
}

export function unreadable(
  { plural }: ResourceKind,
  what: 'list' | 'watch',
  cause: Error,
): KubeError {
  return new KubeError(`error: cannot read a ${what} of ${plural}: ${cause.message}`, {
    ...{ reason: '', status: 0, cause },
  });
}

/** An object of the API: what it is called by is text. */
function isObject(value: unknown): value is KubeObject {
  if (!isRecord(value)) return false;
  const metadata = value['metadata'] ?? {};
  return (
    isRecord(metadata) &&
    ['name', 'namespace', 'uid', 'resourceVersion'].every((key) =>
      ['string', 'undefined'].includes(typeof (metadata[key] ?? undefined)),
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
