import { isRestOf, type KallsymsText, splitKallsyms } from '../core/symbols/kallsyms-text.ts';
import type { VmlinuxCode } from '../core/symbols/vmlinux-code.ts';
import { KernelFileReader } from './kernel-file-reader.ts';
import { readKernelFile } from './read-kernel-file.ts';

/** In which vmlinux's part is compared: a read(2) gives whole lines of a page at most, so that a page would take two. */
const PIECE_BYTES = 16 << 10;
/** Room for what has come since the last read. */
const SPARE_BYTES = 16 << 10;

/**
 * Reads /proc/kallsyms.
 *
 * vmlinux's part, most of 5 to 20 MB, never changes: where it is known it is compared with what the kernel says now, a piece at a time, and
 * no memory is taken for it again. To skip it instead would take the kernel as long, in one system call (seq_lseek and traverse,
 * fs/seq_file.c, print all that comes before).
 * @param usualBytes what the file usually has, at most.
 * @param known of an earlier read. Where vmlinux's part is another one now, as when addresses are hidden since, all is read.
 * @throws the error of openSync or readSync.
 */
export async function readKallsyms(
  path: string,
  usualBytes: number,
  known?: KallsymsText,
): Promise<KallsymsText> {
  const again = known && (await readAgain(path, known));
  return again ?? splitKallsyms(await readKernelFile(path, usualBytes));
}

/** Undefined where vmlinux's part is not as it was. */
async function readAgain(
  path: string,
  { vmlinux, rest }: KallsymsText,
): Promise<KallsymsText | undefined> {
  using file = new KernelFileReader(path);
  if (!(await beginsWith(file, vmlinux))) return undefined;
  const remainder = await file.readToEnd(rest.length + SPARE_BYTES);
  if (!isRestOf(vmlinux, remainder)) return undefined;
  return { vmlinux, rest: remainder.toString('latin1') };
}

async function beginsWith(file: KernelFileReader, { text }: VmlinuxCode): Promise<boolean> {
  const read = Buffer.allocUnsafeSlow(PIECE_BYTES);
  const expected = Buffer.allocUnsafeSlow(PIECE_BYTES);
  for (let start = 0; start < text.length; start += PIECE_BYTES) {
    const length = expected.write(text.slice(start, start + PIECE_BYTES), 'latin1');
    const bytesRead = await file.fill(read.subarray(0, length));
    if (bytesRead < length || read.compare(expected, 0, length, 0, length) !== 0) return false;
  }
  return true;
}
