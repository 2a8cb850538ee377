import type { V1Pod } from '@kubernetes/client-node';
import { formatIpv4, formatIpv6 } from '../events/ip-address.ts';
import { delay } from '../kubernetes/pacing.ts';

export interface AskedPodsOptions {
  /** The pods that have this address, finished ones too. It may fail: the address is asked for again when it is seen later. */
  readonly ask: (address: string) => Promise<readonly V1Pod[]>;
  /** The pods are others than before. */
  readonly onChange: () => void;
  /** Between two questions, at least. */
  readonly paceMs: number;
  /** Milliseconds, of any clock. */
  readonly now: () => number;
}

/** What was found may have changed after this long. */
const STALE_MS = 60_000;
/** More are passed over; they will be seen again. */
const MAX_WAITING = 100;
/** With more they are all forgotten, and asked for anew. */
const MAX_ADDRESSES = 10_000;

/**
 * Pods that are asked for by their addresses, one address after the other, as packets show them: for clusters with too many pods to
 * list. The server looks through all pods in its cache for each, which is why it is asked in no hurry; it knows a pod by its
 * first address only.
 */
export class AskedPods implements Disposable {
  /** By uid; the same map for as long as it lives. */
  readonly objects = new Map<string, V1Pod>();
  readonly #options: AskedPodsOptions;
  readonly #closing = new AbortController();
  /** When each address was asked for last; Infinity while it waits for its turn. */
  readonly #askedMs = new Map<string, number>();
  /** Uids of what was found at an address. */
  readonly #found = new Map<string, readonly string[]>();
  readonly #waiting: string[] = [];
  #isAsking = false;

  constructor(options: AskedPodsOptions) {
    this.#options = options;
  }

  /** A packet has the 4 or 16 bytes at `start` as an address. */
  see(bytes: Uint8Array, { start, lengthBytes }: { start: number; lengthBytes: number }): void {
    if (!mayBePods(bytes, start, lengthBytes)) return;
    const address = lengthBytes === 4 ? formatIpv4(bytes, start) : formatIpv6(bytes, start);
    const askedMs = this.#askedMs.get(address) ?? Number.NEGATIVE_INFINITY;
    if (this.#options.now() - askedMs < STALE_MS || this.#waiting.length >= MAX_WAITING) return;
    if (this.#askedMs.size >= MAX_ADDRESSES) this.#forgetAll();
    this.#askedMs.set(address, Number.POSITIVE_INFINITY);
    this.#waiting.push(address);
    if (!this.#isAsking) void this.#askAll();
  }

  [Symbol.dispose](): void {
    this.#closing.abort();
    this.#waiting.length = 0;
  }

  async #askAll(): Promise<void> {
    const { paceMs, now } = this.#options;
    const { signal } = this.#closing;
    this.#isAsking = true;
    for (let address = this.#waiting.shift(); address !== undefined; ) {
      const pods = await this.#options.ask(address).catch(() => undefined);
      if (signal.aborted) return;
      this.#askedMs.set(address, now());
      if (pods !== undefined) this.#take(address, pods);
      await delay(paceMs, signal);
      address = this.#waiting.shift();
    }
    this.#isAsking = false;
  }

  #take(address: string, pods: readonly V1Pod[]): void {
    const before = this.#found.get(address) ?? [];
    if (before.length === 0 && pods.length === 0) return;
    for (const uid of before) this.objects.delete(uid);
    for (const pod of pods) this.objects.set(pod.metadata?.uid ?? '', pod);
    this.#found.set(
      address,
      pods.map(({ metadata }) => metadata?.uid ?? ''),
    );
    this.#options.onChange();
  }

  #forgetAll(): void {
    this.#askedMs.clear();
    this.#found.clear();
    this.objects.clear();
    // They are asked for when they are seen again.
    this.#waiting.length = 0;
  }
}

/** Not loopback, multicast, broadcast or of the link alone. */
function mayBePods(bytes: Uint8Array, start: number, lengthBytes: number): boolean {
  const [first = 0, second = 0] = [bytes[start], bytes[start + 1]];
  if (lengthBytes === 4) return first !== 0 && first !== 127 && first < 224;
  if (lengthBytes !== 16) return false;
  return first !== 0 && first !== 0xff && !(first === 0xfe && (second & 0xc0) === 0x80);
}
