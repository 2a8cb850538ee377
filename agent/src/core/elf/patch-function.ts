import { PwruError } from '../errors.ts';
import { ElfObject } from './elf-object.ts';

/** Bytes of an eBPF instruction. */
const INSTRUCTION_BYTES = 8;

/** The function of bpf/include/filter.h that holds the packet filter. */
export const FILTER_FUNCTION = 'pwru_filter';

/**
 * Puts the compiled packet filter into a compiled BPF object: writes it over the beginning of the function that was
 * reserved for it and shortens the function's symbol to its length. libbpf takes the extent of a function from its
 * symbol and copies only that into each program that calls it, with the BTF line records inside it, so that the
 * unused rest costs no program anything (libbpf 1.1 src/libbpf.c, bpf_object__add_programs and bpf_object__reloc_code).
 *
 * @returns a patched copy.
 * @throws PwruError FILTER_UNSUPPORTED when the filter does not fit, SYSTEM when the object is not what it should be.
 */
export function patchFilter(object: Uint8Array, code: Uint8Array): Uint8Array<ArrayBuffer> {
  const elf = new ElfObject(object);
  const { section, offset, sizeBytes, sizeFieldOffset } = elf.function(FILTER_FUNCTION);
  if (code.length > sizeBytes) {
    throw new PwruError(
      'FILTER_UNSUPPORTED',
      `Cannot run this filter in the kernel: it needs ${code.length / INSTRUCTION_BYTES} instructions, the program has room for ${Math.floor(sizeBytes / INSTRUCTION_BYTES)}`,
    );
  }
  if (code.length === 0 || code.length % INSTRUCTION_BYTES !== 0) {
    throw new RangeError(`A filter of ${code.length} bytes is not a sequence of instructions`);
  }
  const relocated = elf
    .relocatedOffsets(section)
    .find((place) => place >= offset && place < offset + sizeBytes);
  if (relocated !== undefined) {
    throw new PwruError(
      'SYSTEM',
      `Cannot read the BPF object: ${FILTER_FUNCTION} has a relocation at byte ${relocated - offset}`,
    );
  }
  const patched = Uint8Array.from(object);
  patched.set(code, section.offset + offset);
  new DataView(patched.buffer).setBigUint64(sizeFieldOffset, BigInt(code.length), true);
  return patched;
}
