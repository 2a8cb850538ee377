import { counted, grouped } from '../accounting.ts';
import { probesText } from './cluster-summary.ts';
import { clockLines, versionLines } from './node-differences.ts';
import { groupedBy, namesOf } from './node-lists.ts';
import type { NodeState } from './node-state.ts';
import type { NodeTrace } from './node-trace.ts';
import { rejectedLines } from './rejected-backends.ts';

/** What a trace of a cluster begins with. `subject`: what is traced, `hint`: what ends the first line. */
export function beginLines(
  nodes: readonly NodeTrace[],
  { subject, hint }: { subject: string; hint: string },
): string[] {
  const groups = groupedBy(nodes, ({ started }) =>
    started === undefined ? '' : `(${started.kernelRelease}): ${probesText(started)}`,
  );
  const [probes] = groups.keys();
  const first =
    groups.size === 1
      ? [`Tracing ${subject} on ${namesOf(nodes)} ${probes}${hint}`]
      : [
          `Tracing ${subject} on ${counted(nodes.length, 'node')}${hint}`,
          ...[...groups].map(([text, group]) => `  ${namesOf(group)} ${text}`),
        ];
  return [...first, ...noticeLines(nodes), ...versionLines(nodes), ...clockLines(nodes)];
}

/** What agents have to say, each once. */
function noticeLines(nodes: readonly NodeTrace[]): string[] {
  const all = nodes.flatMap((node) => [
    ...rejectedLines(node.started?.rejectedBackends ?? []).map((text) => ({ node, text })),
    ...(node.started?.notices ?? []).map((notice) => ({ node, text: `Note: ${notice}` })),
  ]);
  return [...groupedBy(all, ({ text }) => text)].map(([text, told]) =>
    told.length === nodes.length ? text : `${namesOf(told.map(({ node }) => node))}: ${text}`,
  );
}

/** How far it is until all are ready: `2 of 5 nodes ready, n3 800/1,607`; undefined when none is on its way. */
export function progressOfStart(nodes: readonly NodeTrace[], ready: number): string | undefined {
  const slowest = slowestOf(nodes);
  if (slowest === undefined) return undefined;
  const { name, state } = slowest;
  const own =
    state.kind === 'attaching'
      ? `${grouped(state.done)}/${grouped(state.total)}`
      : `is ${state.kind}`;
  return `${nodes.length === 1 ? '' : `${ready} of ${nodes.length} nodes ready, `}${name} ${own}`;
}

function slowestOf(nodes: readonly NodeTrace[]): NodeTrace | undefined {
  const order: ReadonlyArray<NodeState['kind']> = ['connecting', 'preparing', 'attaching'];
  for (const kind of order) {
    const [slowest] = nodes
      .filter(({ state }) => state.kind === kind)
      .sort((a, b) => doneOf(a) - doneOf(b));
    if (slowest !== undefined) return slowest;
  }
  return undefined;
}

/** 0 to 1. */
function doneOf({ state }: NodeTrace): number {
  return state.kind === 'attaching' && state.total > 0 ? state.done / state.total : 0;
}
