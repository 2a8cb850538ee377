import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { patchFilter } from '../../agent/src/core/elf/patch-function.ts';
import type { CompiledFilter } from '../../agent/src/core/filter/compile-filter.ts';
import { BpfObject } from '../../agent/src/kernel/bpf/bpf-object.ts';
import { runSyscallProgram } from '../../agent/src/native/libbpf.ts';
import { type MappedMemory, mapShared, unmap } from '../../agent/src/native/libc.ts';
import type { Packet } from './packets.ts';

/** bpf/filter_test.bpf.c: PACKETS_MAX, struct pwru_filter_test_packet, ARENA_BYTES, HEADER_GAP_BYTES. */
export const PACKETS_MAX = 4_096;
const PACKET_BYTES = 16;
const VERDICT_OFFSET = 12;
const ARENA_BYTES = 4 << 20;
const HEADER_GAP_BYTES = 32;

const objectPath = fileURLToPath(
  new URL(`../../dist/bpf/filter_test.${process.arch}.bpf.o`, import.meta.url),
);

/** bpf/filter_test.bpf.c as it was compiled, to be patched. */
export function readFilterTestObject(): Uint8Array {
  if (!existsSync(objectPath)) throw new Error(`${objectPath} is missing: run npm run build`);
  return readFileSync(objectPath);
}

/** A compiled filter in the running kernel: the product's stub and patcher, in the program of bpf/filter_test.bpf.c. */
export class PacketJudge implements Disposable {
  readonly #object: BpfObject;
  readonly #headerBytes: number;
  readonly #packets: MappedMemory;
  readonly #arena: MappedMemory;

  private constructor(object: BpfObject, headerBytes: number) {
    this.#object = object;
    this.#headerBytes = headerBytes;
    const map = (name: string, lengthBytes: number) =>
      mapShared({ fd: object.mapFd(name), lengthBytes, offsetBytes: 0, writable: true });
    this.#packets = map('.bss.packets', PACKETS_MAX * PACKET_BYTES);
    this.#arena = map('.bss.arena', ARENA_BYTES);
  }

  /** @param headerBytes of each frame, that the program holds in its buffer only: 0, 14, 18 or 22. */
  static load(filter: CompiledFilter, headerBytes: number): Promise<PacketJudge> {
    const elf = patchFilter(readFilterTestObject(), filter.code);
    return PacketJudge.#load(elf, filter.readBytes, headerBytes);
  }

  /** The object as it was compiled, with the filter's function untouched. */
  static loadUnpatched(): Promise<PacketJudge> {
    return PacketJudge.#load(readFilterTestObject(), 0, 14);
  }

  static async #load(
    elf: Uint8Array,
    readBytes: number,
    headerBytes: number,
  ): Promise<PacketJudge> {
    const config = Buffer.alloc(8);
    config.writeUInt32LE(readBytes, 0);
    config.writeUInt32LE(headerBytes, 4);
    const object = await BpfObject.load({
      elf,
      name: 'filter_test',
      programs: ['judge_all'],
      initialValues: { '.rodata.config': config },
    });
    return new PacketJudge(object, headerBytes);
  }

  /** The verdict on each packet. Each must have at least the header's bytes; PACKETS_MAX and 4 MiB at most. */
  judge(packets: readonly Packet[]): number[] {
    const table = new DataView(this.#packets.buffer);
    const arena = new Uint8Array(this.#arena.buffer).fill(0xee);
    let offset = 0;
    for (const [index, { bytes, wireBytes }] of packets.entries()) {
      const networkOffset = offset + this.#headerBytes + HEADER_GAP_BYTES;
      arena.set(bytes.subarray(0, this.#headerBytes), offset);
      arena.set(bytes.subarray(this.#headerBytes), networkOffset);
      for (const [field, value] of [offset, bytes.length, wireBytes, 0xff].entries()) {
        table.setUint32(index * PACKET_BYTES + field * 4, value, true);
      }
      offset += bytes.length + 2 * HEADER_GAP_BYTES;
    }
    const run = Buffer.alloc(4);
    run.writeUInt32LE(packets.length, 0);
    const judged = runSyscallProgram(this.#object.programFd('judge_all'), run);
    if (judged !== packets.length) {
      throw new Error(`The program judged ${judged} of ${packets.length} packets`);
    }
    return packets.map((_, index) => table.getUint32(index * PACKET_BYTES + VERDICT_OFFSET, true));
  }

  [Symbol.dispose](): void {
    unmap(this.#packets);
    unmap(this.#arena);
    this.#object[Symbol.dispose]();
  }
}
