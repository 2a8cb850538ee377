import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { KubeApi, KubeObject, ResourceKind } from '../../../plugin/src/kubernetes/kube-api.ts';
import { collectionPath, kinds } from '../../../plugin/src/kubernetes/resources.ts';
import { agentNamespace, manifests } from '../../cluster/agents.ts';
import type { EtcdStore, StoredValue } from './etcd-store.ts';
import { nodeStatus, podStatus, workloadSpec } from './sample-objects.ts';

/** How many there are of all. Agents are among the pods, one on each node. */
export interface Population {
  readonly nodes: number;
  readonly pods: number;
}

/** Workloads are in namespaces of so many pods. */
const podsPerNamespace = 1_500;

export function nodeName(index: number): string {
  return `node-${digits(index, 5)}`;
}

export function workloadNamespace(index: number): string {
  return `load-${digits(index, 4)}`;
}

export function workloadName(index: number): string {
  return `web-${digits(index, 7)}`;
}

/** The namespace of workload pod `index`. */
export function namespaceOf(index: number): string {
  return workloadNamespace(Math.floor(index / podsPerNamespace));
}

export function workloadNamespaces({ pods, nodes }: Population): string[] {
  const count = Math.ceil((pods - nodes) / podsPerNamespace);
  return Array.from({ length: count }, (_, index) => workloadNamespace(index));
}

/** The node of workload pod `index`. */
export function nodeOf(index: number, { nodes }: Population): string {
  return nodeName(index % nodes);
}

/** An address whose text is as long as any other of these: 10.100.100.100 to 10.249.249.249. */
export function addressOf(index: number): string {
  const part = (value: number) => 100 + (value % 150);
  return `10.${part(Math.floor(index / 22_500))}.${part(Math.floor(index / 150))}.${part(index)}`;
}

/**
 * One object of each kind, made and read by the API server, from which all others are copied in etcd: names, uids and addresses
 * are as long as the first one's, so that the stored bytes stay what they are, protobuf.
 */
export class Template {
  readonly #key: string;
  readonly #value: string;
  readonly #own: readonly string[];

  private constructor(key: string, value: string, own: readonly string[]) {
    this.#key = key;
    this.#value = value;
    this.#own = own;
  }

  /** @param own what of the object is different in each copy */
  static async read(store: EtcdStore, key: string, own: readonly string[]): Promise<Template> {
    return new Template(key, (await store.get(key)).toString('latin1'), own);
  }

  get lengthBytes(): number {
    return this.#value.length;
  }

  /** @param own in place of the template's, in that order, each as long */
  copy(own: readonly string[]): StoredValue {
    let { key, value } = { key: this.#key, value: this.#value };
    this.#own.forEach((text, index) => {
      const replacement = own[index] ?? '';
      if (replacement.length !== text.length) throw new Error(`${replacement}: not as ${text}`);
      key = key.replaceAll(text, replacement);
      value = value.replaceAll(text, replacement);
    });
    return { key, value: Buffer.from(value, 'latin1') };
  }
}

/** Templates of the nodes, of workloads' pods and of agents' pods; they are number 0 of each. */
export interface Templates {
  readonly node: Template;
  readonly pod: Template;
  readonly agent: Template;
}

/** The namespaces and the agents' manifests must be there. */
export async function makeTemplates(api: KubeApi, store: EtcdStore): Promise<Templates> {
  const node = await create(api, kinds.node, {
    metadata: { name: nodeName(0), labels: { 'kubernetes.io/os': 'linux' } },
    spec: { podCIDR: '10.244.0.0/24' },
    status: nodeStatus,
  });
  const pod = await create(api, kinds.pod, {
    metadata: {
      ...{ name: workloadName(0), namespace: workloadNamespace(0) },
      ...{ labels: { app: 'web', 'pod-template-hash': '5d8f7c9b6d' } },
    },
    spec: { ...workloadSpec, nodeName: nodeName(0) },
    status: podStatus(addressOf(0)),
  });
  const agent = await create(api, kinds.pod, await agentPod(api));
  const uidOf = (object: KubeObject) => object.metadata?.uid ?? '';
  return {
    node: await Template.read(store, `/registry/minions/${nodeName(0)}`, [
      ...[nodeName(0), uidOf(node)],
    ]),
    pod: await Template.read(store, `/registry/pods/${workloadNamespace(0)}/${workloadName(0)}`, [
      ...[workloadName(0), workloadNamespace(0), nodeName(0), uidOf(pod), addressOf(0)],
    ]),
    agent: await Template.read(store, `/registry/pods/${agentNamespace}/${agentName(0)}`, [
      ...[agentName(0), nodeName(0), uidOf(agent), agentAddress(0)],
    ]),
  };
}

/** Stores all objects beneath the API server, which must not run. */
export async function populate(
  store: EtcdStore,
  { node, pod, agent }: Templates,
  population: Population,
): Promise<void> {
  const { nodes, pods } = population;
  await store.putAll(nodes, (index) => node.copy([nodeName(index), uid(1, index)]));
  await store.putAll(nodes, (index) =>
    agent.copy([agentName(index), nodeName(index), uid(2, index), agentAddress(index)]),
  );
  await store.putAll(pods - nodes, (index) =>
    pod.copy([
      ...[workloadName(index), namespaceOf(index), nodeOf(index, population)],
      ...[uid(3, index), addressOf(index)],
    ]),
  );
}

/** Not a workload's. */
function agentAddress(index: number): string {
  return addressOf(1_000_000 + index);
}

function agentName(index: number): string {
  return `pwru-agent-${digits(index, 5)}`;
}

/** What is asked of the API server. */
interface Draft {
  readonly metadata: { readonly name: string; readonly namespace?: string } & Record<
    string,
    unknown
  >;
  readonly spec: object;
  readonly status: object;
}

/** A pod as the DaemonSet's controller makes it. */
async function agentPod(api: KubeApi): Promise<Draft> {
  const daemonSet = await api.get<KubeObject>(kinds.daemonSet, 'pwru-agent', agentNamespace);
  const manifest = load(await readFile(join(manifests, 'daemon-set.yaml'), 'utf8')) as {
    spec: { template: { metadata: object; spec: object } };
  };
  const { metadata, spec } = manifest.spec.template;
  const { name = '', uid: owner = '' } = daemonSet.metadata ?? {};
  return {
    metadata: {
      ...metadata,
      ...{ name: agentName(0), namespace: agentNamespace },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'DaemonSet', name, uid: owner, controller: true },
      ],
    },
    spec: { ...spec, automountServiceAccountToken: false, nodeName: nodeName(0) },
    status: podStatus(agentAddress(0)),
  };
}

/** With its status, which the API takes apart from the rest. */
async function create(
  api: KubeApi,
  kind: ResourceKind,
  { status, ...draft }: Draft,
): Promise<KubeObject> {
  const path = collectionPath(kind, draft.metadata.namespace);
  const body = { apiVersion: 'v1', kind: kind.kind, ...draft };
  const made = await api.request<KubeObject>({ method: 'POST', path, body });
  await api.request({
    ...{ method: 'PATCH', path: `${path}/${draft.metadata.name}/status` },
    ...{ body: { status }, contentType: 'application/merge-patch+json' },
  });
  return made;
}

/** As long as any uid. */
function uid(kind: number, index: number): string {
  return `0000000${kind}-0000-4000-8000-${digits(index, 12)}`;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
