import type { pwru } from '../../proto/gen/pwru.js';
import { agentDefaults } from './core/limits.ts';
import type { Log } from './core/log.ts';
import { AgentCalls } from './server/agent-calls.ts';
import { LocalCallError, type LocalTraceStream, openLocalTrace } from './server/local-calls.ts';
import { TraceHandler } from './server/trace-handler.ts';
import type { TracingHost } from './trace/ports.ts';
import { SessionRegistry } from './trace/session/session-registry.ts';
import { version } from './version.ts';

export interface LocalAgentOptions {
  /** Name of this machine in what is reported. */
  readonly node: string;
  readonly log: Log;
  /** Longest trace; an hour. */
  readonly maxDurationMs?: number;
}

/** An agent inside this process: the same handler, sessions, limits and errors as behind gRPC, without sockets. */
export interface LocalAgent {
  /** Opens one session with this request; what goes wrong shows in `responses`. */
  trace(start: pwru.v1.StartTrace.$Properties): LocalTraceStream;
  /** @throws LocalCallError */
  getInfo(): Promise<pwru.v1.GetInfoResponse.$Properties>;
  /** @throws LocalCallError */
  listFunctions(
    request: pwru.v1.ListFunctionsRequest.$Properties,
  ): Promise<pwru.v1.ListFunctionsResponse.$Properties>;
  /** Ends the sessions within 2 s and releases the host. Idempotent. */
  close(): Promise<void>;
}

/** @param host owned by the agent from now on */
export function openLocalAgent(host: TracingHost, options: LocalAgentOptions): LocalAgent {
  const { node, log, maxDurationMs = agentDefaults.maxDurationMs } = options;
  const registry = new SessionRegistry(host.startSession, {
    maxSessions: agentDefaults.maxSessions,
  });
  const handler = new TraceHandler({ registry, log, maxDurationMs });
  const calls = new AgentCalls({ host, registry, log, version, node, maxDurationMs });
  let closing: Promise<void> | undefined;
  return {
    trace: (start) => {
      const stream = openLocalTrace(handler);
      stream.send({ start });
      return stream;
    },
    getInfo: () => asLocalCall(async () => calls.getInfo()),
    listFunctions: (request) => asLocalCall(async () => calls.listFunctions(request)),
    close: () => {
      closing ??= registry.shutDown(2_000).then(() => host.close());
      return closing;
    },
  };
}

async function asLocalCall<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw new LocalCallError(thrown);
  }
}
