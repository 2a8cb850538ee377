import type { RingMemory } from '../../agent/src/core/ring/ring-cursor.ts';

const BUSY = 0x8000_0000;
const DISCARD = 0x4000_0000;

/**
 * The producer's side of a BPF ring buffer in ordinary memory, after __bpf_ringbuf_reserve and bpf_ringbuf_commit of
 * kernel/bpf/ringbuf.c: for tests of what reads it.
 */
export class RingProducer {
  readonly memory: RingMemory;
  #position: bigint;
  readonly #producer: BigUint64Array;
  readonly #data: DataView;

  /** @param startPosition where both sides begin; a multiple of 8. */
  constructor(cpu: number, sizeBytes: number, startPosition = 0n) {
    const producer = new BigUint64Array([startPosition]);
    const data = new ArrayBuffer(2 * sizeBytes);
    this.#position = startPosition;
    this.#producer = producer;
    this.#data = new DataView(data);
    this.memory = {
      cpu,
      sizeBytes,
      consumer: new BigUint64Array([startPosition]),
      producerLow: new Int32Array(producer.buffer, 0, 1),
      data,
      dataOffset: 0,
    };
  }

  get consumerPosition(): bigint {
    return this.memory.consumer[0] ?? 0n;
  }

  get producerPosition(): bigint {
    return this.#position;
  }

  /** @returns where the record is, for `commit`; undefined when the ring is full. */
  reserve(payload: Uint8Array): number | undefined {
    const { sizeBytes } = this.memory;
    const totalBytes = (payload.length + 8 + 7) & ~7;
    const usedBytes = BigInt.asUintN(64, this.#position - this.consumerPosition);
    if (usedBytes + BigInt(totalBytes) > BigInt(sizeBytes - 1)) return undefined;
    const offset = Number(this.#position % BigInt(sizeBytes));
    this.#set32(offset, (payload.length | BUSY) >>> 0);
    this.#setBytes(offset + 8, payload);
    this.#position = BigInt.asUintN(64, this.#position + BigInt(totalBytes));
    Atomics.store(this.#producer, 0, this.#position);
    return offset;
  }

  commit(offset: number, options: { readonly discard: boolean } = { discard: false }): void {
    const busy = this.#data.getUint32(offset, true);
    this.#set32(offset, ((busy & ~BUSY) | (options.discard ? DISCARD : 0)) >>> 0);
  }

  /** Reserves and commits. @returns false when the ring is full. */
  produce(payload: Uint8Array, options: { readonly discard: boolean } = { discard: false }) {
    const offset = this.reserve(payload);
    if (offset === undefined) return false;
    this.commit(offset, options);
    return true;
  }

  /** Both mappings of the data show the same bytes. */
  #setBytes(offset: number, bytes: Uint8Array): void {
    const { sizeBytes } = this.memory;
    const data = new Uint8Array(this.#data.buffer);
    const untilEnd = Math.max(0, sizeBytes - offset);
    data.set(bytes.subarray(0, untilEnd), offset);
    data.set(bytes.subarray(0, untilEnd), offset + sizeBytes);
    data.set(bytes.subarray(untilEnd), 0);
    data.set(bytes.subarray(untilEnd), sizeBytes);
  }

  #set32(offset: number, value: number): void {
    const { sizeBytes } = this.memory;
    this.#data.setUint32(offset, value, true);
    this.#data.setUint32(offset + sizeBytes, value, true);
  }
}
