import { isIP } from 'node:net';
import type { V1Pod, V1Service } from '@kubernetes/client-node';

/** A port at which something is reached that is not at an address of its own. */
export interface ReachedPort {
  /** Text; undefined: every address of the node. */
  readonly address: string | undefined;
  readonly port: number;
  readonly protocol: PortProtocol;
  readonly what: 'load balancer' | 'external IP' | 'node port' | 'health check' | 'host port';
}

/** A port that packets of a service have, before or after they are translated. */
export interface ServedPort {
  readonly port: number;
  readonly protocol: PortProtocol;
}

/** As the API spells them. */
export type PortProtocol = 'TCP' | 'UDP' | 'SCTP';

/** IP protocol numbers (IANA). */
export const protocolNumbers: Readonly<Record<PortProtocol, number>> = {
  TCP: 6,
  UDP: 17,
  SCTP: 132,
};

/** Where a service is reached from outside of the cluster: the address alone may be a node's, or another service's, too. */
export function servicePorts({ spec, status }: V1Service): ReachedPort[] {
  const { ports = [], externalIPs = [], healthCheckNodePort } = spec ?? {};
  const balancers = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => (ip ? [ip] : []));
  const outside = [
    ...externalIPs.map((address) => ({ address, what: 'external IP' as const })),
    ...balancers.map((address) => ({ address, what: 'load balancer' as const })),
  ].filter(({ address }) => isIP(address) !== 0);
  return [
    ...ports.flatMap(({ port, nodePort, protocol }): ReachedPort[] => [
      ...outside.map((place) => ({ ...place, port, protocol: protocolOf(protocol) })),
      ...(nodePort ? [onNode('node port', nodePort, protocolOf(protocol))] : []),
    ]),
    ...(healthCheckNodePort ? [onNode('health check', healthCheckNodePort, 'TCP')] : []),
  ];
}

/** Of the service itself and of its pods, as far as the service says it: a named port of theirs is in the endpoints. */
export function ownPorts(service: V1Service): ServedPort[] {
  const ofPorts = (service.spec?.ports ?? []).flatMap(({ port, targetPort, protocol }) =>
    [port, targetPort].flatMap((number) =>
      typeof number === 'number' ? [{ port: number, protocol: protocolOf(protocol) }] : [],
    ),
  );
  return [...ofPorts, ...servicePorts(service)];
}

/** Ports of endpoints, as slices and Endpoints have them. */
export function endpointPorts(
  ports: ReadonlyArray<{ readonly port?: number; readonly protocol?: string }>,
): ServedPort[] {
  return ports.flatMap(({ port, protocol }) =>
    port === undefined ? [] : [{ port, protocol: protocolOf(protocol) }],
  );
}

/** Where a pod is reached at its node: not one on the host network, whose ports are its own. */
export function hostPorts({ spec }: V1Pod): ReachedPort[] {
  if (spec?.hostNetwork === true) return [];
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, hostIP, protocol }) => {
      if (!hostPort) return [];
      const place = onNode('host port', hostPort, protocolOf(protocol));
      const isOne = hostIP && isIP(hostIP) !== 0 && hostIP !== '0.0.0.0' && hostIP !== '::';
      return [isOne ? { ...place, address: hostIP } : place];
    }),
  );
}

/** Names of load balancers that have no address in the API. */
export function balancerNames({ status }: V1Service): string[] {
  return (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) =>
    !ip && hostname ? [hostname] : [],
  );
}

/** What comes from outside to a node without a pod of the service is dropped there (kube-proxy's words: local endpoints). */
export function isLocalOnly({ spec }: V1Service): boolean {
  return spec?.externalTrafficPolicy === 'Local';
}

/** `203.0.113.7:80/TCP (load balancer)`, `node port 30080/TCP` */
export function portText({ address, port, protocol, what }: ReachedPort): string {
  if (address === undefined) return `${what} ${port}/${protocol}`;
  const host = isIP(address) === 6 ? `[${address}]` : address;
  return `${host}:${port}/${protocol} (${what})`;
}

function onNode(
  what: ReachedPort['what'],
  port: number,
  protocol: PortProtocol,
): ReachedPort & { address: undefined } {
  return { address: undefined, port, protocol, what };
}

/** Of the API it is TCP unless it says otherwise. */
function protocolOf(text: string | undefined): PortProtocol {
  return text === 'UDP' || text === 'SCTP' ? text : 'TCP';
}
