import { readFileSync } from 'node:fs';
import { parseCpuList } from '../core/cpu-list.ts';

/** CPUs that can run programs now. */
export function onlineCpus(): number[] {
  return parseCpuList(readFileSync('/sys/devices/system/cpu/online', 'utf8'));
}

/** One more than the largest CPU number that this kernel can ever have. */
export function possibleCpuCount(): number {
  const possible = parseCpuList(readFileSync('/sys/devices/system/cpu/possible', 'utf8'));
  return Math.max(...possible) + 1;
}
