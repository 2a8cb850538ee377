import { CODE_ENTRY_BYTES } from '../../core/probe/patch-site.ts';
import { objectInfo, runSyscallProgram } from '../../native/libbpf.ts';
import { mapShared, unmap } from '../../native/libc.ts';
import { BpfObject, readProgramFile } from './bpf-object.ts';

const program = 'read_entries';
const map = '.bss.entries';

/** struct bpf_map_info (include/uapi/linux/bpf.h): value_size. */
const mapInfo = { sizeBytes: 16, valueBytes: 12 } as const;

/**
 * Reads the first bytes of functions from the running kernel (Linux 5.17: bpf_loop).
 * @param addresses of their symbols.
 * @returns CODE_ENTRY_BYTES for each; all zero where there is no code.
 * @throws PwruError when the kernel refuses the program.
 */
export async function readCodeEntries(addresses: readonly bigint[]): Promise<Uint8Array[]> {
  using object = await BpfObject.load({
    elf: readProgramFile('code_entries'),
    name: 'code_entries',
    programs: [program],
  });
  const fd = object.mapFd(map);
  const lengthBytes = objectInfo(fd, mapInfo.sizeBytes)?.readUInt32LE(mapInfo.valueBytes) ?? 0;
  const memory = mapShared({ fd, lengthBytes, offsetBytes: 0, writable: true });
  try {
    const slots = Math.floor(lengthBytes / CODE_ENTRY_BYTES);
    const read: Uint8Array[] = [];
    for (let first = 0; first < addresses.length && slots > 0; first += slots) {
      const some = addresses.slice(first, first + slots);
      const words = new BigUint64Array(memory.buffer);
      for (const [index, address] of some.entries())
        words[(index * CODE_ENTRY_BYTES) / BigUint64Array.BYTES_PER_ELEMENT] = address;
      const count = Buffer.alloc(4);
      count.writeUInt32LE(some.length);
      runSyscallProgram(object.programFd(program), count);
      // A copy: the memory is given back.
      const bytes = new Uint8Array(memory.buffer.slice(0, some.length * CODE_ENTRY_BYTES));
      for (let at = 0; at < bytes.length; at += CODE_ENTRY_BYTES)
        read.push(bytes.subarray(at, at + CODE_ENTRY_BYTES));
    }
    return read;
  } finally {
    unmap(memory);
  }
}
