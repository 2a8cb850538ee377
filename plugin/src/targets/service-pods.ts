import { isIP } from 'node:net';
import type {
  V1EndpointSlice,
  V1Endpoints,
  V1ObjectReference,
  V1Pod,
  V1Service,
} from '@kubernetes/client-node';
import { type ClusterTarget, targetText } from '../cli/cluster-target.ts';
import {
  type KubeApi,
  KubeError,
  type KubeObject,
  type ResourceKind,
  type Watched,
} from '../kubernetes/kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import { DELETED, type PodSource, type SourceContext, uidOf } from './pod-source.ts';
import { labelSelectorText, SelectedObjects } from './selected-objects.ts';
import {
  endpointPorts,
  hostPorts,
  ownPorts,
  type ReachedPort,
  type ServedPort,
  servicePorts,
} from './service-ports.ts';

/** One place behind a service. */
interface Endpoint {
  readonly addresses: readonly string[];
  readonly targetRef: V1ObjectReference | undefined;
}

interface PodReference {
  readonly uid: string;
  readonly name: string;
}

/**
 * The pods behind a service, as its EndpointSlices name them (discovery.k8s.io v1 or v1beta1; its Endpoints on a server that
 * has neither), also those that are not ready.
 * @throws KubeError NotFound when there is no such service now
 */
export async function openServicePods(
  context: SourceContext,
  target: ClusterTarget,
): Promise<PodSource> {
  const { name } = target;
  const services = await context.watchNamed<V1Service>(kinds.service, name);
  const { namespace } = context;
  const kind = await endpointKind(context.api);
  const endpoints = await context.watch<V1EndpointSlice | V1Endpoints>(kind, {
    namespace,
    ...(kind === kinds.endpoints
      ? { fieldSelector: `metadata.name=${name}` }
      : { labelSelector: `kubernetes.io/service-name=${name}` }),
  });
  const source = new ServicePods(context, { text: targetText(target), services, endpoints });
  await source.open();
  return source;
}

async function endpointKind(api: KubeApi): Promise<ResourceKind> {
  if (await api.serves(kinds.endpointSlice)) return kinds.endpointSlice;
  return (await api.serves(kinds.endpointSliceBeta)) ? kinds.endpointSliceBeta : kinds.endpoints;
}

class ServicePods implements PodSource {
  readonly text: string;
  readonly followsNames = false;
  readonly maybeIdle = false;
  readonly newController = undefined;
  readonly gone: string;
  readonly #context: SourceContext;
  readonly #services: Watched<V1Service>;
  readonly #endpoints: Watched<V1EndpointSlice | V1Endpoints>;
  /** Of a service with a selector. */
  readonly #selected: SelectedObjects<V1Pod>;
  /** Of one without: asked for one by one, by uid; undefined while the answer is awaited, or when there is none. */
  readonly #referred = new Map<string, V1Pod | undefined>();

  constructor(
    context: SourceContext,
    parts: {
      text: string;
      services: Watched<V1Service>;
      endpoints: Watched<V1EndpointSlice | V1Endpoints>;
    },
  ) {
    this.text = parts.text;
    this.gone = `${DELETED}, or no longer behind ${parts.text}`;
    this.#context = context;
    this.#services = parts.services;
    this.#endpoints = parts.endpoints;
    this.#selected = new SelectedObjects<V1Pod>(context, kinds.pod);
  }

  async open(): Promise<void> {
    const selector = this.#selector();
    if (selector !== '') await this.#selected.select(selector);
    else await Promise.all(this.#podReferences().map((reference) => this.#refer(reference)));
  }

  pods(): readonly V1Pod[] {
    const references = new Map(
      this.#podReferences().map((reference) => [reference.uid, reference]),
    );
    const selector = this.#selector();
    if (selector !== '') {
      this.#selected.change(selector);
      return [...this.#selected.objects].filter((pod) => references.has(uidOf(pod)));
    }
    for (const uid of this.#referred.keys()) if (!references.has(uid)) this.#referred.delete(uid);
    for (const reference of references.values()) void this.#refer(reference);
    return [...this.#referred.values()].filter((pod) => pod !== undefined);
  }

  addresses(): readonly string[] {
    const [service] = this.#services.objects.values();
    const { clusterIP, clusterIPs = [] } = service?.spec ?? {};
    const all = [
      ...clusterIPs,
      ...(clusterIP === undefined ? [] : [clusterIP]),
      ...this.#allEndpoints()
        .filter(({ targetRef }) => targetRef?.kind !== 'Pod')
        .flatMap(({ addresses }) => addresses),
    ];
    // 'None' of a headless service, names of addressType FQDN.
    return [...new Set(all.filter((address) => isIP(address) !== 0))];
  }

  ports(): readonly ReachedPort[] {
    const service = this.service();
    return service === undefined ? [] : servicePorts(service);
  }

  servedPorts(): readonly ServedPort[] {
    const service = this.service();
    if (service === undefined) return [];
    const ofEndpoints = [...this.#endpoints.objects.values()].flatMap((object) =>
      'subsets' in object
        ? (object.subsets ?? []).flatMap(({ ports = [] }) => endpointPorts(ports))
        : endpointPorts((object as V1EndpointSlice).ports ?? []),
    );
    // On its node a pod may be reached by another port.
    const ofNodes = this.pods().flatMap(hostPorts);
    return (service.spec?.ports ?? []).length === 0
      ? []
      : [...ownPorts(service), ...ofEndpoints, ...ofNodes];
  }

  service(): V1Service | undefined {
    const [service] = this.#services.objects.values();
    return service;
  }

  #selector(): string {
    const [service] = this.#services.objects.values();
    return labelSelectorText({ matchLabels: service?.spec?.selector ?? {} });
  }

  #podReferences(): PodReference[] {
    return this.#allEndpoints().flatMap(({ targetRef }) => {
      const { kind, uid, name } = targetRef ?? {};
      return kind === 'Pod' && uid !== undefined ? [{ uid, name: name ?? '' }] : [];
    });
  }

  #allEndpoints(): Endpoint[] {
    return [...this.#endpoints.objects.values()].flatMap(endpointsOf);
  }

  /** Whoever wrote the slice says which pod it is; what that pod is, only the server. */
  async #refer({ uid, name }: PodReference): Promise<void> {
    if (this.#referred.has(uid)) return;
    this.#referred.set(uid, undefined);
    const { api, namespace, onChange, troubles } = this.#context;
    try {
      const pod = await api.get<V1Pod & KubeObject>(kinds.pod, name, namespace);
      if (uidOf(pod) !== uid || !this.#referred.has(uid)) return;
      this.#referred.set(uid, pod);
      troubles.report(this, undefined);
      onChange();
    } catch (thrown) {
      if (!(thrown instanceof KubeError)) throw thrown;
      // A reference to a pod that is gone is not worth a word. After anything else, the next change asks again.
      if (thrown.reason === 'NotFound') return;
      this.#referred.delete(uid);
      troubles.report(this, thrown);
    }
  }
}

function endpointsOf(object: V1EndpointSlice | V1Endpoints): Endpoint[] {
  if ('subsets' in object) {
    return (object.subsets ?? [])
      .flatMap(({ addresses = [], notReadyAddresses = [] }) => [...addresses, ...notReadyAddresses])
      .map(({ ip, targetRef }) => ({ addresses: [ip], targetRef }));
  }
  const { endpoints } = object as V1EndpointSlice;
  return (endpoints ?? []).map(({ addresses, targetRef }) => ({ addresses, targetRef }));
}
