import { closeSync } from 'node:fs';
import { PwruError } from '../core/errors.ts';
import { errnoName } from '../native/errno.ts';
import { createMap, updateMap } from '../native/libbpf.ts';

/** BPF_MAP_TYPE_RINGBUF, include/uapi/linux/bpf.h. */
const ringbufMapType = 27;

/** The kernel wants a power of two of at least a page; the agent's positions are 32 bits wide. */
const minRingBytes = 64 * 1024;
const maxRingBytes = 1024 * 1024 * 1024;

/** One CPU's ring. The fd stays the owner's. */
export interface EventRing {
  readonly cpu: number;
  readonly fd: number;
  /** Size of its data area, a power of two. */
  readonly sizeBytes: number;
}

/** Largest power of two that gives each of `cpus` rings their share of the budget. */
export function ringBytes(budgetBytes: number, cpus: number): number {
  const share = Math.min(Math.max(budgetBytes / cpus, minRingBytes), maxRingBytes);
  return 2 ** Math.floor(Math.log2(share));
}

/** A session's event rings: one per online CPU. */
export class EventRings implements Disposable {
  readonly rings: readonly EventRing[];
  #closed = false;

  private constructor(rings: readonly EventRing[]) {
    this.rings = rings;
  }

  /** @throws PwruError SYSTEM or PRIVILEGE_MISSING. */
  static async create(request: {
    readonly cpus: readonly number[];
    readonly budgetBytes: number;
  }): Promise<EventRings> {
    const sizeBytes = ringBytes(request.budgetBytes, request.cpus.length);
    const created: EventRing[] = [];
    try {
      for (const cpu of request.cpus) {
        const fd = await createMap({
          type: ringbufMapType,
          name: `pwru_ring_${cpu}`,
          keyBytes: 0,
          valueBytes: 0,
          maxEntries: sizeBytes,
        });
        created.push({ cpu, fd, sizeBytes });
      }
      return new EventRings(created);
    } catch (failure) {
      for (const ring of created) closeSync(ring.fd);
      throw failure;
    }
  }

  /**
   * Puts the rings into the map from which the programs take them.
   * @param ringsMapFd array-of-maps with the CPU as index.
   * @throws PwruError SYSTEM.
   */
  connect(ringsMapFd: number): void {
    for (const { cpu, fd } of this.rings) putRing(ringsMapFd, cpu, fd);
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const ring of this.rings) closeSync(ring.fd);
  }
}

function putRing(mapFd: number, cpu: number, ringFd: number): void {
  const words = Buffer.alloc(8);
  words.writeUInt32LE(cpu, 0);
  words.writeUInt32LE(ringFd, 4);
  const result = updateMap(mapFd, words.subarray(0, 4), words.subarray(4));
  if (result < 0) {
    throw new PwruError('SYSTEM', `Cannot give CPU ${cpu} its ring: ${errnoName(-result)}`);
  }
}
