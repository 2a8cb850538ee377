import { pwru } from '../../../proto/gen/pwru.js';
import type { TimestampMode, TracedPlace } from '../cli/trace-options.ts';
import { WallClock } from '../events/clocks.ts';
import type { TracedSession } from '../events/consumer.ts';
import type { EventCursor } from '../events/cursor.ts';
import { detailsOf } from '../events/details.ts';
import type { Dictionary } from '../events/dictionary.ts';
import type { PacketEnd } from '../events/journeys.ts';
import { packetKey } from '../events/packets.ts';
import type { Style } from '../terminal/style.ts';
import { cutEnd, cutMiddle, cutStart, displayWidth, printable } from '../terminal/text.ts';
import { TextBuffer } from '../terminal/text-buffer.ts';
import type { CellContext } from './columns.ts';
import { EndpointNames, type NameLookup } from './endpoint-names.ts';
import { type Layout, layoutFor, type PlacedColumn } from './layout.ts';
import { lossText, wrapped } from './loss-text.ts';
import type { EventRenderer, SessionRenderer } from './renderer.ts';
import { TupleMemo, tupleText } from './tuple.ts';

const { MtuSource } = pwru.v1;

const INDENT = '    ';
const NEWLINE = 0x0a;

export interface TableOptions {
  readonly timestamp: TimestampMode;
  readonly headers: boolean;
  readonly style: Style;
  /** Characters of a terminal's line; undefined when the output is not a terminal. */
  readonly terminalWidth: number | undefined;
  readonly place: TracedPlace;
  /** Names of addresses; undefined: they are shown as they are. */
  readonly names?: NameLookup | undefined;
}

/**
 * One row per event, columns as pwru's. A drop is red, with its reason and location beside FUNC, or on an indented line
 * of its own where the terminal is too narrow for both. Call stacks stand indented below their row.
 */
export class TableRenderer implements EventRenderer {
  readonly showsEnds = true;
  readonly #options: TableOptions;
  #layout: Layout;
  #headerDue: boolean;

  constructor(options: TableOptions) {
    this.#options = options;
    this.#headerDue = options.headers;
    this.#layout = this.#layoutFor(options.terminalWidth);
  }

  get options(): TableOptions {
    return this.#options;
  }

  get layout(): Layout {
    return this.#layout;
  }

  /** Rows from now on are for a terminal of this width; the header is printed again before them. */
  resize(terminalWidth: number): void {
    this.#layout = this.#layoutFor(terminalWidth);
    this.#headerDue = this.#options.headers;
  }

  start(): string {
    return this.headerIfDue();
  }

  /** Times of packets only where a column shows them. */
  get needs(): 'events' | 'times' {
    return ['relative', 'delta'].includes(this.#options.timestamp) ? 'times' : 'events';
  }

  open(session: TracedSession): SessionRenderer {
    return new TableSession(this, session);
  }

  get isHeaderDue(): boolean {
    return this.#headerDue;
  }

  /** The header once, then nothing until the next `resize`. */
  headerIfDue(): string {
    if (!this.#headerDue) return '';
    this.#headerDue = false;
    const { columns, functionWidth, hasReasonColumn, rowWidth } = this.#layout;
    const cells = columns.map((place) => fitted(place.column.header, place, rowWidth));
    cells.push(hasReasonColumn ? `${'FUNC'.padEnd(functionWidth)} REASON` : 'FUNC');
    return `${this.#options.style.header(cells.join(' '))}\n`;
  }

  #layoutFor(terminalWidth: number | undefined): Layout {
    const { timestamp, place } = this.#options;
    return layoutFor(terminalWidth, timestamp, place);
  }
}

/** Rows of one session's events. */
class TableSession implements SessionRenderer {
  readonly #table: TableRenderer;
  readonly #context: CellContext;
  /** Cells of the last event from the first that is no time up to FUNC, and what they were made for. */
  readonly #packetCells = new TextBuffer();
  #packetBytes = this.#packetCells.view();
  #packetColumns = 0;
  /** Of packets with a drop whose end was not told yet: as many as `Journeys` knows at most. */
  readonly #droppedTuples = new Map<number | bigint, string>();
  #packetCellsFor: { readonly layout: Layout; readonly revision: number } | undefined;

  constructor(table: TableRenderer, { node, started, dictionary, times }: TracedSession) {
    const { names } = table.options;
    const wallClock = new WallClock(started.bootToWallNs);
    this.#table = table;
    this.#context = {
      dictionary,
      nodeLabel: printable(node === '' ? '-' : node),
      wallClock,
      packetTimes: times,
      names: names && new EndpointNames(names, wallClock),
      tuple: new TupleMemo(),
    };
  }

  event(cursor: EventCursor, out: TextBuffer): void {
    const { dictionary } = this.#context;
    const { timestamp } = this.#table.options;
    if (this.#table.isHeaderDue) out.text(this.#table.headerIfDue());
    if (!this.#isPacketRepeated(cursor)) this.#renew(cursor);
    const time = timestamp === 'none' ? '' : this.#timeCell(cursor);
    if (time !== '') out.text(time);
    out.bytes(this.#packetBytes);
    if (cursor.dropReasonId === 0)
      out.fragment(dictionary.function(cursor.functionId).labelFragment);
    else {
      out.text(this.#droppedCell(cursor, time.length + this.#packetColumns));
      this.#noteDropped(cursor);
    }
    const { stackLocationIds } = cursor;
    for (let i = 0; i < stackLocationIds.length; i++) {
      const id = stackLocationIds[i] as number;
      out.text(`\n${INDENT}${dictionary.codeLocation(id)?.label ?? 'unknown'}`);
    }
    out.character(NEWLINE);
  }

  /** A line of its own closes what was lost, or may be. */
  packetEnded(end: PacketEnd, out: TextBuffer): void {
    if (end.drop === undefined) return;
    const key = packetKey(end.idHigh, end.idLow);
    const tuple = this.#droppedTuples.get(key);
    this.#droppedTuples.delete(key);
    const text = lossText(end, tuple, this.#context);
    if (text === undefined) return;
    if (this.#table.isHeaderDue) out.text(this.#table.headerIfDue());
    const { rowWidth } = this.#table.layout;
    for (const line of wrapped(
      text,
      rowWidth === undefined ? undefined : rowWidth - INDENT.length,
    )) {
      out.text(`${INDENT}${this.#table.options.style.drop(line)}\n`);
    }
  }

  /** For the line at the packet's end. */
  #noteDropped(cursor: EventCursor): void {
    const { packetIdHigh, packetIdLow } = cursor;
    if ((packetIdHigh | packetIdLow) === 0 || cursor.ipVersion === 0) return;
    const tuple = tupleText(cursor, this.#context.names);
    this.#droppedTuples.set(packetKey(packetIdHigh, packetIdLow), tuple);
  }

  #timeCell(cursor: EventCursor): string {
    const [first] = this.#table.layout.columns;
    if (first === undefined) return '';
    return `${this.#cell(first, cursor)} `;
  }

  /** The cells that were made for the event before are right for this one. */
  #isPacketRepeated(cursor: EventCursor): boolean {
    const made = this.#packetCellsFor;
    return (
      made?.layout === this.#table.layout &&
      made.revision === this.#context.dictionary.revision &&
      cursor.repeatsPacket
    );
  }

  #renew(cursor: EventCursor): void {
    const { layout, options } = this.#table;
    const { revision } = this.#context.dictionary;
    const cells = this.#packetCells;
    let text = '';
    for (let i = options.timestamp === 'none' ? 0 : 1; i < layout.columns.length; i++) {
      text += `${this.#cell(layout.columns[i] as PlacedColumn, cursor)} `;
    }
    cells.clear();
    cells.text(text);
    this.#packetBytes = cells.view();
    this.#packetColumns = displayWidth(text);
    const made = this.#packetCellsFor;
    if (made?.layout !== layout || made.revision !== revision) {
      this.#packetCellsFor = { layout, revision };
    }
  }

  #cell(place: PlacedColumn, cursor: EventCursor): string {
    const { rowWidth } = this.#table.layout;
    const width = rowWidth === undefined ? undefined : place.width;
    return fitted(place.column.cell(cursor, this.#context, width), place, rowWidth);
  }

  /** FUNC of a drop, and why. @param widthBefore characters before it in its row */
  #droppedCell(cursor: EventCursor, widthBefore: number): string {
    const { dictionary } = this.#context;
    const name = dictionary.function(cursor.functionId).label;
    const reason = dictionary.dropReason(cursor.dropReasonId);
    if (reason === undefined) return name;
    const { style } = this.#table.options;
    const location = dictionary.codeLocation(cursor.dropLocationId);
    const where = location === undefined ? '' : `at ${location.label}`;
    const meaning = dictionary.dropMeaning(cursor.dropReasonId).label;
    const why = [
      `${reason.label}${mtuText(cursor, reason.label, dictionary)}`,
      `${where}${meaning}`,
    ]
      .filter((part) => part !== '')
      .join(' ');
    const { functionWidth, hasReasonColumn, rowWidth } = this.#table.layout;
    const beside = `${hasReasonColumn ? name.padEnd(functionWidth) : name} ${why}`;
    if (rowWidth === undefined || widthBefore + beside.length <= rowWidth)
      return style.drop(beside);
    return `${style.drop(name)}\n${INDENT}${style.drop(`dropped${reason.label === '' ? '' : ':'} ${why}`)}`;
  }
}

/** The reason of packets that are larger than their way takes (include/net/dropreason-core.h). */
const TOO_BIG = 'PKT_TOO_BIG';

/** ` (mtu 1400 of r1)` behind that reason: whose MTU it was; nothing behind others. */
function mtuText(cursor: EventCursor, reason: string, dictionary: Dictionary): string {
  if (reason !== TOO_BIG) return '';
  const { mtuSource = 0, mtuInterfaceIndex = 0 } = detailsOf(cursor) ?? {};
  if (mtuSource === MtuSource.MTU_SOURCE_ROUTE) return ` (mtu ${cursor.mtuBytes} of the route)`;
  const device =
    mtuSource === MtuSource.MTU_SOURCE_ROUTE_DEVICE
      ? dictionary.interfaceAt(cursor.netnsInode, mtuInterfaceIndex)
      : dictionary.interface(cursor.interfaceId)?.label;
  return ` (mtu ${cursor.mtuBytes} of ${device ?? 'its device'})`;
}

/** As many as asked for; `padEnd` takes ten times as long. */
const spacesByCount: string[] = Array.from({ length: 81 }, (_, count) => ' '.repeat(count));

function spaces(count: number): string {
  return spacesByCount[count] ?? ' '.repeat(count);
}

const cuts = { start: cutStart, middle: cutMiddle, end: cutEnd } as const;

function fitted(
  text: string,
  { column, width }: PlacedColumn,
  rowWidth: number | undefined,
): string {
  const surplus = displayWidth(text) - width;
  if (surplus > 0) {
    if (column.cut === 'never' || rowWidth === undefined) return text;
    const shown = cuts[column.cut](text, width);
    // A character of two columns may leave one free.
    return shown + spaces(width - displayWidth(shown));
  }
  const padding = spaces(-surplus);
  return column.align === 'right' ? padding + text : text + padding;
}
