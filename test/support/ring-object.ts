import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { HIT } from '../../agent/src/core/record/layout.ts';
import { BpfObject } from '../../agent/src/kernel/bpf/bpf-object.ts';
import { EventRings } from '../../agent/src/kernel/bpf/rings.ts';
import { runSyscallProgram } from '../../agent/src/native/libbpf.ts';
import { type EventFields, eventBytes } from './event-records.ts';

/** struct pwru_ring_test_request of bpf/ring_test.bpf.c. */
const REQUEST = {
  ring: 0,
  count: 4,
  discardEvery: 8,
  stack: 12,
  firstTimeNs: 16,
  timeStepNs: 24,
  firstSkb: 32,
  firstPacket: 40,
  packetEvents: 48,
  functions: 52,
  lost: 56,
  discarded: 64,
  event: 72,
} as const;

/** What record i of a run has in place of `event`'s own values; see bpf/ring_test.bpf.c. */
export interface FillRequest {
  readonly ring: number;
  readonly count: number;
  readonly discardEvery?: number;
  readonly stack?: boolean;
  readonly firstTimeNs?: bigint;
  readonly timeStepNs?: bigint;
  readonly firstSkb?: bigint;
  readonly firstPacket?: bigint;
  readonly packetEvents?: number;
  readonly functions?: number;
  readonly event?: EventFields;
}

/** Real rings of the running kernel, and the program of bpf/ring_test.bpf.c that fills them. */
export class RingObject implements Disposable {
  readonly rings: EventRings['rings'];
  readonly #object: BpfObject;
  readonly #eventRings: EventRings;
  readonly #programFd: number;

  private constructor(object: BpfObject, eventRings: EventRings) {
    this.#object = object;
    this.#eventRings = eventRings;
    this.#programFd = object.programFd('fill');
    this.rings = eventRings.rings;
  }

  /** @param count rings, numbered from 0, whether or not there are so many CPUs; at least 64 KiB each. */
  static async load(count: number, budgetBytes: number): Promise<RingObject> {
    const object = await BpfObject.load({
      elf: buildObject(),
      name: 'ring_test',
      programs: ['fill'],
      maxEntries: { rings: count },
    });
    try {
      const cpus = Array.from({ length: count }, (_, cpu) => cpu);
      const ringsMapFd = object.mapFd('rings');
      const rings = await EventRings.create({ cpus, budgetBytes });
      rings.connect(ringsMapFd);
      return new RingObject(object, rings);
    } catch (failure) {
      object[Symbol.dispose]();
      throw failure;
    }
  }

  /** Produces records into one ring. @returns how many found no room, and how many were discarded. */
  fill(request: FillRequest): { readonly lost: number; readonly discarded: number } {
    const context = Buffer.alloc(REQUEST.event + HIT.SIZE);
    context.writeUInt32LE(request.ring, REQUEST.ring);
    context.writeUInt32LE(request.count, REQUEST.count);
    context.writeUInt32LE(request.discardEvery ?? 0, REQUEST.discardEvery);
    context.writeUInt32LE(request.stack ? 1 : 0, REQUEST.stack);
    context.writeBigUInt64LE(request.firstTimeNs ?? 0n, REQUEST.firstTimeNs);
    context.writeBigUInt64LE(request.timeStepNs ?? 1n, REQUEST.timeStepNs);
    context.writeBigUInt64LE(request.firstSkb ?? 1n, REQUEST.firstSkb);
    context.writeBigUInt64LE(request.firstPacket ?? 1n, REQUEST.firstPacket);
    context.writeUInt32LE(request.packetEvents ?? 1, REQUEST.packetEvents);
    context.writeUInt32LE(request.functions ?? 1, REQUEST.functions);
    context.set(eventBytes(request.event ?? {}, false), REQUEST.event);
    const result = runSyscallProgram(this.#programFd, context);
    if (result !== 0) throw new Error(`Cannot fill ring ${request.ring}: there is none`);
    return {
      lost: Number(context.readBigUInt64LE(REQUEST.lost)),
      discarded: Number(context.readBigUInt64LE(REQUEST.discarded)),
    };
  }

  [Symbol.dispose](): void {
    this.#eventRings[Symbol.dispose]();
    this.#object[Symbol.dispose]();
  }
}

function buildObject(): Buffer {
  const path = `dist/bpf/ring_test.${process.arch}.bpf.o`;
  execFileSync('make', ['-s', '-C', 'bpf', `../${path}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return readFileSync(path);
}
