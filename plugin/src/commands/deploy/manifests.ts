import { dump, loadAll } from 'js-yaml';
import type { DeployOptions } from '../../cli/parse-command.ts';
import type { ResourceKind } from '../../kubernetes/kube-api.ts';
import { groupPath, kinds, objectPath } from '../../kubernetes/resources.ts';
import { type AgentPodSpec, withoutRuntimeSocket } from './runtime-socket.ts';

/** An object to be applied, as its YAML says it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  /** Of bindings. */
  readonly subjects?: ReadonlyArray<{ readonly namespace?: string }>;
  /** Of roles. */
  readonly rules?: readonly PolicyRule[];
  readonly spec?: Readonly<Record<string, unknown>>;
}

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The part of a DaemonSet that options change. */
interface DaemonSetSpec {
  readonly template: {
    readonly spec: {
      readonly nodeSelector?: Readonly<Record<string, string>>;
      readonly containers: ReadonlyArray<
        AgentPodSpec['containers'][number] & { readonly image: string }
      >;
      readonly volumes: AgentPodSpec['volumes'];
    };
  };
}

/** Namespace that the manifests name. */
const WRITTEN_NAMESPACE = 'pwru';
/** Name of the container that runs the agent. */
const AGENT_CONTAINER = 'agent';

const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' } as const;

/** The kinds that the manifests are of. */
const manifestKinds: readonly ResourceKind[] = [
  kinds.namespace,
  kinds.daemonSet,
  { group: '', version: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts', namespaced: true },
  { ...rbac, kind: 'ClusterRole', plural: 'clusterroles', namespaced: false },
  { ...rbac, kind: 'ClusterRoleBinding', plural: 'clusterrolebindings', namespaced: false },
  { ...rbac, kind: 'Role', plural: 'roles', namespaced: true },
  {
    ...{ group: 'networking.k8s.io', version: 'v1', namespaced: true },
    ...{ kind: 'NetworkPolicy', plural: 'networkpolicies' },
  },
];

export function parseManifests(texts: readonly string[]): Manifest[] {
  return texts.flatMap((text) => loadAll(text) as Manifest[]);
}

/** What of a DeployOptions changes the manifests. */
export type ManifestOptions = Pick<
  DeployOptions,
  'agentNamespace' | 'image' | 'nodeSelector' | 'runtimeSocket'
>;

/** The manifests in another namespace, with another image, for some nodes only, without the runtime's socket. */
export function adaptManifests(
  manifests: readonly Manifest[],
  options: ManifestOptions,
): Manifest[] {
  return manifests
    .map((manifest) => inNamespace(manifest, options.agentNamespace))
    .map((manifest) => (manifest.kind === 'DaemonSet' ? withPods(manifest, options) : manifest));
}

function inNamespace(manifest: Manifest, namespace: string): Manifest {
  const { metadata, subjects, kind } = manifest;
  const moved = <T extends { readonly namespace?: string }>(thing: T): T =>
    thing.namespace === WRITTEN_NAMESPACE ? { ...thing, namespace } : thing;
  return {
    ...manifest,
    metadata: kind === 'Namespace' ? { ...metadata, name: namespace } : moved(metadata),
    ...(subjects === undefined ? {} : { subjects: subjects.map(moved) }),
  };
}

function withPods(
  manifest: Manifest,
  { image, nodeSelector, runtimeSocket }: ManifestOptions,
): Manifest {
  const spec = manifest.spec as unknown as DaemonSetSpec;
  const pod = spec.template.spec;
  const containers = pod.containers.map((container) =>
    container.name === AGENT_CONTAINER && image !== undefined ? { ...container, image } : container,
  );
  const adapted = { ...pod, containers, nodeSelector: { ...pod.nodeSelector, ...nodeSelector } };
  const podSpec = runtimeSocket ? adapted : withoutRuntimeSocket(adapted);
  return { ...manifest, spec: { ...spec, template: { ...spec.template, spec: podSpec } } };
}

/** The image of the agent's container. */
export function agentImage(manifests: readonly Manifest[]): string {
  const daemonSet = manifests.find(({ kind }) => kind === 'DaemonSet');
  const spec = daemonSet?.spec as unknown as DaemonSetSpec | undefined;
  const containers = spec?.template.spec.containers ?? [];
  return containers.find(({ name }) => name === AGENT_CONTAINER)?.image ?? '';
}

/** YAML as `kubectl apply -f -` takes it. */
export function manifestsText(manifests: readonly Manifest[]): string {
  return manifests.map((each) => dump(each, { lineWidth: -1, noRefs: true })).join('---\n');
}

/** @throws Error for a kind that the manifests have never had, which a test finds */
export function kindOf({ apiVersion, kind }: Manifest): ResourceKind {
  const found = manifestKinds.find(
    (each) =>
      each.kind === kind &&
      groupPath(each) === (apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`),
  );
  if (found === undefined) throw new Error(`Cannot apply a ${kind} of ${apiVersion}`);
  return found;
}

/** Path of the object in the API. */
export function pathOf(manifest: Manifest): string {
  const { name, namespace } = manifest.metadata;
  return objectPath(kindOf(manifest), name, namespace);
}

/** As kubectl names it: `daemonset.apps/pwru-agent`. */
export function shownName(manifest: Manifest): string {
  const { group, kind } = kindOf(manifest);
  const type = group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
  return `${type}/${manifest.metadata.name}`;
}
