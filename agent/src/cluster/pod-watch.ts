import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { Backoff, type BackoffOptions } from './api/backoff.ts';
import { readJsonList } from './api/json-list.ts';
import {
  type ApiAccess,
  ApiFailure,
  type ApiFailureKind,
  asFailure,
  jsonLines,
  openApiStream,
} from './api/request.ts';
import { field, type PodRecord, parsePod, textField } from './pod-record.ts';

/** What becomes of the pods that the watch sees. None of these may throw. */
export interface PodListener {
  /** A complete listing: pods that are not in it do not exist any more. */
  replace(pods: readonly PodRecord[]): void;
  /** A pod is new, or is no longer as it was. */
  put(pod: PodRecord): void;
  remove(uid: string): void;
}

/** Where the numbers go; see DirectoryCounters. */
export interface WatchCounters {
  readonly watchErrors: Record<ApiFailureKind, number>;
  lists: number;
  watchEvents: number;
}

export interface PodWatchOptions {
  readonly access: ApiAccess;
  /** Name of the node whose pods are watched. */
  readonly node: string;
  readonly listener: PodListener;
  readonly counters: WatchCounters;
  readonly log: Log;
  /** Waits after failures; 0.5 to 15 s. */
  readonly retry?: BackoffOptions;
}

export interface WatchStatus {
  /** Whether the pods have been listed once. They stay valid, and may grow old, while the watch is down. */
  readonly synced: boolean;
  /** Whether changes are coming in now. */
  readonly connected: boolean;
  /** Why not; undefined while connected, and before the first attempt has ended. */
  readonly error: string | undefined;
  /** Unix time, ms, since which it has been connected or not. */
  readonly sinceMs: number;
}

/**
 * How long the server is asked to go on with one watch; somewhere in this range. Then it is asked to go on from there, which
 * costs it next to nothing.
 */
const watchSeconds = { least: 300, most: 600 } as const;

/** A server sends a bookmark about once a minute when nothing else happens. */
const watchSilenceMs = 90_000;
const listSilenceMs = 30_000;

/** An object has at most 1.5 MiB in etcd. */
const maxEventBytes = 8 << 20;
/** Of a listing the items are read one by one: a node may have hundreds of pods of that size. */
const listLimits = { itemBytes: maxEventBytes, restBytes: 1 << 20 } as const;

/** Of listings from etcd, which has all pods of the cluster in one place: the server reads them in pages of this size. */
const pageSize = 500;

/** What goes wrong after it has worked for this long starts the waits anew. */
const healthyMs = 5_000;

/**
 * Follows the pods of one node, for ever: it comes back after whatever goes wrong, and what was known stays as it was
 * until the server says otherwise.
 *
 * Plain JSON: the metadata-only form lacks spec.hostNetwork and the addresses, and protobuf would need the whole schema of
 * a pod for the few fields that are kept. Listings are asked from the server's cache (resourceVersion), which has an index
 * of pods by node: without it every agent's listing would make the server read all pods of the cluster from etcd.
 */
export class PodWatch implements AsyncDisposable {
  readonly #options: PodWatchOptions;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  readonly #backoff: Backoff;
  /** Up to where events have been seen; undefined: list first. */
  #version: string | undefined;
  /** What the next listing asks for: "0" is anything that the server's cache has, "" what etcd has. */
  #listVersion = '0';
  /** Unix time, ms, of the last complete listing. */
  #listedMs = 0;
  #status: WatchStatus = { synced: false, connected: false, error: undefined, sinceMs: Date.now() };

  /** Starts at once. */
  constructor(options: PodWatchOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.retry ?? { firstMs: 500, longestMs: 15_000 });
    this.#running = this.#run();
  }

  get status(): WatchStatus {
    return this.#status;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      let isListing = true;
      try {
        this.#version ??= await this.#list();
        isListing = false;
        await this.#watch(this.#version);
      } catch (thrown) {
        if (signal.aborted) return;
        const failure = asFailure(thrown, 'connection');
        if (this.#isNews(failure)) this.#backoff.reset();
        this.#failed(failure, isListing);
        // All whom a server turns away are told the same time: on top of it, so that they do not come back in step.
        const waitMs = (failure.retryAfterMs ?? 0) + this.#backoff.next();
        await delay(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Whether it all worked before. A server that comes back has often forgotten: that is not the end of a chain of failures. */
  #isNews({ kind }: ApiFailure): boolean {
    const { connected, sinceMs } = this.#status;
    if (connected && Date.now() - sinceMs > healthyMs) return true;
    return kind === 'expired' && Date.now() - this.#listedMs > healthyMs;
  }

  /** @returns the version of the listing */
  async #list(): Promise<string> {
    const pods: PodRecord[] = [];
    let version: string | undefined;
    let next: string | undefined;
    do {
      const page = await this.#get(
        next === undefined
          ? this.#listQuery()
          : { limit: String(pageSize), continue: next, ...this.#selector },
        listSilenceMs,
      ).then((response) =>
        readJsonList(response, (item) => pods.push(...this.#read(item)), listLimits),
      );
      const metadata = field(page, 'metadata');
      version = textField(metadata, 'resourceVersion');
      next = textField(metadata, 'continue') || undefined;
    } while (next !== undefined);
    if (!version) throw new ApiFailure('malformed', 'The API server lists pods without a version');
    this.#listVersion = version;
    this.#listedMs = Date.now();
    this.#options.counters.lists += 1;
    this.#options.listener.replace(pods);
    this.#status = { ...this.#status, synced: true };
    return version;
  }

  /**
   * Never older than what was seen, so that a server whose cache lags behind does not bring back what is gone. A limit would
   * make it ask etcd in spite of the version (1.20 does), and etcd has no index: each agent that lists anew, and after
   * a restart of the server all do, would have it read all pods of the cluster. A node has 110 to 250 pods.
   */
  #listQuery(): Record<string, string> {
    const version = this.#listVersion;
    if (version === '') return { limit: String(pageSize), ...this.#selector };
    return {
      ...this.#selector,
      resourceVersion: version,
      ...(version === '0' ? {} : { resourceVersionMatch: 'NotOlderThan' }),
    };
  }

  /** Returns when the server ends the watch in its time. */
  async #watch(version: string): Promise<void> {
    const { least, most } = watchSeconds;
    const lastsMs = 1_000 * Math.round(least + Math.random() * (most - least));
    const response = await this.#get(
      {
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: version,
        timeoutSeconds: String(lastsMs / 1_000),
        ...this.#selector,
      },
      watchSilenceMs,
    );
    this.#connected();
    const startMs = performance.now();
    for await (const event of jsonLines(response, maxEventBytes)) this.#take(event);
    if (performance.now() - startMs < lastsMs / 2) {
      throw new ApiFailure('closed', 'The API server ended the watch before its time');
    }
  }

  #take(event: unknown): void {
    const { listener, counters } = this.#options;
    const type = textField(event, 'type');
    const object = field(event, 'object');
    if (type === 'ERROR') {
      this.#version = undefined;
      throw watchError(object);
    }
    const version = textField(field(object, 'metadata'), 'resourceVersion');
    if (!version) throw new ApiFailure('malformed', 'The API server sent an event without version');
    if (type !== 'BOOKMARK') counters.watchEvents += 1;
    for (const pod of type === 'BOOKMARK' ? [] : this.#read(object)) {
      if (type === 'DELETED') listener.remove(pod.pod.uid);
      else listener.put(pod);
    }
    this.#version = version;
    this.#listVersion = version;
  }

  /** None for what is no pod, which is counted: one bad object does not stop the others. */
  #read(object: unknown): PodRecord[] {
    const pod = parsePod(object);
    if (pod !== undefined) return [pod];
    this.#options.counters.watchErrors.malformed += 1;
    return [];
  }

  async #get(query: Record<string, string>, silenceMs: number) {
    const endpoint = await this.#options.access.endpoint();
    const { signal } = this.#closing;
    return openApiStream(endpoint, { path: '/api/v1/pods', query, silenceMs, signal });
  }

  get #selector() {
    return { fieldSelector: `spec.nodeName=${this.#options.node}` };
  }

  #connected(): void {
    if (this.#status.connected) return;
    const { log, node } = this.#options;
    log.info({ node, secondsDown: this.#secondsInState() }, 'Watching the pods of the node');
    this.#status = { synced: true, connected: true, error: undefined, sinceMs: Date.now() };
  }

  #failed(failure: ApiFailure, isListing: boolean): void {
    const { log, counters } = this.#options;
    counters.watchErrors[failure.kind] += 1;
    // A server that has forgotten the version, or never had it (504: a cluster restored from a backup counts from further
    // back), is asked for what is in etcd.
    const isUnknownVersion = failure.kind === 'expired' || failure.status === 504;
    if (isListing && isUnknownVersion) this.#listVersion = '';
    if (failure.kind === 'expired' || failure.kind === 'malformed') this.#version = undefined;
    const { connected, synced, error, sinceMs } = this.#status;
    if (failure.message !== error) {
      log.warn({ kind: failure.kind, error: failure.message }, 'Cannot watch the pods of the node');
    }
    this.#status = {
      synced,
      connected: false,
      error: failure.message,
      sinceMs: connected ? Date.now() : sinceMs,
    };
  }

  #secondsInState(): number {
    return Math.round((Date.now() - this.#status.sinceMs) / 1_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }
}

/** The metav1.Status of an ERROR event. */
function watchError(object: unknown): ApiFailure {
  const code = field(object, 'code');
  const message = textField(object, 'message') ?? 'no message';
  return new ApiFailure(
    code === 410 ? 'expired' : 'server',
    `The API server ended the watch: ${message}`,
  );
}
