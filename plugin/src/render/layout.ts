import type { TimestampMode, TracedPlace } from '../cli/trace-options.ts';
import { type Column, columnsFor, withoutNode } from './columns.ts';

/** From here on all columns of a machine are shown, and a cluster's leave room for REASON. */
const FULL_WIDTH = 160;
/** `__netif_receive_skb_one_core`. */
const FUNCTION_WIDTH = 28;
/** `NETFILTER_DROP at nf_hook_slow+0x9e`, with a little more. */
const REASON_WIDTH = 39;
/** What cells are cut to at least: `~.0.1:38370->10.0.0.2:80(tcp:SYN)`. */
const MIN_CUT_WIDTH = 33;

/** Where everything stands in a row. */
export interface Layout {
  readonly columns: readonly PlacedColumn[];
  /** FUNC is padded to this in rows that have a reason beside it; longer names are not cut. */
  readonly functionWidth: number;
  /** The reason of a drop has a column of its own behind FUNC. */
  readonly hasReasonColumn: boolean;
  /** Characters of a row; undefined: rows may have any length and nothing is cut. */
  readonly rowWidth: number | undefined;
}

export interface PlacedColumn {
  readonly column: Column;
  readonly width: number;
}

/**
 * The table for a terminal of `terminalWidth` characters, or for a file or pipe (undefined): there every column has its
 * full width and no text is cut, so that a longer one only pushes its own row aside.
 *
 * On a terminal cells are cut to their column, and columns go, the least useful first, until FUNC keeps 28 characters;
 * TUPLE and a time that was asked for always stay. What is left over goes to REASON, to the columns and to FUNC.
 */
export function layoutFor(
  terminalWidth: number | undefined,
  timestamp: TimestampMode,
  place: TracedPlace = 'machine',
): Layout {
  if (terminalWidth === undefined) {
    const columns = columnsFor(timestamp, { place, wide: true }).map((column) => ({
      column,
      width: column.maxWidth,
    }));
    return { columns, functionWidth: 32, hasReasonColumn: true, rowWidth: undefined };
  }
  const room = terminalWidth - FUNCTION_WIDTH;
  const wide = terminalWidth >= FULL_WIDTH;
  const reserved = wide && place === 'cluster' ? REASON_WIDTH + 1 : 0;
  const chosen = withoutNode(
    chooseColumns(columnsFor(timestamp, { place, wide }), room - reserved),
  );
  const leftOver = room - widthOf(chosen);
  const hasReasonColumn = leftOver >= REASON_WIDTH + 1;
  const reasonWidth = hasReasonColumn ? REASON_WIDTH + 1 : 0;
  const columns = leftOver < 0 ? narrow(chosen, -leftOver) : widen(chosen, leftOver - reasonWidth);
  const widthBefore = columns.reduce((sum, { width }) => sum + width + 1, 0);
  const functionWidth = terminalWidth - widthBefore - reasonWidth;
  return { columns, functionWidth, hasReasonColumn, rowWidth: terminalWidth };
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + width + 1, 0);
}

/** The most useful ones that fit into `room`, in their order; those of rank 0 and below whether they fit or not. */
function chooseColumns(candidates: readonly Column[], room: number): readonly Column[] {
  const chosen = new Set<Column>();
  for (const column of [...candidates].sort((a, b) => a.rank - b.rank)) {
    if (column.rank <= 0 || widthOf([...chosen, column]) <= room) chosen.add(column);
  }
  return candidates.filter((column) => chosen.has(column));
}

/** Takes what is missing from the columns that can be cut. */
function narrow(chosen: readonly Column[], missing: number): readonly PlacedColumn[] {
  let remaining = missing;
  return chosen.map((column) => {
    const spare = column.cut !== 'never' ? Math.max(0, column.width - MIN_CUT_WIDTH) : 0;
    const taken = Math.min(spare, remaining);
    remaining -= taken;
    return { column, width: column.width - taken };
  });
}

/** Gives the columns, one character each in turn, what they can still use of `leftOver`. */
function widen(chosen: readonly Column[], leftOver: number): readonly PlacedColumn[] {
  const placed = chosen.map((column) => ({ column, width: column.width }));
  let remaining = leftOver;
  let growing = placed;
  while (remaining > 0 && growing.length > 0) {
    growing = growing.filter(({ column, width }) => width < column.maxWidth);
    for (const place of growing.slice(0, remaining)) {
      place.width++;
      remaining--;
    }
  }
  return placed;
}
