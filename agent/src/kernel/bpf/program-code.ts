import { closeSync } from 'node:fs';
import type { CodeRange } from '../../core/symbols/code-symbol.ts';
import { errnoName } from '../../native/errno.ts';
import { nextProgramId, objectInfo, programFdById } from '../../native/libbpf.ts';
import { addressOf } from '../../native/libc.ts';

/** struct bpf_prog_info (include/uapi/linux/bpf.h, since 4.18). */
const programInfo = {
  sizeBytes: 128,
  symbolCount: 104,
  lengthCount: 108,
  symbols: 112,
  lengths: 120,
} as const;

/** The functions that a program is made of: BPF_MAX_SUBPROGS (include/linux/bpf_verifier.h) and itself. */
const mostFunctions = 257;

/**
 * Where a loaded program and its functions lie. Empty where the kernel does not say: it is interpreted, or addresses are hidden
 * (kernel.kptr_restrict).
 */
export function programCode(programFd: number): CodeRange[] {
  const symbols = Buffer.alloc(8 * mostFunctions);
  const lengths = Buffer.alloc(4 * mostFunctions);
  const request = Buffer.alloc(programInfo.sizeBytes);
  request.writeUInt32LE(mostFunctions, programInfo.symbolCount);
  request.writeUInt32LE(mostFunctions, programInfo.lengthCount);
  request.writeBigUInt64LE(addressOf(symbols), programInfo.symbols);
  request.writeBigUInt64LE(addressOf(lengths), programInfo.lengths);
  const info = objectInfo(programFd, programInfo.sizeBytes, request);
  if (info === undefined) return [];
  const count = Math.min(
    info.readUInt32LE(programInfo.symbolCount),
    info.readUInt32LE(programInfo.lengthCount),
    mostFunctions,
  );
  return Array.from({ length: count }, (_, index) => {
    const begin = symbols.readBigUInt64LE(8 * index);
    return { begin, end: begin + BigInt(lengths.readUInt32LE(4 * index)) };
  }).filter(({ begin, end }) => begin !== 0n && end > begin);
}

/** Where all loaded programs of the machine lie; undefined where this process may not know (CAP_SYS_ADMIN). */
export function loadedProgramCode(): CodeRange[] | undefined {
  const ranges: CodeRange[] = [];
  for (let id = nextProgramId(0); id > 0; id = nextProgramId(id)) {
    const fd = programFdById(id);
    // It is gone since.
    if (fd < 0 && errnoName(-fd) === 'ENOENT') continue;
    if (fd < 0) return undefined;
    ranges.push(...programCode(fd));
    closeSync(fd);
  }
  return ranges.length === 0 ? undefined : ranges;
}
