import { homedir } from 'node:os';
import { AgentError } from '../../agents/agent-client.ts';
import { failureOf } from '../../agents/failure.ts';
import { findCluster, openAgent } from '../../agents/open-agent.ts';
import {
  type TracedPlace,
  type TraceOptions,
  type TracePlace,
  tracePlace,
} from '../../cli/trace-options.ts';
import { UsageError } from '../../cli/values.ts';
import { type ExitCode, exitCodes } from '../../exit-code.ts';
import { KubeError } from '../../kubernetes/kube-api.ts';
import type { NameLookup } from '../../render/endpoint-names.ts';
import { JsonRenderer } from '../../render/json.ts';
import { PrintedEvents } from '../../render/printed-events.ts';
import type { EventRenderer } from '../../render/renderer.ts';
import { TableRenderer } from '../../render/table.ts';
import { Reporter } from '../../report/reporter.ts';
import { TargetError } from '../../targets/pod-source.ts';
import type { Output } from '../../terminal/output.ts';
import { endProcess, onStopSignal } from '../../terminal/stop-signals.ts';
import type { TraceRun } from '../../trace/trace-run.ts';
import type { DryRunParts } from './dry-run.ts';
import { singleTrace } from './single-trace.ts';

/** What a trace is run with, wherever it takes place. */
interface Surroundings {
  readonly options: TraceOptions;
  readonly output: Output;
  readonly reporter: Reporter;
  /** To be called when there is a trace that can be stopped. */
  readonly onRun: (run: TraceRun) => void;
}

/**
 * Traces as the options say: signals, one TraceRun. What it prints is written when the caller has flushed `output`.
 * A first SIGINT, SIGTERM or SIGHUP stops the trace in good order, a second one ends the process at once. An ignored SIGHUP stays
 * ignored.
 */
export async function runTrace(options: TraceOptions, output: Output): Promise<ExitCode> {
  const reporter = new Reporter({
    channel: output.stderr,
    isTerminal: output.canRewrite,
    width: () => output.progressWidth,
    quiet: options.quiet,
    now: () => performance.now(),
  });
  let run: TraceRun | undefined;
  let isInterrupted = false;
  const onSignal = () => {
    if (run === undefined || isInterrupted) {
      endProcess(run?.tracing === true ? exitCodes.OK : exitCodes.INTERRUPTED);
    }
    isInterrupted = true;
    output.hurry();
    reporter.clearInterrupt();
    run.stop('interrupt');
  };
  onStopSignal(onSignal);
  output.stdout.onClosed(() => run?.stop('output-closed'));
  const onRun = (opened: TraceRun) => {
    run = opened;
  };
  try {
    const place = tracePlace(options, findCluster(process.env, homedir()));
    const surroundings = { options, output, reporter, onRun };
    if (place.kind === 'cluster') return await traceCluster(surroundings);
    return await traceMachine(place, surroundings);
  } catch (thrown) {
    return tellFailure(thrown, reporter, options);
  }
}

async function traceMachine(
  place: Exclude<TracePlace, { kind: 'cluster' }>,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { options, output, reporter, onRun } = surroundings;
  const client = await openAgent(place, (text) => reporter.note(text));
  try {
    if (options.dryRun) {
      const { dryRunMachine } = await import('./dry-run.ts');
      return await dryRunMachine(client, dryRunParts(surroundings));
    }
    const renderer = rendererFor(surroundings, { place: 'machine', names: undefined });
    const printer = new PrintedEvents(renderer, output.stdout);
    const run = singleTrace({ client, options, reporter, printer });
    onRun(run);
    return await run.run();
  } finally {
    await client.close();
  }
}

async function traceCluster(surroundings: Surroundings): Promise<ExitCode> {
  const { options, output, reporter, onRun } = surroundings;
  const { openKubeApi } = await import('../../kubernetes/open-kube-api.ts');
  const { ClusterTrace } = await import('./cluster-trace.ts');
  const { dryRunCluster } = await import('./dry-run.ts');
  const api = await openKubeApi(options.connection);
  try {
    if (options.dryRun) return await dryRunCluster(api, dryRunParts(surroundings));
    using trace = await ClusterTrace.open({
      ...{ api, options, reporter },
      newPrinter: (names) =>
        new PrintedEvents(rendererFor(surroundings, { place: 'cluster', names }), output.stdout),
    });
    onRun(trace.run);
    return await trace.run.run();
  } finally {
    await api.close();
  }
}

function dryRunParts({ options, output, reporter }: Surroundings): DryRunParts {
  return {
    options,
    print: (lines) => output.print(...lines),
    note: (text) => reporter.note(text),
  };
}

/** Why nothing was traced. Errors of a trace that has begun are told by the trace. */
function tellFailure(thrown: unknown, reporter: Reporter, options: TraceOptions): ExitCode {
  if (thrown instanceof AgentError) {
    const failure = failureOf(thrown, { options, tracing: false });
    reporter.error(failure);
    return failure.exitCode;
  }
  if (thrown instanceof UsageError) {
    const detailLines = ["See 'kubectl pwru --help' for usage."];
    reporter.error({ message: thrown.message, detailLines });
    return exitCodes.USAGE;
  }
  // These are worded as kubectl words them.
  if (thrown instanceof KubeError) {
    for (const line of thrown.message.split('\n')) reporter.warning(line);
    return [401, 403].includes(thrown.status) ? exitCodes.FORBIDDEN : exitCodes.FAILURE;
  }
  if (thrown instanceof TargetError) {
    reporter.warning(thrown.message);
    return thrown.exitCode;
  }
  throw thrown;
}

function rendererFor(
  { options, output }: Pick<Surroundings, 'options' | 'output'>,
  { place, names }: { place: TracedPlace; names: NameLookup | undefined },
): EventRenderer {
  if (options.output === 'json') return new JsonRenderer(names, options.includePacketEnds);
  const { style, width } = output;
  const table = new TableRenderer({
    timestamp: options.timestamp,
    headers: options.headers,
    terminalWidth: width,
    ...{ style, place, names },
  });
  if (width !== undefined) output.onResize((columns) => table.resize(columns));
  return table;
}
