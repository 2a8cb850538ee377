import { readFileSync } from 'node:fs';
import { PwruError } from '../core/errors.ts';

/** Sizes of a BPF map's keys and values in bytes, as the kernel has them (bpf_map_show_fdinfo() of kernel/bpf/syscall.c). */
export function mapSizes(fd: number): { readonly keyBytes: number; readonly valueBytes: number } {
  const info = readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1');
  const sizeOf = (name: string): number => {
    const size = Number(new RegExp(`^${name}:\\s+(\\d+)$`, 'm').exec(info)?.[1]);
    if (Number.isInteger(size)) return size;
    throw new PwruError('SYSTEM', `Cannot read ${name} of a BPF map: fd ${fd} is none`);
  };
  return { keyBytes: sizeOf('key_size'), valueBytes: sizeOf('value_size') };
}
