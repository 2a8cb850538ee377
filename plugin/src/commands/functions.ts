import { createHash } from 'node:crypto';
import { pwru } from '../../../proto/gen/pwru.js';
import type { QueryableAgent } from '../agents/agent-client.ts';
import type { FunctionsOptions } from '../cli/parse-command.ts';
import { counted, grouped } from '../events/accounting.ts';
import type { ExitCode } from '../exit-code.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { listed, printableJson } from '../terminal/text.ts';
import { printTable } from '../terminal/text-table.ts';
import { tellFailures, withAgents } from './ask-agents.ts';
import { askAlike } from './ask-alike.ts';
import type { AskableAgent } from './askable-agent.ts';
import { kernelsOf, type NodeKernels } from './node-kernels.ts';

/** What a trace would probe on some nodes, which are alike in this. */
interface FunctionsOfNodes {
  /** Those that were asked, at least one. */
  readonly nodes: string[];
  /** Not asked, since one of these has a kernel of the same release. */
  readonly sameKernel: string[];
  /** Of the kernels of the nodes that were not asked. */
  readonly releases: Set<string>;
  readonly functions: readonly pwru.v1.ProbedFunction.$Properties[];
  readonly refused: readonly pwru.v1.RefusedFunction.$Properties[];
  /** Left out of all modules. */
  readonly modulesWithoutTypes: readonly string[];
}

/** That few refused functions are told one by one below a table. */
const MAX_REFUSED_TOLD = 10;

export function runFunctions(options: FunctionsOptions, output: CommandOutput): Promise<ExitCode> {
  return withAgents(options, output, async (agents, api) => {
    // Nodes that are named are meant one by one.
    const isShared = api !== undefined && options.nodes.length === 0;
    const kernels = isShared ? await kernelsOf(api, agents) : new Map();
    return printFunctions(agents, options, output, kernels);
  });
}

/**
 * Prints what a trace would probe on each node, once for nodes that are alike. Of nodes whose kernels are of one release only
 * one is asked, unless it is about modules, of which each node has loaded its own.
 */
export async function printFunctions(
  agents: readonly AskableAgent[],
  options: FunctionsOptions,
  output: CommandOutput,
  kernels: NodeKernels = new Map(),
): Promise<ExitCode> {
  const groups = new Map<string, FunctionsOfNodes>();
  const asksEach = options.modules === 'all' || options.modules.length > 0;
  const kindOf = ({ node }: AskableAgent) => (asksEach ? undefined : kernels.get(node)?.kind);
  const shared = await askAlike(agents, kindOf, async (agent, { node }) => {
    const { key, lists } = await functionsOf(agent, options);
    const group = groups.get(key);
    // The lists of nodes that are alike are let go at once: there may be thousands.
    const same = group ?? { nodes: [], sameKernel: [], releases: new Set(), ...lists };
    groups.set(key, same);
    same.nodes.push(node);
    return same;
  });
  for (const { answers, alike } of shared) {
    const [answer] = answers;
    if (answer?.kind !== 'answered') continue;
    answer.value.sameKernel.push(...alike.map(({ node }) => node));
    const release = kernels.get(answer.from.node)?.release;
    if (alike.length > 0 && release !== undefined) answer.value.releases.add(release);
  }
  const answers = shared.flatMap((each) => each.answers);
  const all = [...groups.values()]
    .map((group) => ({
      ...group,
      nodes: [...group.nodes].sort(),
      sameKernel: [...group.sameKernel].sort(),
    }))
    .sort((a, b) => ((a.nodes[0] ?? '') < (b.nodes[0] ?? '') ? -1 : 1));
  if (options.output === 'json') output.print(...all.map(jsonOf));
  else for (const [index, group] of all.entries()) printGroup(group, { index, options, output });
  return tellFailures(answers, output, options.functionRegex);
}

async function functionsOf(agent: QueryableAgent, options: FunctionsOptions) {
  const { functionRegex = '', backend = '', modules } = options;
  const answer = await agent.listFunctions({
    functionRegex,
    backend,
    modules: modules === 'all' ? [] : [...modules],
    allModules: modules === 'all',
  });
  const lists = {
    functions: [...answer.functions].sort(byName),
    refused: [...answer.refused].sort(byName),
    modulesWithoutTypes: [...answer.modulesWithoutTypes].sort(),
  };
  const bytes = pwru.v1.ListFunctionsResponse.encode(lists).finish();
  return { key: createHash('sha256').update(bytes).digest('base64'), lists };
}

interface Named {
  readonly name?: string | null;
  readonly module?: string | null;
}

function byName(a: Named, b: Named): number {
  const order = compare(a.name ?? '', b.name ?? '');
  return order === 0 ? compare(a.module ?? '', b.module ?? '') : order;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function printGroup(
  { nodes, sameKernel, releases, functions, refused, modulesWithoutTypes }: FunctionsOfNodes,
  {
    index,
    options,
    output,
  }: {
    readonly index: number;
    readonly options: FunctionsOptions;
    readonly output: CommandOutput;
  },
): void {
  if (index > 0) output.print('');
  if (functions.length > 0) {
    printTable(output, {
      columns: [
        { header: 'FUNCTION', text: ({ name }) => name ?? '' },
        { header: 'MODULE', text: ({ module }) => module ?? '' },
        { header: 'ARG', text: ({ argument }) => `${argument ?? 0}` },
        { header: 'TYPE', text: typeText },
      ],
      rows: functions,
      headers: options.headers,
    });
  }
  const what = functions.some(({ tracepoint }) => tracepoint === true) ? 'tracepoint' : 'function';
  const told = refused.length > 0 && refused.length <= MAX_REFUSED_TOLD;
  const hint = refused.length > MAX_REFUSED_TOLD ? ' (-o json says which, and why)' : '';
  const verb = sameKernel.length === 1 ? 'has' : 'have';
  const others =
    sameKernel.length === 0
      ? ''
      : `; ${listed(sameKernel)} ${verb} the same kernel (${listed([...releases].sort())})`;
  output.tell(
    `${counted(functions.length, what)} on ${listed(nodes)}, ${grouped(refused.length)} refused${hint}${others}`,
    ...(told ? refused.map(refusedText) : []),
    ...(modulesWithoutTypes.length === 0
      ? []
      : [`  without modules that have no BTF that can be read: ${listed(modulesWithoutTypes)}`]),
  );
}

const { SkbArgumentKind } = pwru.v1;
const argumentTypes: Readonly<Record<number, string>> = {
  [SkbArgumentKind.SKB_ARGUMENT_KIND_POINTER]: 'struct sk_buff *',
  [SkbArgumentKind.SKB_ARGUMENT_KIND_CONST_POINTER]: 'const struct sk_buff *',
  [SkbArgumentKind.SKB_ARGUMENT_KIND_POINTER_TO_POINTER]: 'struct sk_buff **',
};

function typeText({ kind }: pwru.v1.ProbedFunction.$Properties): string {
  return argumentTypes[kind ?? 0] ?? '';
}

function refusedText({ name, module, reason }: pwru.v1.RefusedFunction.$Properties): string {
  const from = (module ?? '') === '' ? '' : ` of ${module}`;
  return `  ${name ?? ''}${from}: ${reason ?? ''}`;
}

function jsonOf({
  nodes,
  sameKernel,
  functions,
  refused,
  modulesWithoutTypes,
}: FunctionsOfNodes): string {
  return printableJson({
    nodes,
    sameKernel,
    modulesWithoutTypes,
    functions: functions.map((each) => ({
      name: each.name ?? '',
      module: each.module ?? '',
      argument: each.argument ?? 0,
      type: typeText(each),
      tracepoint: each.tracepoint ?? false,
    })),
    refused: refused.map(({ name, module, reason }) => ({
      name: name ?? '',
      module: module ?? '',
      reason: reason ?? '',
    })),
  });
}
