import { type ExpectedKernel, expectedKernels, type KernelName } from './expected-kernels.ts';

/** A kernel's row in the table of README and of the end of `npm run test:kernels`. */
export interface KernelRow {
  readonly kernel: string;
  /** Those that carried a trace, best first. */
  readonly backends: readonly string[];
  /** Functions, or tracepoints, that the best of them attaches to. */
  readonly functions: number;
  readonly missing: readonly string[];
}

const headers = ['kernel', 'backends that carry a trace', 'functions', 'what is missing'];

/** As a table of Markdown. */
export function kernelTable(rows: readonly KernelRow[]): string {
  const cells = rows.map(({ kernel, backends, functions, missing }) => [
    kernel,
    backends.join(', ') || 'none',
    functions.toLocaleString('en'),
    missing.join(', ') || 'nothing',
  ]);
  const widths = headers.map((header, i) =>
    Math.max(header.length, ...cells.map((row) => row[i]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(headers), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join(
    '\n',
  );
}

/** What a kernel lacks of what a newer one gives, with the version or the option that brings it. */
export function missingOf(name: KernelName): string[] {
  const { backends, features }: ExpectedKernel = expectedKernels[name];
  const lacks = [
    ...Object.entries(backends).map(([backend, { missing }]) => [backend, missing ?? ''] as const),
    ...Object.entries(features),
  ];
  return lacks
    .filter(([, reason]) => reason !== '')
    .map(
      ([what, reason]) =>
        `${what} (${/(Linux|pahole) [\d.]+|CONFIG_\w+/.exec(reason)?.[0] ?? reason})`,
    );
}
