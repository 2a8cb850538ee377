import { COUNTERS } from '../core/event/layout.ts';
import { type MappedMemory, mapShared, unmap } from '../native/libc.ts';

export type CounterName = Exclude<keyof typeof COUNTERS, 'SIZE' | 'preempt_count' | 'pad'>;

const pageBytes = 4096;

/** The programs' counters (struct pwru_counters), one set per CPU, read from shared memory. */
export class CounterTable implements Disposable {
  readonly cpus: number;
  readonly #memory: MappedMemory;
  readonly #words: BigUint64Array;
  #closed = false;

  /** @param mapFd mmapable array of struct pwru_counters with `cpus` entries; stays the caller's. */
  constructor(mapFd: number, cpus: number) {
    this.cpus = cpus;
    this.#memory = mapShared({
      fd: mapFd,
      lengthBytes: Math.ceil((cpus * COUNTERS.SIZE) / pageBytes) * pageBytes,
      offsetBytes: 0,
      writable: false,
    });
    this.#words = new BigUint64Array(this.#memory.buffer);
  }

  /** Exact up to 2^53. */
  read(name: CounterName, cpu: number): number {
    const index = (cpu * COUNTERS.SIZE + COUNTERS[name].offset) / 8;
    return Number(Atomics.load(this.#words, index));
  }

  /** Sum over all CPUs. */
  total(name: CounterName): number {
    let sum = 0;
    for (let cpu = 0; cpu < this.cpus; cpu += 1) sum += this.read(name, cpu);
    return sum;
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    unmap(this.#memory);
  }
}
