import { readFileSync } from 'node:fs';
import { PwruError } from '../core/errors.ts';

/** CPUs that can run programs now. */
export function onlineCpus(): number[] {
  return parseCpuList(readFileSync('/sys/devices/system/cpu/online', 'utf8'));
}

/** One more than the largest CPU number that this kernel can ever have. */
export function possibleCpuCount(): number {
  const possible = parseCpuList(readFileSync('/sys/devices/system/cpu/possible', 'utf8'));
  return Math.max(...possible) + 1;
}

/** More than a kernel is built for: NR_CPUS of x86-64 is 8,192 at most (arch/x86/Kconfig). */
const MAX_CPUS = 65_536;

/**
 * CPU numbers of a kernel CPU list, for instance "0-3,8\n" (Documentation/admin-guide/kernel-parameters, "cpu lists").
 * @throws PwruError SYSTEM when the text is not such a list.
 */
export function parseCpuList(text: string): number[] {
  const cpus: number[] = [];
  for (const range of text.trim().split(',')) {
    const [, begin, end = begin] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    const [first, last] = [Number(begin), Number(end)];
    if (!(last < MAX_CPUS && cpus.length + last - first < MAX_CPUS)) {
      throw new PwruError('SYSTEM', `Cannot read the CPU list "${text.trim()}"`);
    }
    for (let cpu = first; cpu <= last; cpu += 1) cpus.push(cpu);
  }
  return cpus;
}
