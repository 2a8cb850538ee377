import { once } from 'node:events';
import { hostname } from 'node:os';
import { type AgentFlags, parseFlags, usage } from './agent-flags.ts';
import { messageOf, PwruError } from './core/errors.ts';
import type { Log } from './core/log.ts';
import type { TracingHost } from './trace/tracing-host.ts';
import { version } from './version.ts';

/** The only exit codes of pwru-agent, beside 128 + signal when a second signal ends it. */
export const exitCodes = { ok: 0, failure: 1, usage: 2 } as const;

const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;

/** Sessions end, and the process with them, this long after the first signal. */
const SHUTDOWN_DEADLINE_MS = 2_000;

export type OpenHost = (options: {
  readonly node: string;
  readonly log: Log;
}) => Promise<TracingHost>;

/** Does what the command line says. @returns the exit code */
export async function runAgent(args: readonly string[], openHost: OpenHost): Promise<number> {
  try {
    const command = parseFlags(args, process.env['NODE_NAME'] || hostname());
    if (command.kind === 'help') process.stdout.write(usage);
    else if (command.kind === 'version') process.stdout.write(`${version}\n`);
    else await serve(command.flags, openHost);
    return exitCodes.ok;
  } catch (thrown) {
    const isUsage = thrown instanceof PwruError && thrown.code === 'INVALID_ARGUMENT';
    const told =
      thrown instanceof PwruError || !(thrown instanceof Error) ? messageOf(thrown) : thrown.stack;
    process.stderr.write(`pwru-agent: ${told}\n`);
    return isUsage ? exitCodes.usage : exitCodes.failure;
  }
}

/** Serves until a signal says to stop. */
async function serve(flags: AgentFlags, openHost: OpenHost): Promise<void> {
  // Loaded here, so that --help and --version stay quick.
  const [{ AgentServer }, { openLog }, { routeGrpcLog }] = await Promise.all([
    import('./server/agent-server.ts'),
    import('./telemetry/log.ts'),
    import('./server/grpc-log.ts'),
  ]);
  const log = openLog(flags.logLevel, flags.node);
  routeGrpcLog(log);
  const stopped = firstSignal(log);
  const host = await openHost({ node: flags.node, log });
  const server = await AgentServer.open({ ...flags, host, log, version }).catch(
    async (thrown: unknown) => {
      await host.close();
      throw thrown;
    },
  );
  log.info({ version, addresses: server.addresses }, 'Ready');
  process.stdout.on('error', () => {});
  process.stdout.write(`Ready on ${server.addresses.join(' and ')}\n`);
  log.info({ signal: await stopped }, 'Shutting down');
  await server.close(SHUTDOWN_DEADLINE_MS);
}

/** The first SIGINT or SIGTERM; a second one ends the process at once. */
async function firstSignal(log: Log): Promise<string> {
  const signals = Object.keys(signalNumbers) as Array<keyof typeof signalNumbers>;
  const first = await Promise.race(
    signals.map(async (signal) => {
      await once(process, signal);
      return signal;
    }),
  );
  for (const signal of signals) {
    process.on(signal, () => {
      log.warn({ signal }, 'Second signal: exiting at once');
      process.exit(128 + signalNumbers[signal]);
    });
  }
  return first;
}
