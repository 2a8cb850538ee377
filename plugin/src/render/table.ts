import type { pwru } from '../../../proto/gen/pwru.js';
import type { TimestampMode } from '../args/trace-options.ts';
import type { Dictionary } from '../dictionary.ts';
import type { EventCursor } from '../event-decoder.ts';
import { PacketClock } from '../packet-clock.ts';
import { printable } from '../printable.ts';
import { WallClock } from '../wall-clock.ts';
import type { CellContext } from './columns.ts';
import type { EventRenderer } from './event-renderer.ts';
import { type Layout, layoutFor, type PlacedColumn } from './layout.ts';
import type { Style } from './style.ts';

const INDENT = '    ';

export interface TableOptions {
  readonly timestamp: TimestampMode;
  readonly headers: boolean;
  readonly style: Style;
  /** Characters of a terminal's line; undefined when the output is not a terminal. */
  readonly terminalWidth: number | undefined;
}

/**
 * One row per event, columns as pwru's. A drop is red, with its reason and location beside FUNC, or on an indented line
 * of its own where the terminal is too narrow for both. Call stacks stand indented below their row.
 */
export class TableRenderer implements EventRenderer {
  readonly #options: TableOptions;
  readonly #packetClock = new PacketClock();
  #layout: Layout;
  #headerDue: boolean;
  #context: CellContext | undefined;
  /** Cells of the last event from the first that is no time up to FUNC, and what they were made for. */
  #packetCells = '';
  #packetCellsFor: { readonly layout: Layout; readonly revision: number } | undefined;

  constructor(options: TableOptions) {
    this.#options = options;
    this.#headerDue = options.headers;
    this.#layout = layoutFor(options.terminalWidth, options.timestamp);
  }

  /** Rows from now on are for a terminal of this width; the header is printed again before them. */
  resize(terminalWidth: number): void {
    this.#layout = layoutFor(terminalWidth, this.#options.timestamp);
    this.#headerDue = this.#options.headers;
  }

  start(started: pwru.v1.Started, dictionary: Dictionary): string {
    this.#packetCellsFor = undefined;
    this.#context = {
      dictionary,
      nodeLabel: printable(started.node === '' ? '-' : started.node),
      wallClock: new WallClock(started.bootToWallNs),
      packetClock: this.#packetClock,
    };
    return this.#headerIfDue();
  }

  event(cursor: EventCursor): string {
    const context = this.#context;
    if (context === undefined)
      throw new Error('Cannot render an event before the start of the session');
    if (this.#options.timestamp === 'relative' || this.#options.timestamp === 'delta') {
      this.#packetClock.advance(cursor);
    }
    const before = `${this.#timeCell(cursor, context)}${this.#cellsOf(cursor, context)}`;
    let row = this.#headerDue ? `${this.#headerIfDue()}${before}` : before;
    row += this.#functionCell(cursor, context.dictionary, before.length);
    for (const id of cursor.stackLocationIds) {
      row += `\n${INDENT}${context.dictionary.codeLocation(id)?.label ?? 'unknown'}`;
    }
    return `${row}\n`;
  }

  /** Empty without a time. */
  #timeCell(cursor: EventCursor, context: CellContext): string {
    const [first] = this.#layout.columns;
    if (first === undefined || this.#options.timestamp === 'none') return '';
    return `${this.#fit(first.column.cell(cursor, context), first)} `;
  }

  #cellsOf(cursor: EventCursor, context: CellContext): string {
    const made = this.#packetCellsFor;
    const layout = this.#layout;
    const { revision } = context.dictionary;
    if (made?.layout === layout && made.revision === revision && cursor.repeatsPacket) {
      return this.#packetCells;
    }
    let cells = '';
    for (let i = this.#options.timestamp === 'none' ? 0 : 1; i < layout.columns.length; i++) {
      const place = layout.columns[i] as PlacedColumn;
      cells += `${this.#fit(place.column.cell(cursor, context), place)} `;
    }
    this.#packetCells = cells;
    if (made?.layout !== layout || made.revision !== revision) {
      this.#packetCellsFor = { layout, revision };
    }
    return cells;
  }

  #functionCell(cursor: EventCursor, dictionary: Dictionary, widthBefore: number): string {
    const name = dictionary.function(cursor.functionId).label;
    const reason = dictionary.dropReason(cursor.dropReasonId);
    if (reason === undefined) return name;
    const { style } = this.#options;
    const location = dictionary.codeLocation(cursor.dropLocationId);
    const why = location === undefined ? reason.label : `${reason.label} at ${location.label}`;
    const { functionWidth, hasReasonColumn, rowWidth } = this.#layout;
    const beside = `${hasReasonColumn ? name.padEnd(functionWidth) : name} ${why}`;
    if (rowWidth === undefined || widthBefore + beside.length <= rowWidth)
      return style.drop(beside);
    return `${style.drop(name)}\n${INDENT}${style.drop(`dropped: ${why}`)}`;
  }

  #headerIfDue(): string {
    if (!this.#headerDue) return '';
    this.#headerDue = false;
    const { columns, functionWidth, hasReasonColumn } = this.#layout;
    const cells = columns.map((place) => this.#fit(place.column.header, place));
    cells.push(hasReasonColumn ? `${'FUNC'.padEnd(functionWidth)} REASON` : 'FUNC');
    return `${this.#options.style.header(cells.join(' '))}\n`;
  }

  #fit(text: string, { column, width }: PlacedColumn): string {
    if (text.length <= width) {
      return column.align === 'right' ? text.padStart(width) : text.padEnd(width);
    }
    if (column.cut === 'never' || this.#layout.rowWidth === undefined) return text;
    return column.cut === 'start' ? `~${text.slice(1 - width)}` : `${text.slice(0, width - 1)}~`;
  }
}
