import { LoadedLines } from './loaded-lines.ts';
import { BPF, BUILTIN } from './module-code.ts';
import { VmlinuxCode } from './vmlinux-code.ts';

/**
 * The text of /proc/kallsyms in parts, in the order in which the kernel lists them (update_iter and update_iter_mod,
 * kernel/kallsyms.c). They are never one string: V8 would copy all of it to search it, and a part that stays the same need not be
 * read again.
 */
export interface KallsymsText {
  /** All before the first line that names a module. It never changes while the kernel runs. */
  readonly vmlinux: VmlinuxCode;
  /** Changes when a module comes or goes. */
  readonly modules: LoadedLines;
  /** From the first line on that is none of a module: BPF programs and trampolines, pages for ftrace and kprobes. */
  readonly programs: LoadedLines;
}

const moduleMark = '\t[';
const programMarks = [`\t[${BPF}]`, `\t[${BUILTIN}`];

/** Each part is a string of its own, and keeps nothing of the bytes. */
export function splitKallsyms(bytes: Buffer): KallsymsText {
  const end = lineWith(bytes, [moduleMark]);
  return {
    vmlinux: new VmlinuxCode(textOf(bytes.subarray(0, end))),
    ...splitLoaded(bytes.subarray(end)),
  };
}

/**
 * The text that begins with a known part and goes on with these bytes.
 * @returns undefined where the known part would not end there.
 */
export function withLoaded(vmlinux: VmlinuxCode, bytes: Buffer): KallsymsText | undefined {
  if (!isBorder(vmlinux.text, bytes, [moduleMark])) return undefined;
  return { vmlinux, ...splitLoaded(bytes) };
}

/** The same with two parts that are known. */
export function withPrograms(
  { vmlinux, modules }: Pick<KallsymsText, 'vmlinux' | 'modules'>,
  bytes: Buffer,
): KallsymsText | undefined {
  if (!isBorder(modules.text || vmlinux.text, bytes, programMarks)) return undefined;
  return { vmlinux, modules, programs: new LoadedLines(textOf(bytes)) };
}

function splitLoaded(bytes: Buffer): Omit<KallsymsText, 'vmlinux'> {
  const end = lineWith(bytes, programMarks);
  return {
    modules: new LoadedLines(textOf(bytes.subarray(0, end))),
    programs: new LoadedLines(textOf(bytes.subarray(end))),
  };
}

/** Whether a part ends before these bytes: with a whole line, and the next one has one of the marks. */
function isBorder(before: string, bytes: Buffer, marks: readonly string[]): boolean {
  if (bytes.length === 0) return true;
  return (before === '' || before.endsWith('\n')) && lineWith(bytes, marks) === 0;
}

/** Where the first line begins that has one of the marks; the length where none has. */
function lineWith(bytes: Buffer, marks: readonly string[]): number {
  const found = marks.map((mark) => bytes.indexOf(mark)).filter((at) => at !== -1);
  return found.length === 0 ? bytes.length : bytes.lastIndexOf('\n', Math.min(...found)) + 1;
}

/** Names of symbols and modules are ASCII. */
function textOf(bytes: Buffer): string {
  return bytes.toString('latin1');
}
