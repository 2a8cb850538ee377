import {
  KubeError,
  type KubeObject,
  type ListOptions,
  type ResourceKind,
  type WatchOptions,
} from './kube-api.ts';
import { pageOf } from './object-shape.ts';
import { collectionPath } from './resource-path.ts';
import type { ServerConnection } from './server-connection.ts';

/** As kubectl's --chunk-size. */
const PAGE_LENGTH = 500;

export interface Listing<T> {
  readonly items: T[];
  /** Where a watch goes on from. */
  readonly resourceVersion: string;
}

/** Selectors as the query names them; without those that are not given. */
export function selectorQuery(options: ListOptions): Record<string, string> {
  const { labelSelector = '', fieldSelector = '' } = options;
  return {
    ...(labelSelector === '' ? {} : { labelSelector }),
    ...(fieldSelector === '' ? {} : { fieldSelector }),
  };
}

/**
 * All objects as they are in the store, page after page; with `fromCache` as the server has them in its cache, which knows no
 * pages. When the server has forgotten the state that the pages belong to (410, after some minutes), everything is asked for
 * again in one piece.
 * @param keep what is kept of each, so that no more than a page is held of the rest
 * @throws KubeError
 */
export async function listAll<T extends KubeObject>(
  connection: ServerConnection,
  kind: ResourceKind,
  { keep = (object) => object, ...options }: WatchOptions<T>,
): Promise<Listing<T>> {
  const path = collectionPath(kind, options.namespace);
  const query = selectorQuery(options);
  const ask = async (more: Record<string, string>) =>
    pageOf<T>(await connection.ask({ method: 'GET', path, query: { ...query, ...more } }), kind);
  let page = await ask(
    options.fromCache === true ? { resourceVersion: '0' } : { limit: `${PAGE_LENGTH}` },
  );
  const items = page.items.map(keep);
  try {
    while (page.next !== '') {
      page = await ask({ limit: `${PAGE_LENGTH}`, continue: page.next });
      for (const item of page.items) items.push(keep(item));
    }
    return { items, resourceVersion: page.resourceVersion };
  } catch (thrown) {
    if (!(thrown instanceof KubeError) || thrown.status !== 410) throw thrown;
  }
  const whole = await ask({});
  return { items: whole.items.map(keep), resourceVersion: whole.resourceVersion };
}
