import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type KernelRow, kernelTable } from './kernel-table.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder in which each file leaves its kernel's row, as NAME.json. */
    readonly kernelRows: string;
  }
}

/** vitest's globalSetup of the project `kernels`: prints one table over all its files at the end. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'pwru-kernels-'));
  project.provide('kernelRows', folder);
  return () => {
    const rows = readdirSync(folder).map(
      (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as KernelRow,
    );
    rmSync(folder, { recursive: true });
    rows.sort((a, b) => a.kernel.localeCompare(b.kernel, 'en', { numeric: true }));
    if (rows.length > 0) process.stdout.write(`\n${kernelTable(rows)}\n`);
  };
}
