import { pwru } from '../../../../proto/gen/pwru.js';
import { requestLimits } from '../../core/limits.ts';
import { checkText, quote, type RequestField, refuse } from './parse-selection.ts';
import type { PodSelection, PodTargetSpec, PortSpec } from './trace-spec.ts';

const { HostNetwork } = pwru.v1;

/** A pod target and where it stands in its request. */
export interface PlacedPodTarget {
  readonly path: string;
  readonly pod: pwru.v1.PodTarget.$Properties;
}

/** What a request says of pods, and where. */
export interface PlacedPodSelection {
  readonly pods: readonly PlacedPodTarget[];
  readonly podsPath: string;
  readonly addresses: readonly Uint8Array[];
  readonly addressesPath: string;
  readonly ports: readonly pwru.v1.PortTarget.$Properties[];
  readonly portsPath: string;
}

/** Those that have ports: include/uapi/linux/in.h. */
const protocolsWithPorts: readonly number[] = [6, 17, 132];

/**
 * Checks pod targets, addresses and ports against the limits that the protocol states. Whether there are such pods shows later.
 * @throws PwruError INVALID_ARGUMENT with `details.field`
 */
export function parsePodSelection(placed: PlacedPodSelection): PodSelection {
  return Object.freeze({
    targets: parsePodTargets(placed.pods, placed.podsPath),
    addresses: parseAddresses(placed.addresses, placed.addressesPath),
    ports: parsePorts(placed.ports, placed.portsPath),
  });
}

function parsePorts(
  ports: readonly pwru.v1.PortTarget.$Properties[],
  path: string,
): readonly PortSpec[] {
  if (ports.length > requestLimits.ports) {
    const why = `there are ${ports.length}, the limit is ${requestLimits.ports}`;
    throw refuse({ path, name: 'ports' }, undefined, why);
  }
  return Object.freeze(
    ports.map(({ address, port, protocol }, index) => {
      const place = `${path}[${index}]`;
      const bytes = address ?? new Uint8Array();
      const parsed = { port: port ?? 0, protocol: protocol ?? 0 };
      if (![0, 4, 16].includes(bytes.length)) {
        const why = `it has ${bytes.length} bytes, not 4 or 16`;
        throw refuse({ path: `${place}.address`, name: 'address' }, undefined, why);
      }
      if (parsed.port < 1 || parsed.port > 65_535) {
        throw refuse({ path: `${place}.port`, name: 'port' }, `${parsed.port}`, 'it is 1 to 65535');
      }
      if (!protocolsWithPorts.includes(parsed.protocol)) {
        const field = { path: `${place}.protocol`, name: 'protocol' };
        throw refuse(field, `${parsed.protocol}`, `it is one of ${protocolsWithPorts.join(', ')}`);
      }
      return Object.freeze({
        ...parsed,
        address: bytes.length === 0 ? undefined : Uint8Array.from(bytes),
      });
    }),
  );
}

function parseAddresses(addresses: readonly Uint8Array[], path: string): readonly Uint8Array[] {
  if (addresses.length > requestLimits.addresses) {
    const why = `there are ${addresses.length}, the limit is ${requestLimits.addresses}`;
    throw refuse({ path, name: 'addresses' }, undefined, why);
  }
  for (const [index, { length }] of addresses.entries()) {
    if (length === 4 || length === 16) continue;
    const why = `it has ${length} bytes, not 4 or 16`;
    throw refuse({ path: `${path}[${index}]`, name: 'address' }, undefined, why);
  }
  // Own copies: decoded ones are views of the whole message.
  return Object.freeze(addresses.map((address) => Uint8Array.from(address)));
}

function parsePodTargets(
  pods: readonly PlacedPodTarget[],
  listPath: string,
): readonly PodTargetSpec[] {
  if (pods.length > requestLimits.pods) {
    const why = `there are ${pods.length}, the limit is ${requestLimits.pods}`;
    throw refuse({ path: listPath, name: 'pod targets' }, undefined, why);
  }
  return Object.freeze(pods.map(({ path, pod }) => Object.freeze(parsePodTarget(path, pod))));
}

function parsePodTarget(path: string, pod: pwru.v1.PodTarget.$Properties): PodTargetSpec {
  return {
    namespace: parseName(
      { path: `${path}.namespace`, name: 'pod namespace' },
      pod.namespace ?? '',
      requestLimits.podNamespaceBytes,
    ),
    name: parseName(
      { path: `${path}.name`, name: 'pod name' },
      pod.name ?? '',
      requestLimits.podNameBytes,
    ),
    uid: parseUid({ path: `${path}.uid`, name: 'pod uid' }, pod.uid ?? ''),
    tracesNode: parseHostNetwork(path, pod.hostNetwork ?? 0),
    addressesOnly: pod.addressesOnly ?? false,
  };
}

/** RFC 1123, as the API server checks it. */
function parseName(field: RequestField, name: string, maxBytes: number): string {
  checkText(field, name, maxBytes);
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) {
    throw refuse(field, quote(name), 'it must consist of a-z, 0-9, "-" and "."');
  }
  return name;
}

function parseUid(field: RequestField, uid: string): string {
  checkText(field, uid, requestLimits.podUidBytes);
  if (!/^[A-Za-z0-9-]*$/.test(uid)) {
    throw refuse(field, quote(uid), 'it must consist of letters, digits and "-"');
  }
  return uid;
}

function parseHostNetwork(path: string, value: pwru.v1.HostNetwork): boolean {
  if (HostNetwork[value] === undefined) {
    const field = { path: `${path}.host_network`, name: 'host network mode' };
    throw refuse(field, `${value}`, 'this agent knows none of this number');
  }
  return value === HostNetwork.HOST_NETWORK_NODE;
}
