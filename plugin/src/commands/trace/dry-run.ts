import type { pwru } from '../../../../proto/gen/pwru.js';
import { AgentError, NoAgentError, type QueryableAgent } from '../../agents/agent-client.ts';
import { ClusterAgents } from '../../agents/cluster-agents.ts';
import { failureOf } from '../../agents/failure.ts';
import { narrowFilter } from '../../cli/packet-filter.ts';
import type { TraceOptions } from '../../cli/trace-options.ts';
import { counted, grouped } from '../../events/accounting.ts';
import { type ExitCode, exitCodes } from '../../exit-code.ts';
import type { KubeApi } from '../../kubernetes/kube-api.ts';
import { describeTargets, descriptionLines } from '../../targets/describe-targets.ts';
import { followTargets } from '../../targets/follow-targets.ts';
import { waitedFor } from '../../targets/waited-for.ts';
import { printable, printableJson } from '../../terminal/text.ts';
import { startRequest } from '../../trace/start-request.ts';

/** What --dry-run says of a node: a field of its JSON form for each. */
export interface NodePreview {
  readonly node: string;
  readonly version: string;
  readonly kernelRelease: string;
  /** That would carry the probes. */
  readonly backend: string;
  readonly functions: number;
  readonly refusedFunctions: number;
  /** Why it could not be traced; "" when it could. */
  readonly problem: string;
}

export interface DryRunParts {
  readonly options: TraceOptions;
  /** Takes lines for standard output. */
  readonly print: (lines: readonly string[]) => void;
  /** Takes a sentence for standard error. */
  readonly note: (text: string) => void;
}

/**
 * Tells what a trace of a cluster would be: its targets, and, as far as the user may ask its agent, each node with the
 * functions. Attaches nothing.
 * @throws KubeError @throws TargetError @throws UsageError when the filter becomes too long
 */
export async function dryRunCluster(
  api: KubeApi,
  { options, print, note }: DryRunParts,
): Promise<ExitCode> {
  const listener = { onChange: () => {}, onNotice: note };
  using follower = await followTargets(api, options, listener);
  const { agentNamespace } = options;
  using agents = await ClusterAgents.open(api, { agentNamespace, note });
  const targets = describeTargets(follower);
  if (follower.state.pods.size === 0 && follower.state.nodes.size === 0)
    note(`No pods now: a trace would wait for ${waitedFor(options.scope, api.namespace)}`);
  const answers = await Promise.all(
    targets.nodes.map(({ name }) => previewNode(agents, name, options)),
  );
  const nodes = answers.map(({ preview }) => preview);
  const filter = narrowFilter(options.filter, targets.filterTerms).text;
  if (options.output === 'json')
    print([printableJson({ ...targets, filter, nodes, targets: targets.nodes })]);
  else print([...descriptionLines(targets), ...filterLines(filter), ...nodes.map(previewLine)]);
  return exitCodeOf(answers, options);
}

/** The same with one agent. @throws AgentError */
export async function dryRunMachine(
  client: PreviewedAgent,
  { options, print }: DryRunParts,
): Promise<ExitCode> {
  const preview = await previewOf(client, options);
  const filter = options.filter.text;
  if (options.output === 'json') print([printableJson({ ...preview, filter })]);
  else print([previewLine(preview), ...filterLines(filter)]);
  return exitCodes.OK;
}

/** As an agent gets it: what is typed and what flags stand for. */
function filterLines(filter: string): string[] {
  return filter === '' ? [] : [printable(`Filter: ${filter}`)];
}

/** What is asked of an agent. */
export type PreviewedAgent = Pick<QueryableAgent, 'getInfo' | 'listFunctions'>;

interface Answer {
  readonly preview: NodePreview;
  readonly error: AgentError | undefined;
}

async function previewNode(
  agents: ClusterAgents,
  node: string,
  options: TraceOptions,
): Promise<Answer> {
  let client: QueryableAgent | undefined;
  try {
    ({ client } = await agents.ask(node, new AbortController().signal));
    return { error: undefined, preview: { ...(await previewOf(client, options)), node } };
  } catch (thrown) {
    if (!(thrown instanceof AgentError)) throw thrown;
    const problem = thrown instanceof NoAgentError ? thrown.reason : thrown.message;
    const nothing = { version: '', kernelRelease: '', backend: '', functions: 0 };
    return { error: thrown, preview: { node, ...nothing, refusedFunctions: 0, problem } };
  } finally {
    await client?.close();
  }
}

/** @throws AgentError */
async function previewOf(client: PreviewedAgent, options: TraceOptions): Promise<NodePreview> {
  const info = await client.getInfo();
  const list = await client.listFunctions(functionsRequest(options));
  const available = info.backends.find(({ status }) => status?.available === true);
  return {
    node: info.node,
    version: info.version,
    kernelRelease: info.kernelRelease,
    backend: options.backend ?? available?.status?.name ?? '',
    functions: list.functions.length,
    refusedFunctions: list.refused.length,
    problem: '',
  };
}

function functionsRequest(options: TraceOptions): pwru.v1.ListFunctionsRequest.$Properties {
  const {
    functionRegex = '',
    backend = '',
    modules = [],
    allModules = false,
  } = startRequest(options);
  return { functionRegex, backend, modules, allModules };
}

function previewLine(preview: NodePreview): string {
  const { node, problem, functions, refusedFunctions, backend, kernelRelease, version } = preview;
  if (problem !== '') return printable(`${node}: not traced: ${problem}`);
  const refused = refusedFunctions === 0 ? '' : `, ${grouped(refusedFunctions)} refused`;
  return printable(
    `${node}: ${counted(functions, 'function')} by ${backend}${refused} (${kernelRelease}, agent ${version})`,
  );
}

function exitCodeOf(answers: readonly Answer[], options: TraceOptions): ExitCode {
  const errors = answers.flatMap(({ error }) => error ?? []);
  const [first] = errors;
  if (first === undefined) return exitCodes.OK;
  if (errors.length < answers.length) return exitCodes.PARTIAL;
  return failureOf(first, { options, tracing: false }).exitCode;
}
