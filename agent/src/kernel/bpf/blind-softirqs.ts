import { closeSync } from 'node:fs';
import { messageOf, PwruError } from '../../core/errors.ts';
import { BLIND } from '../../core/record/layout.ts';
import { errnoName } from '../../native/errno.ts';
import { attachRawTracepoint, createMap, lookUpMap } from '../../native/libbpf.ts';
import { bpfError } from '../refusal-error.ts';
import { BpfObject } from './bpf-object.ts';
import { ProbeLinks } from './probe-links.ts';

/** BPF_MAP_TYPE_ARRAY (include/uapi/linux/bpf.h). */
const arrayMapType = 2;

/** Programs of bpf/softirqs.bpf.c, which are called as their tracepoints: the end is attached before the beginning. */
const tracepoints = ['softirq_exit', 'softirq_entry'];

/** One session's use of the count. Closing twice is harmless. */
export interface BlindSoftirqsUse extends AsyncDisposable {
  /** Of struct pwru_blind (bpf/include/session.h), which the session's programs read; stays the count's. */
  readonly mapFd: number;
  /** Why blind softirqs are not counted, once that is known; undefined: they are. Never rejects. */
  readonly failure: Promise<string | undefined>;
  /** That have begun since this use began. */
  opened(): number;
}

/**
 * Counts the softirqs in which no program on a function runs (bpf/softirqs.bpf.c): once for all sessions of an agent, while one of
 * them uses it.
 */
export class BlindSoftirqs {
  readonly #load: (load: (elf: Uint8Array) => Promise<BpfObject>) => Promise<BpfObject>;
  #count: Promise<SoftirqCount> | undefined;
  #users = 0;

  /** @param load loads the object bpf/softirqs.bpf.c when it may */
  constructor(load: (load: (elf: Uint8Array) => Promise<BpfObject>) => Promise<BpfObject>) {
    this.#load = load;
  }

  /** Does not wait until they are counted. @throws PwruError SYSTEM or PRIVILEGE_MISSING. */
  async use(): Promise<BlindSoftirqsUse> {
    this.#users++;
    this.#count ??= SoftirqCount.begin(this.#load);
    const began = this.#count;
    let count: SoftirqCount;
    try {
      count = await began;
    } catch (failure) {
      await this.#leave();
      throw failure;
    }
    const before = count.opened();
    let isOpen = true;
    return {
      mapFd: count.mapFd,
      failure: count.failure,
      opened: () => count.opened() - before,
      [Symbol.asyncDispose]: async () => {
        if (!isOpen) return;
        isOpen = false;
        await this.#leave();
      },
    };
  }

  async #leave(): Promise<void> {
    this.#users--;
    if (this.#users > 0) return;
    const count = this.#count;
    this.#count = undefined;
    await count?.then((ended) => ended[Symbol.asyncDispose](), nothing);
  }
}

/** Owns the map, the programs and their links. */
class SoftirqCount implements AsyncDisposable {
  readonly mapFd: number;
  readonly failure: Promise<string | undefined>;
  readonly #loading: Promise<BpfObject>;
  readonly #links = new ProbeLinks();
  #opened = 0;
  #isOpen = true;

  private constructor(mapFd: number, loading: Promise<BpfObject>) {
    this.mapFd = mapFd;
    this.#loading = loading;
    this.failure = this.#attach().then(nothing, messageOf);
  }

  static async begin(
    load: (load: (elf: Uint8Array) => Promise<BpfObject>) => Promise<BpfObject>,
  ): Promise<SoftirqCount> {
    const mapFd = await createMap({
      type: arrayMapType,
      name: 'pwru_blind',
      keyBytes: 4,
      valueBytes: BLIND.SIZE,
      maxEntries: 1,
    });
    const shared = new Map([['.data.blind', mapFd]]);
    return new SoftirqCount(
      mapFd,
      load((elf) => BpfObject.load({ elf, name: 'softirqs', programs: tracepoints, shared })),
    );
  }

  /** That have begun. */
  opened(): number {
    const value = Buffer.alloc(BLIND.SIZE);
    if (this.#isOpen && lookUpMap(this.mapFd, new Uint8Array(4), value) === 0)
      this.#opened = Number(value.readBigUInt64LE(BLIND.opened.offset));
    return this.#opened;
  }

  async #attach(): Promise<void> {
    const object = await this.#loading;
    for (const name of tracepoints) {
      if (!this.#isOpen) throw new PwruError('SYSTEM', 'Cannot count softirqs: the session ended');
      const link = await attachRawTracepoint(object.programFd(name), name);
      if (link < 0) throw bpfError(`Cannot attach to tracepoint ${name}`, errnoName(-link));
      this.#links.add(link, 0);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.failure;
    await this.#links.close();
    await this.#loading.then((object) => object[Symbol.dispose](), nothing);
    closeSync(this.mapFd);
  }
}

function nothing(): undefined {}
