/** One row of what `npm run bench` prints. */
export interface Figure {
  readonly part: BenchPart;
  readonly name: string;
  readonly unit: string;
  /** undefined where there is nothing to compare with, or to measure */
  readonly ours: number | undefined;
  /** The original pwru's, of the same run. */
  readonly peer?: number | undefined;
  readonly goal?: Goal | undefined;
}

export type BenchPart = 'vm' | 'icount' | 'host' | 'pods' | 'scale';

export interface Goal {
  readonly text: string;
  readonly met: boolean;
}

export function atMost(limit: number, ours: number | undefined, what = grouped(limit)): Goal {
  return { text: `<= ${what}`, met: ours !== undefined && ours <= limit };
}

export function atLeast(limit: number, ours: number | undefined, what = grouped(limit)): Goal {
  return { text: `>= ${what}`, met: ours !== undefined && ours > 0 && ours >= limit };
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

/** The rows in columns, each as wide as its widest word; `peer` is the heading of the peer's column. */
export function renderTable(figures: readonly Figure[], peer: string): string {
  const rows = [
    ['', 'figure', 'unit', 'ours', peer, 'goal', 'met'],
    ...figures.map(({ part, name, unit, ours, peer: theirs, goal }) => [
      part,
      name,
      unit,
      shown(ours),
      shown(theirs),
      goal?.text ?? '',
      goal === undefined ? '' : goal.met ? 'yes' : 'NO',
    ]),
  ];
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  const isNumeric = (column: number) => column === 3 || column === 4;
  const lines = rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumeric(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

function shown(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '-';
  return grouped(value);
}

function grouped(value: number): string {
  const digits = Math.abs(value) < 100 && !Number.isInteger(value) ? 2 : 0;
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
