import {
  type KallsymsText,
  splitKallsyms,
  withLoaded,
  withPrograms,
} from '../core/symbols/kallsyms-text.ts';
import { KernelFileReader } from './kernel-file-reader.ts';
import { readKernelFile } from './read-kernel-file.ts';

/** In which a known text is compared: a read(2) gives whole lines of a page at most, so that a page would take two. */
const PIECE_BYTES = 16 << 10;
/** Room for what has come since the last read. */
const SPARE_BYTES = 16 << 10;

/**
 * Reads /proc/kallsyms.
 *
 * vmlinux's part, most of 5 to 20 MB, never changes, and that of modules seldom does: where they are known they are compared with what
 * the kernel says now, a piece at a time, and no memory is taken for them again. To skip them instead would take the kernel as long, in
 * one system call (seq_lseek and traverse, fs/seq_file.c, print all that comes before).
 * @param usualBytes what the file usually has, at most.
 * @param known of an earlier read. From the first part on that is another one now all is read; vmlinux's is where addresses are hidden
 * since.
 * @throws the error of openSync or readSync.
 */
export async function readKallsyms(
  path: string,
  usualBytes: number,
  known?: KallsymsText,
): Promise<KallsymsText> {
  const again = known && ((await readPrograms(path, known)) ?? (await readLoaded(path, known)));
  return again ?? splitKallsyms(await readKernelFile(path, usualBytes));
}

async function readPrograms(path: string, known: KallsymsText): Promise<KallsymsText | undefined> {
  const { vmlinux, modules, programs } = known;
  const before = [vmlinux.text, modules.text];
  const bytes = await readBehind(before, path, programs.text.length);
  return bytes && withPrograms(known, bytes);
}

async function readLoaded(path: string, known: KallsymsText): Promise<KallsymsText | undefined> {
  const { vmlinux, modules, programs } = known;
  const bytes = await readBehind([vmlinux.text], path, modules.text.length + programs.text.length);
  return bytes && withLoaded(vmlinux, bytes);
}

/** What follows these texts; undefined where the file does not begin with them. */
async function readBehind(
  texts: readonly string[],
  path: string,
  usualBytes: number,
): Promise<Buffer | undefined> {
  using file = new KernelFileReader(path);
  for (const text of texts) if (!(await goesOnWith(file, text))) return undefined;
  return await file.readToEnd(usualBytes + SPARE_BYTES);
}

async function goesOnWith(file: KernelFileReader, text: string): Promise<boolean> {
  const read = Buffer.allocUnsafeSlow(PIECE_BYTES);
  const expected = Buffer.allocUnsafeSlow(PIECE_BYTES);
  for (let start = 0; start < text.length; start += PIECE_BYTES) {
    const length = expected.write(text.slice(start, start + PIECE_BYTES), 'latin1');
    const bytesRead = await file.fill(read.subarray(0, length));
    if (bytesRead < length || read.compare(expected, 0, length, 0, length) !== 0) return false;
  }
  return true;
}
