import { errorOfStatus } from './errors.ts';
import {
  KubeError,
  type KubeObject,
  type ListOptions,
  type ResourceKind,
  type Watched,
  type WatchListener,
  type WatchOptions,
} from './kube-api.ts';
import { pageOf, unreadable, type WatchEvent, watchEventOf } from './object-shape.ts';
import { Backoff, type BackoffTimes } from './pacing.ts';
import { collectionPath } from './resources.ts';
import type { ServerConnection } from './server-connection.ts';

export interface WatchSubject<T extends KubeObject> {
  readonly connection: ServerConnection;
  readonly kind: ResourceKind;
  readonly options: WatchOptions<T>;
}

const backoffTimes: BackoffTimes = { firstMs: 800, longestMs: 10_000 };
/** The server ends a watch after this long or up to twice as long, so that not all clients come again at once. */
const SHORTEST_WATCH_S = 300;
/** A watch that ends sooner than this did not work well enough to be begun again at once. */
const SHORT_LIFE_MS = 1_000;

/**
 * Keeps a listing up to date: list, then watch from there; when a watch ends, the next one goes on from the last version
 * seen (bookmarks keep that recent), and when the server has forgotten that version (410), everything is listed again. One
 * request at a time. https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export class ObjectWatch<T extends KubeObject> implements Watched<T> {
  readonly #subject: WatchSubject<T>;
  readonly #listener: WatchListener;
  readonly #objects = new Map<string, T>();
  readonly #ending = new AbortController();
  readonly #backoff = new Backoff(backoffTimes);
  readonly #onClosing = () => this.#ending.abort(this.#subject.connection.closing.reason);
  /** undefined: to be listed. */
  #resourceVersion: string | undefined;
  #isListed = false;
  #listedAtMs = Number.NEGATIVE_INFINITY;
  /** Message of the trouble that was told last. */
  #toldTrouble: string | undefined;

  private constructor(subject: WatchSubject<T>, listener: WatchListener) {
    this.#subject = subject;
    this.#listener = listener;
    const { closing } = subject.connection;
    closing.addEventListener('abort', this.#onClosing, { once: true });
  }

  /** Resolves when the first listing is there. @throws KubeError when that fails */
  static async open<T extends KubeObject>(
    subject: WatchSubject<T>,
    listener: WatchListener,
  ): Promise<ObjectWatch<T>> {
    const watch = new ObjectWatch<T>(subject, listener);
    try {
      await watch.#list();
    } catch (thrown) {
      watch[Symbol.dispose]();
      throw thrown;
    }
    void watch.#run();
    return watch;
  }

  get objects(): ReadonlyMap<string, T> {
    return this.#objects;
  }

  [Symbol.dispose](): void {
    this.#ending.abort();
    this.#subject.connection.closing.removeEventListener('abort', this.#onClosing);
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) await this.#list();
        const livedMs = await this.#watch();
        if (livedMs < SHORT_LIFE_MS) await this.#backoff.wait(signal);
        else this.#backoff.reset();
      } catch (thrown) {
        if (signal.aborted) return;
        // Anything else is a mistake in this program, and shows as such.
        if (!(thrown instanceof KubeError)) throw thrown;
        // To have fallen behind is no trouble, unless it happens at once.
        const fellBehind = thrown.status === 410 && this.#resourceVersion !== undefined;
        const atOnce = performance.now() - this.#listedAtMs < SHORT_LIFE_MS;
        if (fellBehind) this.#resourceVersion = undefined;
        else this.#trouble(thrown);
        if (!fellBehind || atOnce) await this.#backoff.wait(signal);
      }
    }
  }

  async #list(): Promise<void> {
    const { connection, kind, options } = this.#subject;
    // Only the first one: what the cache of another server has may be older than what was seen.
    const fromCache = options.fromCache === true && !this.#isListed;
    const listing: Listing<T> = await listAll<T>(connection, kind, { ...options, fromCache });
    if (this.#ending.signal.aborted) return;
    const { items, resourceVersion } = listing;
    this.#objects.clear();
    for (const item of items) this.#objects.set(item.metadata?.uid ?? '', item);
    this.#isListed = true;
    this.#resourceVersion = resourceVersion;
    this.#listedAtMs = performance.now();
    this.#listener.onChange();
  }

  /** @returns how long it worked, in milliseconds */
  async #watch(): Promise<number> {
    const { connection, kind, options } = this.#subject;
    const { signal } = this.#ending;
    const timeoutSeconds = Math.round(SHORTEST_WATCH_S * (1 + Math.random()));
    const body = await connection.stream(
      {
        method: 'GET',
        path: collectionPath(kind, options.namespace),
        query: {
          ...selectorQuery(options),
          watch: '1',
          allowWatchBookmarks: 'true',
          resourceVersion: this.#resourceVersion ?? '',
          timeoutSeconds: `${timeoutSeconds}`,
        },
      },
      signal,
    );
    const beganMs = performance.now();
    this.#trouble(undefined);
    const events = jsonLines(body);
    try {
      for (;;) {
        // A connection that broke is not yet a trouble: the next request tells what is wrong.
        const event = await events.next().catch((thrown: unknown) => {
          if (thrown instanceof SyntaxError || thrown instanceof RangeError)
            throw unreadable(kind, 'watch', thrown);
          return undefined;
        });
        if (event === undefined || event.done === true) return performance.now() - beganMs;
        this.#apply(watchEventOf<T>(event.value, kind));
      }
    } finally {
      body.destroy();
    }
  }

  #apply({ type, object }: WatchEvent<T>): void {
    if (type === 'ERROR') throw errorOfStatus(object);
    this.#resourceVersion = object.metadata?.resourceVersion ?? this.#resourceVersion;
    if (type === 'BOOKMARK') return;
    if (type === 'DELETED') this.#objects.delete(object.metadata?.uid ?? '');
    else {
      const { keep = (whole) => whole } = this.#subject.options;
      this.#objects.set(object.metadata?.uid ?? '', keep(object));
    }
    this.#listener.onChange();
  }

  #trouble(error: KubeError | undefined): void {
    if (error?.message === this.#toldTrouble) return;
    this.#toldTrouble = error?.message;
    this.#listener.onTrouble(error);
  }
}

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

const NEWLINE = 0x0a;
/** More than etcd can store of one object (1.5 MB), by far. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** Parses a body of one JSON value per line, as it comes. @throws SyntaxError, RangeError for a line without end */
export async function* jsonLines(body: AsyncIterable<Buffer>): AsyncGenerator<unknown, void, void> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of body) {
    let begin = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, begin)) {
      const line = Buffer.concat([...rest, chunk.subarray(begin, end)]).toString('utf8');
      rest = [];
      restBytes = 0;
      begin = end + 1;
      if (line.trim() !== '') yield JSON.parse(line);
    }
    const tail = chunk.subarray(begin);
    if (tail.length > 0) rest.push(tail);
    restBytes += tail.length;
    if (restBytes > MAX_LINE_BYTES)
      throw new RangeError(`A line of a watch is longer than ${MAX_LINE_BYTES} bytes`);
  }
}

/** Which of several watches do not work at the moment: told when the first one breaks, and when none is broken any more. */
export class WatchTroubles {
  readonly #tell: (error: KubeError | undefined) => void;
  readonly #broken = new Set<object>();

  constructor(tell: (error: KubeError | undefined) => void) {
    this.#tell = tell;
  }

  /** @param watch any object that stands for the watch @param error undefined: it works, or is no longer wanted */
  report(watch: object, error: KubeError | undefined): void {
    const before = this.#broken.size;
    if (error === undefined) this.#broken.delete(watch);
    else this.#broken.add(watch);
    const after = this.#broken.size;
    if (before === 0 && after > 0) this.#tell(error);
    if (before > 0 && after === 0) this.#tell(undefined);
  }
}
