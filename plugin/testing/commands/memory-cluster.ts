import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { OwnedObject } from '../../src/commands/deploy/apply-manifests.ts';
import {
  KubeError,
  type KubeObject,
  type KubeRequest,
  type ResourceKind,
} from '../../src/kubernetes/kube-api.ts';
import { kinds } from '../../src/kubernetes/resources.ts';
import { MemoryKubeApi, type NewObject } from '../memory-kube-api.ts';
import type { QueryAgent } from './query-agent.ts';

const path =
  /^\/(?:api\/(?<core>v\w+)|apis\/(?<group>[^/]+)\/(?<version>v\w+))(?:\/namespaces\/(?<namespace>[^/]+)(?=\/))?\/(?<plural>[a-z]+)(?:\/(?<name>[^/]+))?$/;

/** What the reviews' attributes are made of. */
interface Attributes {
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
}

/** By their names. */
export type ClusterNodes = Readonly<Record<string, ClusterNode>>;

export interface ClusterNode {
  readonly agent?: QueryAgent | undefined;
  readonly notReady?: string;
  /** Operating system, release and architecture of its kernel, with blanks between. */
  readonly kernel?: string;
  /** Of its agent, as the container runtime names it. */
  readonly image?: string;
}

/** A cluster in memory that also answers what the sub-commands ask: applying, deleting, reviews, and agents behind tunnels. */
export class MemoryCluster extends MemoryKubeApi {
  /** Whether the user may do what a review asks. */
  allows: (attributes: Attributes) => boolean = () => true;
  /** Who asks; undefined: a server that does not say. */
  user: string | undefined;
  /** Discovery: plural names of namespaced kinds by group path. */
  readonly resources = new Map<string, readonly string[]>([['/api/v1', ['configmaps', 'pods']]]);
  /** `PATCH namespaces/pwru` */
  readonly changes: string[] = [];
  /** Answers before everything else, once for every request. */
  refusal: (request: KubeRequest) => KubeError | undefined = () => undefined;
  /** Names of pods to which there was to be a tunnel. */
  readonly dialled: string[] = [];
  readonly #agents = new Map<string, QueryAgent>();

  /** Nodes with an agent, with one that is not ready for a reason, or with none. */
  static of(nodes: ClusterNodes): MemoryCluster {
    const cluster = new MemoryCluster();
    cluster.addDaemonSet();
    for (const [name, node] of Object.entries(nodes)) cluster.addNode(name, node);
    return cluster;
  }

  /** A node, with an agent on it when one is given: ready, or not for a reason. */
  addNode(name: string, { agent, notReady, kernel = '', image = '' }: ClusterNode = {}): void {
    const [operatingSystem = '', kernelVersion = '', architecture = ''] = kernel.split(' ');
    const nodeInfo = { operatingSystem, kernelVersion, architecture };
    this.create(kinds.node, { metadata: { name }, status: { nodeInfo } });
    if (agent === undefined) return;
    const ready = { type: 'Ready', status: notReady === undefined ? 'True' : 'False' };
    this.create(kinds.pod, {
      metadata: {
        ...{ name: `pwru-agent-${name}`, namespace: 'pwru' },
        ownerReferences: [{ kind: 'DaemonSet', controller: true, uid: 'uid-of-agents' }],
      },
      spec: {
        nodeName: name,
        containers: [{ ports: [{ name: 'grpc', containerPort: 7_979 }] }],
      },
      status: {
        ...{ phase: 'Running', conditions: [{ ...ready, reason: notReady }] },
        containerStatuses: [{ imageID: image, state: { running: {} } }],
      },
    });
    this.#agents.set(`pwru-agent-${name}`, agent);
  }

  addDaemonSet(status: object = {}): KubeObject {
    const metadata = {
      ...{ name: 'pwru-agent', namespace: 'pwru', uid: 'uid-of-agents', generation: 1 },
    };
    return this.create(kinds.daemonSet, {
      metadata,
      status: { observedGeneration: 1, ...status },
    });
  }

  override async connectToPod(pod?: { namespace: string; name: string }): Promise<Duplex> {
    this.dialled.push(pod?.name ?? '');
    const agent = this.#agents.get(pod?.name ?? '');
    const attributes = { verb: 'get', resource: 'pods', subresource: 'portforward' };
    if (!this.allows(attributes)) {
      throw new KubeError(
        `Error from server (Forbidden): pods "${pod?.name}" is forbidden: User "alice" cannot get resource "pods/portforward" in API group "" in the namespace "pwru"`,
        { reason: 'Forbidden', status: 403 },
      );
    }
    if (agent === undefined) throw new Error(`There is no pod ${pod?.name}`);
    return connect(agent.socketPath);
  }

  override async request<T>(request: KubeRequest): Promise<T> {
    const refused = this.refusal(request);
    if (refused !== undefined) throw refused;
    const answered = await this.#answer(request);
    return (answered === undefined ? await super.request(request) : answered) as T;
  }

  async #answer(request: KubeRequest): Promise<object | undefined> {
    const { method, body } = request;
    if (request.path === '/version') return { gitVersion: 'v1.20.2', minor: '20+' };
    if (request.path === '/apis') {
      const groups = [...this.resources.keys()].filter((each) => each.startsWith('/apis/'));
      return {
        groups: groups.map((each) => ({
          preferredVersion: { groupVersion: each.slice('/apis/'.length) },
        })),
      };
    }
    const listed = this.resources.get(request.path);
    if (listed !== undefined) {
      const verbs = ['list', 'delete'];
      return { resources: listed.map((name) => ({ name, namespaced: true, verbs })) };
    }
    if (request.path.endsWith('/selfsubjectaccessreviews')) {
      const { spec } = body as { spec: { resourceAttributes: Attributes } };
      return { status: { allowed: this.allows(spec.resourceAttributes) } };
    }
    if (request.path.endsWith('/selfsubjectreviews')) {
      if (this.user !== undefined) return { status: { userInfo: { username: this.user } } };
      const reason = 'NotFound';
      throw new KubeError(`Error from server (${reason}): not found`, { reason, status: 404 });
    }
    const parts = path.exec(request.path)?.groups;
    if (parts?.['name'] === undefined) return undefined;
    const kind: ResourceKind = {
      group: parts['group'] ?? '',
      version: parts['core'] ?? parts['version'] ?? '',
      plural: parts['plural'] ?? '',
      kind: (body as { kind?: string }).kind ?? '',
      namespaced: parts['namespace'] !== undefined,
    };
    const place = { kind, name: parts['name'], namespace: parts['namespace'] };
    this.changes.push(`${method} ${kind.plural}/${place.name}`);
    if (method === 'PATCH') return this.#apply(place, body as NewObject);
    if (method === 'DELETE') return this.#remove(place, body as { preconditions: object });
    return undefined;
  }

  /** Server-side apply, of whole objects and by one manager. */
  async #apply(place: Place, body: NewObject): Promise<object> {
    const managedFields = [{ manager: 'kubectl-pwru', operation: 'Apply' }];
    const applied = { ...body, metadata: { ...body.metadata, managedFields } };
    const before = await this.#find(place);
    if (before === undefined) return this.create(place.kind, applied);
    return this.update(place.kind, before, ({ metadata }) => ({
      ...before,
      ...applied,
      metadata: { uid: metadata?.uid, ...applied.metadata } as NonNullable<OwnedObject['metadata']>,
    }));
  }

  async #remove(place: Place, options: { preconditions: object }): Promise<object> {
    const object = await this.#find(place);
    if (object === undefined) throw new Error(`${place.name} is not there`);
    if (JSON.stringify(options.preconditions) !== JSON.stringify({ uid: object.metadata?.uid }))
      throw new Error(`${place.name} is another one`);
    this.delete(place.kind, object);
    return {};
  }

  #find({ kind, name, namespace }: Place): Promise<OwnedObject | undefined> {
    return this.get<OwnedObject>(kind, name, namespace).catch(() => undefined);
  }
}

interface Place {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly namespace: string | undefined;
}
