import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type AgentClient, AgentError } from './agent-client.ts';
import type { TraceOptions } from './args/trace-options.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { failureOf } from './failure.ts';
import { openAgent } from './open-agent.ts';
import { Output } from './output.ts';
import type { EventRenderer } from './render/event-renderer.ts';
import { JsonRenderer } from './render/json.ts';
import { styleFor } from './render/style.ts';
import { TableRenderer } from './render/table.ts';
import { Reporter } from './reporter.ts';
import { hasTerminalForProgress, openStandardStreams, terminalWidth } from './standard-streams.ts';
import { TraceRun } from './trace-run.ts';

/** How long a reader that does not read may delay the exit after an interrupt. */
const FLUSH_TIMEOUT_MS = 500;

/**
 * Traces as the options say: standard streams, signals, the agent, one TraceRun.
 * A first SIGINT, SIGTERM or SIGHUP stops the trace in good order, a second one ends the process at once.
 */
export async function runTrace(options: TraceOptions): Promise<ExitCode> {
  const { stdout, stderr } = openStandardStreams();
  const reporter = new Reporter({
    stream: stderr,
    isTerminal: hasTerminalForProgress(),
    quiet: options.quiet,
    now: () => performance.now(),
  });
  let run: TraceRun | undefined;
  const interrupt = new AbortController();
  const onSignal = () => {
    if (run === undefined || interrupt.signal.aborted) {
      process.exit(run?.tracing === true ? exitCodes.OK : exitCodes.INTERRUPTED);
    }
    interrupt.abort();
    run.stop('interrupt');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const output = new Output(stdout, () => run?.stop('output-closed'));
  let client: AgentClient | undefined;
  try {
    client = await openAgent(options.agent, (text) => reporter.note(text));
    run = new TraceRun({ client, options, output, reporter, renderer: rendererFor(options) });
    return await run.run();
  } catch (thrown) {
    if (!(thrown instanceof AgentError)) throw thrown;
    const failure = failureOf(thrown, { options, tracing: false });
    reporter.error(failure);
    return failure.exitCode;
  } finally {
    await client?.close();
    await flushed(stdout, interrupt.signal);
    await flushed(stderr, AbortSignal.abort());
  }
}

function rendererFor(options: TraceOptions): EventRenderer {
  if (options.output === 'json') return new JsonRenderer();
  const width = terminalWidth();
  const table = new TableRenderer({
    timestamp: options.timestamp,
    headers: options.headers,
    style: styleFor(width !== undefined, process.env),
    terminalWidth: width,
  });
  if (width !== undefined) process.stdout.on('resize', () => table.resize(process.stdout.columns));
  return table;
}

/**
 * Waits until everything is written or the stream has failed: as long as its reader takes, but not long once `impatient`
 * aborts.
 */
async function flushed(stream: Writable, impatient: AbortSignal): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return;
  const written = new Promise((resolve) => stream.write('', resolve));
  const givenUp = aborted(impatient).then(() => setTimeout(FLUSH_TIMEOUT_MS));
  await Promise.race([written, givenUp]);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
