import type { CommandOutput } from '../../terminal/output.ts';
import { listed, printableJson } from '../../terminal/text.ts';
import { printTable } from '../../terminal/text-table.ts';

/** What came of one check. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  /** `warning`: traces work, and less well than they could. `failure`: something does not work. */
  readonly status: 'ok' | 'warning' | 'failure';
  /** Empty: it is about no node. */
  readonly nodes: readonly string[];
  /** One sentence. */
  readonly detail: string;
  /** What helps; empty when nothing has to. */
  readonly remedy: string;
}

type Told = Partial<Pick<Finding, 'nodes' | 'remedy'>>;

export function ok(check: string, detail: string, { nodes = [] }: Told = {}): Finding {
  return { check, status: 'ok', nodes, detail, remedy: '' };
}

export function warning(check: string, detail: string, { nodes = [], remedy = '' }: Told): Finding {
  return { check, status: 'warning', nodes, detail, remedy };
}

export function failure(check: string, detail: string, { nodes = [], remedy = '' }: Told): Finding {
  return { check, status: 'failure', nodes, detail, remedy };
}

/** One finding of those that differ in nothing but their node. */
export function mergeNodes(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const { check, status, detail, remedy, nodes } = finding;
    const key = JSON.stringify([check, status, detail, remedy]);
    const before = merged.get(key);
    merged.set(key, before ? { ...before, nodes: [...before.nodes, ...nodes] } : finding);
  }
  return [...merged.values()];
}

/** Prints a line for each. Nothing is cut: a remedy that is not whole helps nobody. */
export function printFindings(
  findings: readonly Finding[],
  { format, headers }: { readonly format: 'table' | 'json'; readonly headers: boolean },
  output: CommandOutput,
): void {
  if (format === 'json') {
    output.print(...findings.map((finding) => printableJson(finding)));
    return;
  }
  printTable(output, {
    headers,
    rows: findings,
    columns: [
      { header: 'RESULT', text: ({ status }) => status },
      { header: 'CHECK', text: ({ check }) => check },
      { header: 'DETAIL', text: detailText },
    ],
  });
}

function detailText({ nodes, detail, remedy }: Finding): string {
  const where = nodes.length === 0 ? '' : `${listed(nodes)}: `;
  return `${where}${detail}${remedy === '' ? '' : `; what helps: ${remedy}`}`;
}
