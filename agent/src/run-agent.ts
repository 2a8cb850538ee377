import { once } from 'node:events';
import { hostname } from 'node:os';
import { type AgentFlags, parseFlags, usage } from './agent-flags.ts';
import { isInCluster } from './cluster/api/in-cluster-access.ts';
import type { PodDirectory, PodDirectoryOptions } from './cluster/pod-directory.ts';
import { messageOf, PwruError } from './core/errors.ts';
import type { Log } from './core/log.ts';
import type { PodSource } from './core/pods.ts';
import type { NodeFolders } from './kernel/netns.ts';
import type { Telemetry } from './telemetry/telemetry.ts';
import type { TracingHost } from './trace/ports.ts';
import { version } from './version.ts';

/** The only exit codes of pwru-agent, beside 128 + signal when a second signal ends it. */
export const exitCodes = { ok: 0, failure: 1, usage: 2 } as const;

const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;

/** Sessions end, and the process with them, this long after the first signal. */
const SHUTDOWN_DEADLINE_MS = 2_000;

/** What an agent is put together from, each loaded when it is needed: --help and --version stay quick. */
export interface AgentParts {
  /** Called first: what this process may do and take has to be settled before it has other threads. @throws PwruError */
  prepareProcess(): Promise<void>;
  openHost(options: {
    readonly node: string;
    readonly log: Log;
    readonly pods: PodSource | undefined;
    readonly folders: NodeFolders;
  }): Promise<TracingHost>;
  /** Follows this node's pods. */
  openPods(options: PodDirectoryOptions): Promise<PodDirectory>;
}

/** Does what the command line says. @returns the exit code */
export async function runAgent(args: readonly string[], parts: AgentParts): Promise<number> {
  try {
    const command = parseFlags(args, {
      node: process.env['NODE_NAME'] || hostname(),
      isInPod: isInCluster(process.env),
    });
    if (command.kind === 'help') process.stdout.write(usage);
    else if (command.kind === 'version') process.stdout.write(`${version}\n`);
    else await serve(command.flags, parts);
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
async function serve(flags: AgentFlags, parts: AgentParts): Promise<void> {
  await parts.prepareProcess();
  // Loaded here, so that --help and --version stay quick.
  const [{ AgentServer, routeGrpcLog }, { openLog }] = await Promise.all([
    import('./server/agent-server.ts'),
    import('./telemetry/log.ts'),
  ]);
  const log = openLog(flags.logLevel, flags.node);
  routeGrpcLog(log);
  const stopped = firstSignal(log);
  await using pods = flags.pods && (await parts.openPods({ ...flags.pods, node: flags.node, log }));
  const host = await parts.openHost({
    ...{ node: flags.node, log, pods },
    folders: flags.nodeFolders,
  });
  await using telemetry = await openTelemetry({ flags, host, log, pods }).catch(
    async (thrown: unknown) => {
      await host.close();
      throw thrown;
    },
  );
  const server = await AgentServer.open({
    ...flags,
    host,
    log,
    version,
    describeCluster: pods && (() => pods.describe()),
    sessionObserver: telemetry?.sessions,
    callObserver: telemetry?.calls,
  }).catch(async (thrown: unknown) => {
    await host.close();
    throw thrown;
  });
  telemetry?.serving();
  log.info({ version, addresses: server.addresses, http: telemetry?.address }, 'Ready');
  process.stdout.on('error', () => {});
  process.stdout.write(`Ready on ${server.addresses.join(' and ')}\n`);
  log.info({ signal: await stopped }, 'Shutting down');
  telemetry?.stopping();
  await server.close(SHUTDOWN_DEADLINE_MS);
}

/** The agent's HTTP side; undefined when it is not asked for. */
async function openTelemetry({
  flags,
  host,
  log,
  pods,
}: {
  readonly flags: AgentFlags;
  readonly host: TracingHost;
  readonly log: Log;
  readonly pods: PodDirectory | undefined;
}): Promise<Telemetry | undefined> {
  if (flags.httpAddress === undefined) return undefined;
  const { Telemetry } = await import('./telemetry/telemetry.ts');
  return Telemetry.open({
    address: flags.httpAddress,
    version,
    log,
    testBackends: () => host.testBackends(),
    pods,
  });
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
