import { PwruError } from './errors.ts';

/**
 * CPU numbers of a kernel CPU list, for instance "0-3,8\n" (Documentation/admin-guide/kernel-parameters, "cpu lists").
 * @throws PwruError SYSTEM when the text is not such a list.
 */
export function parseCpuList(text: string): number[] {
  const cpus: number[] = [];
  for (const range of text.trim().split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(range);
    if (match === null) {
      throw new PwruError('SYSTEM', `Cannot read the CPU list "${text.trim()}"`);
    }
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    for (let cpu = first; cpu <= last; cpu += 1) cpus.push(cpu);
  }
  return cpus;
}
