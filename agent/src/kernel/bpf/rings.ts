import { closeSync } from 'node:fs';
import { endianness } from 'node:os';
import { PwruError } from '../../core/errors.ts';
import { RECORD_BYTES_MAX, RingCursor } from '../../core/ring/ring-cursor.ts';
import { pageSizeBytes } from '../../native/clock.ts';
import { errnoName } from '../../native/errno.ts';
import { createMap, updateMap } from '../../native/libbpf.ts';
import { type MappedMemory, mapShared, mapSharedOnThread, unmap } from '../../native/libc.ts';

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

/**
 * Owner of the mapped rings of one session: one cursor per ring. The mapping (kernel/bpf/ringbuf.c,
 * ringbuf_map_mmap_kern, since 5.8): page 0 is the consumer's, writable; page 1 the producer's; then the data twice, of which
 * the second time only as much is mapped as a record may have.
 */
export class RingReader implements Disposable {
  readonly cursors: readonly RingCursor[];
  readonly #mappings: MappedMemory[];

  private constructor(cursors: readonly RingCursor[], mappings: MappedMemory[]) {
    this.cursors = cursors;
    this.#mappings = mappings;
  }

  /**
   * Maps the rings; their fds may be closed afterwards.
   * @throws PwruError SYSTEM or PRIVILEGE_MISSING when one cannot be mapped (none stays mapped then),
   *   KERNEL_FEATURE_MISSING on a big-endian machine.
   */
  static async open(rings: readonly EventRing[]): Promise<RingReader> {
    if (endianness() !== 'LE') {
      throw new PwruError('KERNEL_FEATURE_MISSING', 'Cannot read event rings: big-endian CPU', {
        subject: 'little-endian CPU',
      });
    }
    const mappings: MappedMemory[] = [];
    try {
      const cursors: RingCursor[] = [];
      for (const ring of rings) cursors.push(await openCursor(ring, mappings));
      return new RingReader(cursors, mappings);
    } catch (failure) {
      for (const mapping of mappings) unmap(mapping);
      throw failure;
    }
  }

  /** Unmaps the rings; the cursors and their records must not be used any more. */
  [Symbol.dispose](): void {
    for (const cursor of this.cursors) cursor.close();
    for (const mapping of this.#mappings.splice(0)) unmap(mapping);
  }
}

async function openCursor(
  { cpu, fd, sizeBytes }: EventRing,
  mappings: MappedMemory[],
): Promise<RingCursor> {
  const pageBytes = pageSizeBytes();
  const consumer = mapShared({ fd, lengthBytes: pageBytes, offsetBytes: 0, writable: true });
  mappings.push(consumer);
  const producer = await mapSharedOnThread({
    fd,
    lengthBytes: pageBytes + sizeBytes + Math.max(pageBytes, RECORD_BYTES_MAX),
    offsetBytes: pageBytes,
    writable: false,
  });
  mappings.push(producer);
  return new RingCursor({
    cpu,
    sizeBytes,
    consumer: new BigUint64Array(consumer.buffer, 0, 1),
    producerLow: new Int32Array(producer.buffer, 0, 1),
    data: producer.buffer,
    dataOffset: pageBytes,
  });
}
