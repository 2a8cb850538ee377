import type { TimestampMode, TracedPlace } from '../cli/trace-options.ts';
import type { WallClock } from '../events/clocks.ts';
import type { EventCursor } from '../events/cursor.ts';
import type { Dictionary } from '../events/dictionary.ts';
import type { PacketTimes } from '../events/packets.ts';
import { hexAddress } from '../terminal/text-buffer.ts';
import type { EndpointNames } from './endpoint-names.ts';
import { type TupleMemo, tupleText } from './tuple.ts';

/** What cells are made from, beside the event. */
export interface CellContext {
  readonly dictionary: Dictionary;
  readonly nodeLabel: string;
  readonly wallClock: WallClock;
  /** Advanced to the event before its cells are made. */
  readonly packetTimes: PacketTimes;
  /** Undefined: addresses are shown as they are. */
  readonly names: EndpointNames | undefined;
  readonly tuple: TupleMemo;
}

/** A column before FUNC. Widths in characters. */
export interface Column {
  readonly header: string;
  readonly width: number;
  /** What it grows to where there is room. */
  readonly maxWidth: number;
  /** Where a longer text gives way to `~`; numbers are never cut. */
  readonly cut: 'start' | 'middle' | 'end' | 'never';
  readonly align: 'left' | 'right';
  /** The higher, the sooner it goes when the terminal is narrow; 0 and below stay. */
  readonly rank: number;
  /** @param width undefined where rows may have any length */
  cell(event: EventCursor, context: CellContext, width: number | undefined): string;
}

const fixed = { cut: 'never', align: 'left' } as const;
const text = { cut: 'start', align: 'left' } as const;

/** In the order of pwru's own columns, with NODE before NETNS. */
const columns: readonly Column[] = [
  {
    ...fixed,
    ...{ header: 'SKB', width: 18, maxWidth: 18, rank: 5 },
    cell: (event) => hexAddress(event.skbAddressHigh, event.skbAddressLow),
  },
  {
    ...fixed,
    ...{ header: 'CPU', width: 3, maxWidth: 3, rank: 4 },
    cell: (event) => String(event.cpu),
  },
  {
    ...text,
    ...{ header: 'PROCESS', width: 10, maxWidth: 23, rank: 3 },
    cell: (event, { dictionary }) => dictionary.process(event.processId)?.label ?? '-',
  },
  {
    ...text,
    ...{ header: 'NODE', width: 7, maxWidth: 16, rank: 7, cut: 'end' },
    cell: (_, { nodeLabel }) => nodeLabel,
  },
  {
    ...text,
    ...{ header: 'NETNS', width: 10, maxWidth: 16, rank: 2 },
    cell: (event, { dictionary }) => dictionary.netns(event.netnsInode)?.label ?? '-',
  },
  {
    ...fixed,
    ...{ header: 'MARK/x', width: 8, maxWidth: 8, rank: 9 },
    cell: (event) => event.mark.toString(16),
  },
  {
    ...text,
    ...{ header: 'IFACE', width: 8, maxWidth: 19, rank: 1 },
    cell: (event, { dictionary }) => dictionary.interface(event.interfaceId)?.label ?? '-',
  },
  {
    ...fixed,
    ...{ header: 'PROTO', width: 6, maxWidth: 6, rank: 8 },
    cell: (event) => `0x${event.etherType.toString(16).padStart(4, '0')}`,
  },
  {
    ...fixed,
    ...{ header: 'MTU', width: 5, maxWidth: 5, rank: 10 },
    cell: (event) => String(event.mtuBytes),
  },
  {
    ...fixed,
    ...{ header: 'LEN', width: 5, maxWidth: 5, rank: 6 },
    cell: (event) => String(event.lengthBytes),
  },
  {
    ...text,
    ...{ header: 'TUPLE', width: 41, maxWidth: 57, rank: 0 },
    cell: (event, { tuple }) => tuple.text(event),
  },
];

/**
 * What differs where a cluster is traced: pods and names of addresses are what one looks for, and longer. `wide`: of a
 * terminal that has room.
 */
function clusterColumns(wide: boolean): readonly Column[] {
  const changes: Readonly<Record<string, Partial<Column>>> = {
    NODE: {
      ...{ width: wide ? 10 : 8, maxWidth: 24, rank: 2, cut: 'middle' },
      cell: (_, { nodeLabel }) => hostName(nodeLabel),
    },
    NETNS: { header: 'POD', width: wide ? 18 : 12, maxWidth: 36, rank: 1, cut: 'middle' },
    IFACE: { rank: 3 },
    PROCESS: { rank: 4 },
    CPU: { rank: 6 },
    LEN: { rank: 7 },
    TUPLE: {
      ...{ width: wide ? 50 : 38, maxWidth: 80 },
      cell: (event, { names }, width) => tupleText(event, names, width),
    },
  };
  return columns.map((column) => ({ ...column, ...changes[column.header] }));
}

/** Where there is no room for NODE: `@node-1` for what is in the node's own network, which no pod is called. */
export function withoutNode(chosen: readonly Column[]): readonly Column[] {
  if (chosen.some(({ header }) => header === 'NODE')) return chosen;
  return chosen.map((column) => {
    if (column.header !== 'POD') return column;
    const cell: Column['cell'] = (event, context, width) =>
      context.dictionary.isNodeNetns(event.netnsInode)
        ? `@${hostName(context.nodeLabel)}`
        : column.cell(event, context, width);
    return { ...column, cell };
  });
}

/** Without the domain, which nodes of a cluster share; whole where that would leave a number, as of an address. */
function hostName(node: string): string {
  return /^[^.]*[a-z][^.]*(?=\.)/i.exec(node)?.[0] ?? node;
}

const machineOrCluster = {
  machine: { narrow: columns, wide: columns },
  cluster: { narrow: clusterColumns(false), wide: clusterColumns(true) },
} as const satisfies Readonly<Record<TracedPlace, unknown>>;

/** Without decimals smaller than a microsecond, and without the date: for terminals narrower than the full table. */
const narrowTime: Column = {
  ...fixed,
  ...{ header: 'TIME', width: 15, maxWidth: 15, rank: -1 },
  cell: (event, { wallClock }) =>
    wallClock
      .format(event.bootTimeNsHigh, event.bootTimeNsLow)
      .slice('2026-11-22T'.length, -'789Z'.length),
};

const fullTime: Column = {
  ...fixed,
  ...{ header: 'TIME', width: 30, maxWidth: 30, rank: -1 },
  cell: (event, { wallClock }) => wallClock.format(event.bootTimeNsHigh, event.bootTimeNsLow),
};

const relativeTime: Column = {
  ...{ header: 'RELATIVE/us', width: 12, maxWidth: 12, rank: -1 },
  ...{ cut: 'never', align: 'right' },
  cell: (_, { packetTimes }) => microseconds(packetTimes.sinceFirstNs),
};

const deltaTime: Column = {
  ...{ header: 'DELTA/us', width: 12, maxWidth: 12, rank: -1 },
  ...{ cut: 'never', align: 'right' },
  cell: (_, { packetTimes }) => microseconds(packetTimes.sincePreviousNs),
};

function microseconds(ns: number): string {
  return (ns / 1_000).toFixed(3);
}

/**
 * All columns that a table may have before FUNC, in order.
 * @param wide of a terminal with room for all of a machine's, or of a file
 */
export function columnsFor(
  timestamp: TimestampMode,
  { place, wide }: { place: TracedPlace; wide: boolean },
): readonly Column[] {
  const all = machineOrCluster[place][wide ? 'wide' : 'narrow'];
  switch (timestamp) {
    case 'none':
      return all;
    case 'absolute':
      return [wide ? fullTime : narrowTime, ...all];
    case 'relative':
      return [relativeTime, ...all];
    case 'delta':
      return [deltaTime, ...all];
  }
}
