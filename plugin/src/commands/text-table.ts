import { printable } from '../printable.ts';
import type { CommandOutput } from './command-output.ts';

/** A column of a table, from what its rows are made of. */
export interface TextColumn<Row> {
  readonly header: string;
  /** Made printable by the table; empty text shows as `-`. */
  text(row: Row): string;
  /** May be cut when the terminal is too narrow; others never are. */
  readonly canBeCut?: boolean;
}

export interface TextTable<Row> {
  readonly columns: ReadonlyArray<TextColumn<Row>>;
  readonly rows: readonly Row[];
  readonly headers: boolean;
}

/** Between two columns, as kubectl's tables have it. */
const GAP = '   ';
/** What a cell is cut to at least. */
const MIN_CUT_WIDTH = 12;

/** Prints aligned columns; on a terminal cells that can be cut end with `~` where a line would not fit. */
export function printTable<Row>(output: CommandOutput, table: TextTable<Row>): void {
  const { columns, rows, headers } = table;
  const cells = rows.map((row) => columns.map((column) => cellText(column.text(row))));
  const titles = columns.map(({ header }) => header);
  const all = headers ? [titles, ...cells] : cells;
  const widths = fitWidths(
    columns.map((column, index) => ({
      width: all.reduce((widest, line) => Math.max(widest, line[index]?.length ?? 0), 0),
      canBeCut: column.canBeCut === true,
    })),
    output.width,
  );
  const lines = all.map((line) =>
    line
      .map((text, index) => cut(text, widths[index] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
  if (headers) lines[0] = output.style.header(lines[0] ?? '');
  output.print(...lines);
}

function cellText(text: string): string {
  return text === '' ? '-' : printable(text);
}

/** Takes from the widest cells that can be cut, until a line fits or no more can be taken. */
function fitWidths(
  columns: ReadonlyArray<{ readonly width: number; readonly canBeCut: boolean }>,
  lineWidth: number | undefined,
): readonly number[] {
  const widths = columns.map(({ width }) => width);
  if (lineWidth === undefined) return widths;
  const gaps = GAP.length * (columns.length - 1);
  let surplus = widths.reduce((sum, width) => sum + width, gaps) - lineWidth;
  for (; surplus > 0; surplus--) {
    const widest = columns.reduce<number | undefined>((best, { canBeCut }, index) => {
      const width = widths[index] ?? 0;
      if (!canBeCut || width <= MIN_CUT_WIDTH) return best;
      return best === undefined || width > (widths[best] ?? 0) ? index : best;
    }, undefined);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text.padEnd(width) : `${text.slice(0, width - 1)}~`;
}
