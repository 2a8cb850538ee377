import { defineConfig } from 'vitest/config';

/**
 * An emulated machine is one thread of this one, and has what it needs to itself: as many as there are processors, unless
 * another suite runs beside it (tools/test.mjs).
 */
const guests = {
  maxWorkers: Number(process.env['PWRU_TEST_GUESTS'] ?? 0) || '100%',
  sequence: { groupOrder: 2 },
} as const;

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    // Bounds of what never comes, not of speed: CI has two busy cores.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          maxWorkers: '100%',
          include: [
            '{agent,plugin}/src/**/*.test.ts',
            'test/{unit,golden,server,fuzz}/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'kernel',
          include: ['test/kernel/**/*.test.ts'],
          setupFiles: ['test/support/fd-leaks.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'vm',
          include: ['test/vm/**/*.test.ts'],
          ...guests,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'kernels',
          include: ['test/kernels/**/*.test.ts'],
          globalSetup: ['test/kernels/print-table.ts'],
          ...guests,
          testTimeout: 900_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts'],
          globalSetup: ['test/cluster/lab/shared-cluster.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'cluster-vm',
          include: ['test/cluster-vm/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 1_200_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
