import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type ExpectedKernel,
  expectedKernels,
  type KernelName,
} from '../kernels/expected-kernels.ts';
import { kernelTable, missingOf } from '../kernels/kernel-table.ts';

/*
 * README shows what `npm run test:kernels` printed last. Releases and numbers of functions change with Debian's packages; what the
 * kernels carry and lack must be what the tests expect.
 */

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8').split('\n');
const headerCells = cellsOf(kernelTable([]).split('\n')[0] ?? '');
const start = readme.findIndex((line) => cellsOf(line).join() === headerCells.join());
const rows = readme
  .slice(start + 2)
  .slice(0, Object.keys(expectedKernels).length)
  .map(cellsOf);

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

test.each(Object.keys(expectedKernels) as KernelName[])(
  'README has the row of Linux %s',
  (name) => {
    expect(start).toBeGreaterThanOrEqual(0);
    const { release, backends }: ExpectedKernel = expectedKernels[name];
    const [row = [], ...others] = rows.filter(([kernel]) => kernel?.startsWith(release));
    expect(others).toEqual([]);
    const [, carried, functions, missing] = row;
    const expected = Object.entries(backends).filter(([, { missing: why }]) => why === undefined);
    expect(carried).toBe(expected.map(([backend]) => backend).join(', '));
    const best = expected[0]?.[1].functionsAtLeast ?? 0;
    expect(Number(functions?.replaceAll(',', ''))).toBeGreaterThanOrEqual(best);
    expect(missing).toBe(missingOf(name).join(', ') || 'nothing');
  },
);
