import { Backoff, type BackoffTimes } from './backoff.ts';
import { jsonLines } from './json-lines.ts';
import {
  KubeError,
  type KubeObject,
  type ResourceKind,
  type Watched,
  type WatchListener,
  type WatchOptions,
} from './kube-api.ts';
import { type Listing, listAll, selectorQuery } from './listing.ts';
import { unreadable, type WatchEvent, watchEventOf } from './object-shape.ts';
import { collectionPath } from './resource-path.ts';
import { errorOfStatus } from './server-answer.ts';
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
