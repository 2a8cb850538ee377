import { VmlinuxCode } from './vmlinux-code.ts';

/** The text of /proc/kallsyms in two parts, which are never one string: V8 would copy both to search it. */
export interface KallsymsText {
  /**
   * What never changes while the kernel runs: all before the first line that names a module. The kernel lists its own symbols
   * first (update_iter, kernel/kallsyms.c).
   */
  readonly vmlinux: VmlinuxCode;
  /** Modules, BPF programs and trampolines, the pages made for ftrace and kprobes: each line ends with a tab and `[NAME]`. */
  readonly rest: string;
}

const moduleMark = '\t[';

/** Each part is a string of its own, and keeps nothing of the bytes. */
export function splitKallsyms(bytes: Buffer): KallsymsText {
  const mark = bytes.indexOf(moduleMark);
  const end = mark === -1 ? bytes.length : bytes.lastIndexOf('\n', mark) + 1;
  // Names of symbols and modules are ASCII.
  const vmlinux = new VmlinuxCode(bytes.toString('latin1', 0, end));
  return { vmlinux, rest: bytes.toString('latin1', end) };
}

/** Whether the text whose beginning is vmlinux's part, and whose remainder is this, would be split here. */
export function isRestOf(vmlinux: VmlinuxCode, remainder: Buffer): boolean {
  if (remainder.length === 0) return true;
  if (vmlinux.text !== '' && !vmlinux.text.endsWith('\n')) return false;
  const mark = remainder.indexOf(moduleMark);
  const newline = remainder.indexOf('\n');
  return mark !== -1 && (newline === -1 || mark < newline);
}
