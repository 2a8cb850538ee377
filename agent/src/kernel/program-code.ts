import { objectInfo } from '../native/libbpf.ts';
import { addressOf } from '../native/libc.ts';

/** Machine code in the kernel, from `begin` up to and without `end`. */
export interface CodeRange {
  readonly begin: bigint;
  readonly end: bigint;
}

/** struct bpf_prog_info (include/uapi/linux/bpf.h, since 4.18). */
const programInfo = {
  sizeBytes: 128,
  symbolCount: 104,
  lengthCount: 108,
  symbols: 112,
  lengths: 120,
} as const;

/** The functions that a program of ours is made of: far fewer. */
const mostFunctions = 64;

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
