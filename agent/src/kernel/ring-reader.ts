import { endianness } from 'node:os';
import { PwruError } from '../core/errors.ts';
import { RingCursor } from '../core/ring/ring-cursor.ts';
import { pageSizeBytes } from '../native/clock.ts';
import { type MappedMemory, mapShared, mapSharedOnThread, unmap } from '../native/libc.ts';
import type { EventRing } from './event-rings.ts';

/**
 * Owner of the mapped rings of one session: one cursor per ring. The mapping (kernel/bpf/ringbuf.c,
 * ringbuf_map_mmap_kern, since 5.8): page 0 is the consumer's, writable; page 1 the producer's; then the data twice.
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
    lengthBytes: pageBytes + 2 * sizeBytes,
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
