import type { CommandOutput } from './output.ts';
import { cutEnd, displayWidth, printable } from './text.ts';

/** A column of a table, from what its rows are made of. */
export interface TextColumn<Row> {
  readonly header: string;
  /** Made printable by the table; empty text shows as `-`. */
  text(row: Row): string;
  /** May be cut when the terminal is too narrow; others never are. */
  readonly canBeCut?: boolean;
  /** May be left out when the terminal is too narrow all the same, those with lower numbers first. */
  readonly dropRank?: number;
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

/** A column with its texts, the header among them. */
interface Filled {
  readonly texts: readonly string[];
  /** Of the widest text. */
  readonly fullWidth: number;
  readonly canBeCut: boolean;
  readonly dropRank: number | undefined;
}

/**
 * Prints aligned columns. On a terminal that is too narrow, cells that can be cut end with `~`, and then columns that can be
 * left out are; what is still too wide wraps.
 */
export function printTable<Row>(output: CommandOutput, table: TextTable<Row>): void {
  const { rows, headers } = table;
  const all = table.columns.map((column): Filled => {
    const cells = rows.map((row) => cellText(column.text(row)));
    const texts = headers ? [column.header, ...cells] : cells;
    const { canBeCut = false, dropRank } = column;
    const fullWidth = texts.reduce((widest, text) => Math.max(widest, displayWidth(text)), 0);
    return { texts, fullWidth, canBeCut, dropRank };
  });
  const shown = dropSurplus(all, output.width);
  const widths = fitWidths(shown, output.width);
  const lines = Array.from({ length: rows.length + (headers ? 1 : 0) }, (_, line) =>
    shown
      .map(({ texts }, index) => cut(texts[line] ?? '', widths[index] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
  if (headers) lines[0] = output.style.header(lines[0] ?? '');
  output.print(...lines);
}

function dropSurplus(columns: readonly Filled[], lineWidth: number | undefined): readonly Filled[] {
  let shown = columns;
  while (lineWidth !== undefined && widthOf(shown.map(leastWidth)) > lineWidth) {
    const ranked = shown.filter(({ dropRank }) => dropRank !== undefined);
    if (ranked.length === 0) break;
    const first = ranked.reduce((a, b) => ((b.dropRank ?? 0) < (a.dropRank ?? 0) ? b : a));
    shown = shown.filter((column) => column !== first);
  }
  return shown;
}

function leastWidth({ fullWidth, canBeCut }: Filled): number {
  return canBeCut ? Math.min(fullWidth, MIN_CUT_WIDTH) : fullWidth;
}

function widthOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
}

function cellText(text: string): string {
  return text === '' ? '-' : printable(text);
}

/** Takes from the widest cells that can be cut, until a line fits or no more can be taken. */
function fitWidths(columns: readonly Filled[], lineWidth: number | undefined): readonly number[] {
  const widths = columns.map(({ fullWidth }) => fullWidth);
  for (
    let surplus = widthOf(widths) - (lineWidth ?? Number.POSITIVE_INFINITY);
    surplus > 0;
    surplus--
  ) {
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
  const shown = cutEnd(text, width);
  return shown + ' '.repeat(width - displayWidth(shown));
}
