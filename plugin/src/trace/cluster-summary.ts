import Long from 'long';
import type { pwru } from '../../../proto/gen/pwru.js';
import { addAccounting, count, counted, grouped, lossTotals } from '../accounting.ts';
import { accountingText, dropsText } from './accounting-text.ts';
import { groupedBy, namesOf } from './node-lists.ts';
import type { Gap } from './node-state.ts';
import type { NodeTrace } from './node-trace.ts';
import type { TraceResult } from './trace-report.ts';

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
  const delivered = total.deliveredEvents ?? Long.UZERO;
  const deliveredEvents = shown.greaterThan(delivered) ? shown : delivered;
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
