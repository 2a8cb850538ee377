import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { afterEach, beforeEach } from 'vitest';

/** Links under /proc/self/fd of what this product opens in the kernel and must close: BPF objects, BTF, perf events, network namespaces. */
const kernelObject = /^anon_inode:(bpf|btf|\[perf_event\])/;

/** Of the nsfs: a namespace that was opened through a bind mount has that mount's path as its link. */
const namespaceDevice = statSync('/proc/self/ns/net').dev;

let openBefore: ReadonlyMap<string, string>;

beforeEach(() => {
  openBefore = openKernelObjects();
});

// A link's fd can be closed from a worker thread of koffi a moment after its promise settled: give it a second.
afterEach(async () => {
  const deadlineMs = Date.now() + 1_000;
  let leaks = leakedSince(openBefore);
  while (leaks.length > 0 && Date.now() < deadlineMs) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    leaks = leakedSince(openBefore);
  }
  if (leaks.length > 0) throw new Error(`The test left kernel objects open: ${leaks.join(', ')}`);
});

function leakedSince(before: ReadonlyMap<string, string>): string[] {
  return [...openKernelObjects()]
    .filter(([fd, link]) => before.get(fd) !== link)
    .map(([fd, link]) => `fd ${fd} -> ${link}`);
}

function openKernelObjects(): Map<string, string> {
  const found = new Map<string, string>();
  for (const fd of readdirSync('/proc/self/fd')) {
    const link = linkOf(fd);
    if (link !== undefined && (kernelObject.test(link) || isNamespace(fd))) found.set(fd, link);
  }
  return found;
}

function isNamespace(fd: string): boolean {
  return statSync(`/proc/self/fd/${fd}`, { throwIfNoEntry: false })?.dev === namespaceDevice;
}

/** Undefined for the fd of the listing itself, which is closed by now. */
function linkOf(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}
