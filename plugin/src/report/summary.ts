import Long from 'long';
import type { pwru } from '../../../proto/gen/pwru.js';
import { addAccounting, count, counted, grouped, lossTotals } from '../events/accounting.ts';
import { type DropClassName, droppedPackets } from '../events/drop-class.ts';
import type { NodeTrace } from '../trace/node-trace.ts';
import { endedGaps } from '../trace/partial-trace.ts';
import type { Gap } from '../trace/recovery.ts';
import type { TraceResult } from '../trace/trace-report.ts';

/** Beyond that only nodes are listed that were not traced all the time, or lost something. */
const MAX_NODE_LINES = 12;

/**
 * What a trace of a cluster came to, over all nodes; and a line for each node where they differ in how they are traced, or
 * where something is missing on one of them.
 */
export function clusterSummary(result: TraceResult, pods: number): string[] {
  const traced = result.nodes.filter(({ started }) => started !== undefined);
  const seconds = (result.durationMs / 1_000).toFixed(1);
  const what = `${pods === 0 ? '' : `${counted(pods, 'pod')} on `}${counted(traced.length, 'node')}`;
  return [
    `Traced for ${seconds} s: ${what}, ${functionsText(traced)}${gapsText(result.nodes)}`,
    accountingLine(result),
    ...dropsLines(result),
    ...nodeLines(result.nodes),
  ];
}

/** Of all nodes together. */
export function totalAccounting(nodes: readonly NodeTrace[]): pwru.v1.Accounting.$Properties {
  return nodes.reduce<pwru.v1.Accounting.$Properties>(
    (sum, { accounting }) => (accounting === undefined ? sum : addAccounting(sum, accounting)),
    {},
  );
}

function dropsLines({ nodes }: TraceResult): string[] {
  const text = dropsText(totalAccounting(nodes));
  return text === undefined ? [] : [text];
}

/**
 * One packet is one packet of a node, whatever copies of it there are. That two nodes saw the same one is not known: of
 * several nodes it is said how many there are at least and at most.
 */
function packetsText(nodes: readonly NodeTrace[]): string {
  const packets = nodes
    .map(({ accounting }) => count(accounting?.packets))
    .filter((number) => number > 0n);
  const sum = packets.reduce((total, number) => total + number, 0n);
  if (packets.length < 2) return counted(sum, 'packet');
  const [most = 0n] = packets.toSorted((a, b) => (a < b ? 1 : -1));
  return `${grouped(most)} to ${counted(sum, 'packet')} (seen on ${packets.length} nodes)`;
}

/** Where a session broke, it has delivered more than it last said: at least what is shown. */
function accountingLine({ nodes, shownEvents }: TraceResult): string {
  const total = totalAccounting(nodes);
  if (nodes.every(({ isAccountingExact }) => isAccountingExact)) {
    return accountingText(total, shownEvents, packetsText(nodes));
  }
  const shown = Long.fromNumber(shownEvents, true);
  const ends = total.deliveredEnds ?? Long.UZERO;
  const least = shown.add(ends);
  const delivered = total.deliveredEvents ?? Long.UZERO;
  const deliveredEvents = least.greaterThan(delivered) ? least : delivered;
  return `At least ${accountingText({ ...total, deliveredEvents }, shownEvents, packetsText(nodes))}`;
}

/** How a node is traced: `1,607 functions by kprobe.multi, 3 refused`. */
export function probesText({
  functionsAttached,
  refusedFunctions,
  backend,
}: pwru.v1.Started): string {
  const refused = refusedFunctions.length;
  return (
    `${counted(functionsAttached, 'function')} by ${backend}` +
    `${refused === 0 ? '' : `, ${grouped(refused)} refused`}`
  );
}

/** `8.2 s from 10:00:01.200Z`, or since when it lasts. */
export function gapText({ fromMs, toMs }: Gap): string {
  const from = `${new Date(fromMs).toISOString().slice('2026-11-24T'.length)}`;
  if (toMs === undefined) return `since ${from}`;
  return `for ${((toMs - fromMs) / 1_000).toFixed(1)} s from ${from}`;
}

function functionsText(traced: readonly NodeTrace[]): string {
  const groups = groupedBy(traced, ({ started }) => (started ? probesText(started) : ''));
  if (groups.size > 1) {
    return [...groups].map(([probes, nodes]) => `${probes} on ${namesOf(nodes)}`).join('; ');
  }
  const hits = traced.map(({ summary }) => summary?.functionsHit ?? 0);
  const [probes = 'no functions'] = groups.keys();
  return `${probes}, ${traced.length > 1 ? 'up to ' : ''}${grouped(Math.max(0, ...hits))} hit`;
}

function gapsText(nodes: readonly NodeTrace[]): string {
  const gaps = nodes.flatMap((node) => node.gaps);
  return gaps.length === 0 ? '' : `; ${counted(gaps.length, 'gap')}`;
}

function nodeLines(nodes: readonly NodeTrace[]): string[] {
  const probes = new Set(nodes.map(({ started }) => (started ? probesText(started) : '')));
  const flawed = nodes.filter(isFlawed);
  if (
    nodes.length < 2
      ? flawed.every(({ gaps }) => gaps.length === 0)
      : probes.size < 2 && flawed.length === 0
  )
    return [];
  const shown = nodes.length > MAX_NODE_LINES ? flawed : nodes;
  const others = nodes.length - shown.length;
  return [
    ...shown.map((node) => `  ${node.name}: ${nodeText(node)}`),
    ...(others > 0 ? [`  ${counted(others, 'other node')} without loss`] : []),
  ];
}

function isFlawed({ gaps, accounting, summary, started }: NodeTrace): boolean {
  if (gaps.length > 0 || (started !== undefined && summary === undefined)) return true;
  return (
    lossTotals(accounting?.losses ?? []).totalEvents > 0n || count(accounting?.missedHits) > 0n
  );
}

function nodeText({ started, summary, accounting, isAccountingExact, gaps }: NodeTrace): string {
  if (started === undefined) {
    return gaps.length === 0 ? 'was not ready yet' : `not traced: ${gaps.at(-1)?.cause}`;
  }
  const hits = summary === undefined ? '' : `, ${grouped(summary.functionsHit)} hit`;
  return [
    `${probesText(started)}${hits}`,
    `${isAccountingExact ? '' : 'at least '}${accountingText(accounting ?? {})}`,
    ...gaps.map((gap) => `not traced ${gapText(gap)} (${gap.cause})`),
  ].join('; ');
}

const dropClassTexts: Readonly<Record<DropClassName | 'unknown', string>> = {
  lost: 'lost',
  'not-known': "may be lost (another sk_buff had their bytes, perhaps a capture's)",
  copy: 'dropped while another copy arrived or lived',
  discarded: 'discarded after delivery',
  unwanted: 'for nobody here',
  'not-a-packet': 'not packets',
  unknown: 'of a class that this version does not know',
};

/**
 * What `--drops` came to: `1 packet lost; no loss: 3 discarded after delivery, 12 not packets`. Undefined when nothing was
 * dropped.
 */
export function dropsText({
  droppedPackets: dropped,
}: pwru.v1.Accounting.$Properties): string | undefined {
  const packets = droppedPackets(dropped ?? []);
  if (packets.size === 0) return undefined;
  const classes = [...packets.keys()];
  const isOpen = (name: DropClassName | 'unknown') => name === 'not-known' || name === 'unknown';
  const harmless = classes.filter((name) => name !== 'lost' && !isOpen(name));
  const text = (name: DropClassName | 'unknown') =>
    `${grouped(packets.get(name) ?? 0n)} ${dropClassTexts[name]}`;
  return [
    `${counted(packets.get('lost') ?? 0n, 'packet')} lost`,
    ...classes.filter(isOpen).map(text),
    ...(harmless.length === 0 ? [] : [`no loss: ${harmless.map(text).join(', ')}`]),
  ].join('; ');
}

/**
 * Events are those that are shown; of ends that nobody sees nothing is said. `7 packets, 9 events delivered, 3 lost (kernel ring full 3), 0 missed, 0 undecided`: what is zero and rare is left out.
 * @param packets instead of the number of packets
 */
export function accountingText(
  accounting: pwru.v1.Accounting.$Properties,
  shownEvents?: number,
  packets = counted(count(accounting.packets), 'packet'),
): string {
  const { totalEvents, byStage } = lossTotals(accounting.losses ?? []);
  const delivered = count(accounting.deliveredEvents) - count(accounting.deliveredEnds);
  const isAllShown = shownEvents === undefined || BigInt(shownEvents) === delivered;
  const parts = [
    packets,
    `${counted(delivered, 'event')} delivered`,
    ...(isAllShown ? [] : [`${grouped(shownEvents)} shown`]),
    ...optional(accounting.withheldEvents, 'of packets that were not lost held back'),
    `${grouped(totalEvents)} lost${byStage === '' ? '' : ` (${byStage})`}`,
    `${grouped(count(accounting.missedHits))} missed`,
    `${grouped(count(accounting.undecidedHits))} undecided`,
    ...optional(accounting.pendingEvents, 'pending'),
    ...optional(accounting.identityEvictions, 'packets no longer followed'),
    ...optional(accounting.identityFailures, 'packets without identity'),
    ...optional(accounting.identityCut, 'packets that may be told as two'),
  ];
  return parts.join(', ');
}

function optional(value: Parameters<typeof count>[0], words: string): string[] {
  const events = count(value);
  return events === 0n ? [] : [`${grouped(events)} ${words}`];
}

/** More are counted, not named. */
const MAX_NAMED = 3;

/** `n1`, `n1, n2 and n3`, `n1, n2, n3 and 4 more`. */
export function listed(names: readonly string[]): string {
  if (names.length > MAX_NAMED)
    return `${names.slice(0, MAX_NAMED).join(', ')} and ${names.length - MAX_NAMED} more`;
  const [last] = names.slice(-1);
  return names.length < 2 ? (last ?? '') : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** What makes a trace partial, for its summary; undefined: nothing does. */
export function partialText({
  nodes,
  closed,
}: Pick<TraceResult, 'nodes' | 'closed'>): string | undefined {
  const { totalEvents } = lossTotals(totalAccounting(nodes).losses ?? []);
  const gaps = nodes.reduce((sum, node) => sum + endedGaps(node), 0);
  const incomplete = nodes.filter((node) => !closed.has(node) && node.isIncomplete);
  const [untraced, others] = [
    incomplete.filter(({ started }) => started === undefined),
    incomplete.filter(({ started }) => started !== undefined),
  ];
  const causes = [
    ...(totalEvents > 0n ? [`${counted(totalEvents, 'event')} lost`] : []),
    ...(gaps > 0 ? [counted(gaps, 'gap')] : []),
    ...(untraced.length > 0 ? [`${namesOf(untraced)} not traced`] : []),
    ...(others.length > 0 ? [`${namesOf(others)} not traced in full`] : []),
  ];
  return causes.length === 0 ? undefined : `Partial trace: ${causes.join(', ')}`;
}

/** The same of nodes. */
export function namesOf(nodes: readonly NodeTrace[]): string {
  return listed(nodes.map(({ name }) => name));
}

/** Items by what they have in common, in the order of the first of each. */
export function groupedBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
