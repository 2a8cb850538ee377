/** Bytes of code from a function's first on, within which ftrace's place is looked for. */
export const CODE_ENTRY_BYTES = 16;

/**
 * Whether ftrace can trace a function on x86-64, by its first bytes. Its place there is a nop of five bytes, a call while the
 * function is traced, or a breakpoint while that changes or a kprobe is on it (arch/x86/kernel/ftrace.c); before it may be
 * an endbr64 or the nop of four bytes that takes its place (arch/x86/kernel/alternative.c).
 * @param code CODE_ENTRY_BYTES from its symbol on; all zero where there is no code any more (__init).
 */
export function hasPatchSite(code: Uint8Array): boolean {
  return (
    isPatchable(code, 0) ||
    (landings.some((each) => startsWith(code, 0, each)) && isPatchable(code, 4))
  );
}

/** endbr64, and what the kernel writes over one that nothing jumps to, by its version. */
const landings = [
  [0xf3, 0x0f, 0x1e, 0xfa],
  [0x0f, 0x1f, 0x40, 0x00],
  [0x0f, 0x1f, 0x40, 0xd6],
  [0x66, 0x0f, 0x1f, 0x00],
];

const nop5 = [0x0f, 0x1f, 0x44, 0x00, 0x00];
const call = 0xe8;
const breakpoint = 0xcc;

function isPatchable(code: Uint8Array, at: number): boolean {
  return startsWith(code, at, nop5) || code[at] === call || code[at] === breakpoint;
}

function startsWith(code: Uint8Array, at: number, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => code[at + index] === byte);
}
