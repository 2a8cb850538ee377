import type { Duplex } from 'node:stream';
import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type KubeRequest,
  type ListOptions,
  type ResourceKind,
  type Watched,
  type WatchListener,
  type WatchOptions,
} from '../src/kubernetes/kube-api.ts';
import { matchesFields, matchesLabels } from './memory-selectors.ts';

interface OpenWatch {
  readonly kind: ResourceKind;
  readonly options: ListOptions;
  readonly listener: WatchListener;
  readonly objects: Map<string, KubeObject>;
  readonly keep: (object: KubeObject) => KubeObject;
}

/** What a test gives to have an object; metadata that the server makes is made. */
export interface NewObject {
  readonly metadata: { readonly name: string; readonly namespace?: string } & Record<
    string,
    unknown
  >;
  readonly [field: string]: unknown;
}

/**
 * An API server in memory, as far as listing and watching go: names are unique, uids are not, what no longer matches a watch
 * leaves it, changes reach watches later than the request that made them, and forbidden things are forbidden in its words.
 */
export class MemoryKubeApi implements KubeApi {
  readonly namespace: string;
  /** `watch pods in demo where app=web`, in the order in which they were made. */
  readonly requests: string[] = [];
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  readonly #watches = new Set<OpenWatch>();
  readonly #forbidden = new Set<string>();
  readonly #absent = new Set<string>();
  #resourceVersion = 100;
  #uids = 0;

  constructor(namespace = 'demo') {
    this.namespace = namespace;
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  /** Refuses a kind in one namespace or, without one, at the cluster scope. */
  forbid({ plural }: ResourceKind, namespace?: string): void {
    this.#forbidden.add(`${plural} ${namespace ?? ''}`);
  }

  forbidAll({ plural }: ResourceKind): void {
    this.#forbidden.add(plural);
  }

  allow({ plural }: ResourceKind, namespace?: string): void {
    this.#forbidden.delete(`${plural} ${namespace ?? ''}`);
  }

  /** As a server that is too old or too new for it. */
  withhold(kind: ResourceKind): void {
    this.#absent.add(kindKey(kind));
  }

  create<T extends KubeObject>(kind: ResourceKind, object: NewObject): T {
    const store = this.#storeOf(kind);
    const namespace = kind.namespaced ? (object.metadata.namespace ?? this.namespace) : undefined;
    const key = objectKey(namespace, object.metadata.name);
    if (store.has(key)) throw new Error(`${kind.plural} "${object.metadata.name}" already exists`);
    this.#uids += 1;
    const created = {
      ...object,
      metadata: {
        uid: `uid-${this.#uids}`,
        creationTimestamp: new Date(),
        ...object.metadata,
        ...(namespace === undefined ? {} : { namespace }),
        resourceVersion: this.#nextVersion(),
      },
    };
    store.set(key, created);
    this.#announce(kind, created);
    return created as unknown as T;
  }

  /** Replaces an object by what `change` makes of it. */
  update<T extends KubeObject>(kind: ResourceKind, object: T, change: (object: T) => T): T {
    const { namespace, name = '', uid } = object.metadata ?? {};
    const store = this.#storeOf(kind);
    const before = store.get(objectKey(namespace, name));
    if (before?.metadata?.uid !== uid) throw new Error(`${kind.plural} "${name}" is not there`);
    const changed = change(before as T);
    const after = {
      ...changed,
      metadata: { ...changed.metadata, resourceVersion: this.#nextVersion() },
    };
    store.set(objectKey(namespace, name), after);
    this.#announce(kind, after);
    return after;
  }

  delete(kind: ResourceKind, object: KubeObject): void {
    const { namespace, name = '' } = object.metadata ?? {};
    if (!this.#storeOf(kind).delete(objectKey(namespace, name)))
      throw new Error(`${kind.plural} "${name}" is not there`);
    for (const watch of this.#watchesOf(kind)) this.#send(watch, object, false);
  }

  /** All watches break; `error` undefined: they are listed anew and go on. */
  async breakWatches(error: KubeError | undefined): Promise<void> {
    await settled();
    for (const watch of this.#watches) {
      watch.listener.onTrouble(error);
      if (error !== undefined) continue;
      watch.objects.clear();
      for (const object of this.#select(watch.kind, watch.options))
        watch.objects.set(object.metadata?.uid ?? '', watch.keep(object));
      watch.listener.onChange();
    }
  }

  async get<T extends KubeObject>(
    kind: ResourceKind,
    name: string,
    namespace?: string,
  ): Promise<T> {
    const within = kind.namespaced ? (namespace ?? this.namespace) : undefined;
    this.#record('get', kind, { namespace: within }, name);
    await settled();
    this.#refuse('get', kind, within);
    const object = this.#storeOf(kind).get(objectKey(within, name));
    if (object !== undefined) return object as T;
    throw new KubeError(`Error from server (NotFound): ${qualified(kind)} "${name}" not found`, {
      reason: 'NotFound',
      status: 404,
    });
  }

  async list<T extends KubeObject>(kind: ResourceKind, options: ListOptions): Promise<T[]> {
    this.#record('list', kind, options);
    await settled();
    this.#refuse('list', kind, options.namespace);
    return this.#select(kind, options) as T[];
  }

  async watch<T extends KubeObject>(
    kind: ResourceKind,
    options: WatchOptions<T>,
    listener: WatchListener,
  ): Promise<Watched<T>> {
    this.#record('watch', kind, options);
    await settled();
    this.#refuse('list', kind, options.namespace);
    const objects = new Map<string, KubeObject>();
    const { keep = (object: T) => object } = options;
    const watch: OpenWatch = {
      ...{ kind, options, listener, objects },
      keep: (object) => keep(object as T),
    };
    for (const object of this.#select(kind, options))
      objects.set(object.metadata?.uid ?? '', watch.keep(object));
    this.#watches.add(watch);
    listener.onChange();
    return {
      objects: objects as unknown as ReadonlyMap<string, T>,
      [Symbol.dispose]: () => this.#watches.delete(watch),
    };
  }

  async serves(kind: ResourceKind): Promise<boolean> {
    await settled();
    return !this.#absent.has(kindKey(kind));
  }

  /** Answers what counting asks: one page of a collection. */
  async request<T>({ method, path, query }: KubeRequest): Promise<T> {
    const match = /^\/apis?\/(?:[^/]+\/)?v\w+(?:\/namespaces\/([^/]+))?\/([a-z]+)$/.exec(path);
    if (method !== 'GET' || match === null) throw new Error(`Cannot answer ${method} ${path}`);
    const [, namespace, plural = ''] = match;
    this.requests.push(`page of ${plural}${namespace === undefined ? '' : ` in ${namespace}`}`);
    await settled();
    this.#refuse('list', { plural, group: '' }, namespace);
    const all = [...this.#objects]
      .filter(([key]) => key.endsWith(`/${plural}`))
      .flatMap(([, store]) => [...store.values()])
      .filter(({ metadata }) => namespace === undefined || metadata?.namespace === namespace);
    const limit = Number(query?.['limit'] ?? all.length);
    const remaining = all.length - limit;
    return {
      items: all.slice(0, limit),
      metadata: remaining > 0 ? { remainingItemCount: remaining, continue: 'more' } : {},
    } as T;
  }

  async connectToPod(_pod: { namespace: string; name: string }, _port: number): Promise<Duplex> {
    throw new Error('There are no pods to connect to');
  }

  async close(): Promise<void> {
    this.#watches.clear();
  }

  #announce(kind: ResourceKind, object: KubeObject): void {
    for (const watch of this.#watchesOf(kind)) {
      this.#send(watch, object, isSelected(object, watch.options));
    }
  }

  /** Later, and only to who still watches. */
  #send(watch: OpenWatch, object: KubeObject, isThere: boolean): void {
    setImmediate(() => {
      if (!this.#watches.has(watch)) return;
      const uid = object.metadata?.uid ?? '';
      if (isThere) watch.objects.set(uid, watch.keep(object));
      else if (!watch.objects.delete(uid)) return;
      watch.listener.onChange();
    });
  }

  #watchesOf(kind: ResourceKind): OpenWatch[] {
    return [...this.#watches].filter((watch) => kindKey(watch.kind) === kindKey(kind));
  }

  #select(kind: ResourceKind, options: ListOptions): KubeObject[] {
    return [...this.#storeOf(kind).values()].filter((object) => isSelected(object, options));
  }

  #storeOf(kind: ResourceKind): Map<string, KubeObject> {
    const store = this.#objects.get(kindKey(kind)) ?? new Map<string, KubeObject>();
    this.#objects.set(kindKey(kind), store);
    return store;
  }

  #refuse(verb: string, kind: Pick<ResourceKind, 'plural' | 'group'>, namespace?: string): void {
    const { plural, group } = kind;
    if (!this.#forbidden.has(plural) && !this.#forbidden.has(`${plural} ${namespace ?? ''}`))
      return;
    const where =
      namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
    throw new KubeError(
      `Error from server (Forbidden): ${plural} is forbidden: User "alice" cannot ${verb} resource "${plural}" in API group "${group}" ${where}`,
      { reason: 'Forbidden', status: 403 },
    );
  }

  #record(verb: string, { plural }: ResourceKind, options: ListOptions, name?: string): void {
    const { namespace, labelSelector, fieldSelector } = options;
    const where = [labelSelector, fieldSelector].filter(
      (text) => text !== undefined && text !== '',
    );
    this.requests.push(
      `${verb} ${plural}${name === undefined ? '' : ` ${name}`}${namespace === undefined ? '' : ` in ${namespace}`}${where.length === 0 ? '' : ` where ${where.join(' and ')}`}`,
    );
  }

  #nextVersion(): string {
    this.#resourceVersion += 1;
    return `${this.#resourceVersion}`;
  }
}

/** As far as something that was sent needs to arrive. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function kindKey({ group, version, plural }: ResourceKind): string {
  return `${group}/${version}/${plural}`;
}

function objectKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function qualified({ plural, group }: ResourceKind): string {
  return group === '' ? plural : `${plural}.${group}`;
}

function isSelected(object: KubeObject, options: ListOptions): boolean {
  const { namespace, labelSelector = '', fieldSelector = '' } = options;
  return (
    (namespace === undefined || object.metadata?.namespace === namespace) &&
    matchesLabels(object.metadata?.labels ?? {}, labelSelector) &&
    matchesFields(object, fieldSelector)
  );
}
