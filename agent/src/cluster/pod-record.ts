import { isIPv4, isIPv6 } from 'node:net';
import type { PodReference } from '../core/pods.ts';

/** What is kept of a pod of the API: about 300 bytes instead of 10 to 50 KB. */
export interface PodRecord {
  readonly pod: PodReference;
  /**
   * The uid by which the container runtime knows it. A static pod's differs: what the API shows is its mirror, made by the
   * kubelet, with a uid of its own. Since anyone who may create pods can write the annotation that says so, a sandbox also
   * has to carry the pod's namespace and name.
   */
  readonly sandboxUid: string;
  readonly isHostNetwork: boolean;
  /** Succeeded or Failed: nothing of it runs, and its address may be another pod's by now. */
  readonly hasEnded: boolean;
  /** It has a deletion timestamp. */
  readonly isTerminating: boolean;
  /** Those of its status, of both families. */
  readonly addresses: readonly Uint8Array[];
}

/** More than any pod has; the status of one is a tenant's text only if a kubelet lies. */
const maxAddresses = 16;

/** @returns undefined for what is no pod */
export function parsePod(value: unknown): PodRecord | undefined {
  const metadata = field(value, 'metadata');
  const [namespace, name, uid] = ['namespace', 'name', 'uid'].map((key) =>
    textField(metadata, key),
  );
  if (!namespace || !name || !uid) return undefined;
  const spec = field(value, 'spec');
  const status = field(value, 'status');
  const phase = field(status, 'phase');
  return {
    pod: { namespace, name, uid },
    sandboxUid: mirroredUid(field(metadata, 'annotations')) ?? uid,
    isHostNetwork: field(spec, 'hostNetwork') === true,
    hasEnded: phase === 'Succeeded' || phase === 'Failed',
    isTerminating: textField(metadata, 'deletionTimestamp') !== undefined,
    addresses: addressesOf(status),
  };
}

/** The uid of the static pod that a mirror pod mirrors. */
function mirroredUid(annotations: unknown): string | undefined {
  if (textField(annotations, 'kubernetes.io/config.mirror') === undefined) return undefined;
  return textField(annotations, 'kubernetes.io/config.hash');
}

/** `podIPs`, or the one `podIP` of a server that has no dual stack. */
function addressesOf(status: unknown): Uint8Array[] {
  const list = field(status, 'podIPs');
  const texts = Array.isArray(list)
    ? list.slice(0, maxAddresses).map((entry) => textField(entry, 'ip'))
    : [textField(status, 'podIP')];
  return texts.flatMap((text) => addressBytes(text ?? '') ?? []);
}

/** Fields of JSON that somebody else wrote. Undefined for what is not there, and for anything of another type. */

export function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

export function textField(value: unknown, key: string): string | undefined {
  const found = field(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** The elements of an array field; none when it is no array. */
export function listField(value: unknown, key: string): readonly unknown[] {
  const found = field(value, key);
  return Array.isArray(found) ? found : [];
}

/**
 * An IP address as text to bytes in network order: 4 or 16 of them.
 * @returns undefined for anything else, addresses with a zone among them
 */
export function addressBytes(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head = '', tail] = text.split('::');
  const front = groups(head);
  const back = groups(tail ?? '');
  const bytes = new Uint8Array(16);
  bytes.set(front, 0);
  bytes.set(back, 16 - back.length);
  return bytes;
}

/** Bytes of "2001:db8" or "ffff:192.0.2.1". */
function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
