import Long from 'long';
import type { pwru } from '../../../proto/gen/pwru.js';
import { PwruError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { TracingHost } from '../trace/ports.ts';
import { parseSelection } from '../trace/request/parse-selection.ts';
import type { SessionRegistry } from '../trace/session/session-registry.ts';
import type { Caller } from './caller.ts';

/** Revision of pwru.v1 that this agent speaks: `GetInfoResponse.api_revision`. */
export const API_REVISION = 4;

/** Calls of InfoService that may run at a time: each may read the kernel's whole function list. */
const MAX_CONCURRENT_INFO_CALLS = 4;

export interface AgentCallsOptions {
  readonly host: TracingHost;
  readonly registry: SessionRegistry;
  readonly log: Log;
  readonly version: string;
  readonly node: string;
  readonly maxDurationMs: number;
  /** undefined: this agent has no Kubernetes. */
  readonly describeCluster?: (() => pwru.v1.ClusterInfo.$Properties) | undefined;
}

/** The calls with one request and one response, for every carrier. All throw PwruError. */
export class AgentCalls {
  readonly #options: AgentCallsOptions;
  #infoCalls = 0;

  constructor(options: AgentCallsOptions) {
    this.#options = options;
  }

  getInfo(): Promise<pwru.v1.GetInfoResponse.$Properties> {
    const { host, registry, version, node, maxDurationMs, describeCluster } = this.#options;
    return this.#limited(async () => ({
      ...(await host.describe()),
      version,
      apiRevision: API_REVISION,
      node,
      maxSessions: registry.maxSessions,
      activeSessions: registry.activeSessions,
      maxDurationMs: Long.fromNumber(maxDurationMs, true),
      cluster: describeCluster?.() ?? null,
      // Last: it is to be the time of the answer.
      wallTimeNs: Long.fromBigInt(host.wallTimeNs()),
    }));
  }

  listFunctions(
    request: pwru.v1.ListFunctionsRequest.$Properties,
  ): Promise<pwru.v1.ListFunctionsResponse.$Properties> {
    const selection = parseSelection(request, '');
    return this.#limited(() => this.#options.host.listFunctions(selection));
  }

  /** What others look for is told to those only who may do anything on this node anyway. */
  listSessions({ connection, isLocal }: Caller): pwru.v1.ListSessionsResponse.$Properties {
    const { registry } = this.#options;
    return { sessions: isLocal ? registry.list() : registry.list(connection) };
  }

  stopSession(
    request: pwru.v1.StopSessionRequest.$Properties,
    caller: Caller,
  ): pwru.v1.StopSessionResponse.$Properties {
    const { registry, log } = this.#options;
    const id = request.id ?? '';
    registry.stop(id);
    log.info({ session: id, caller: caller.connection }, 'Session stopped by StopSession');
    return {};
  }

  async #limited<T>(run: () => Promise<T>): Promise<T> {
    if (this.#infoCalls >= MAX_CONCURRENT_INFO_CALLS) {
      const limit = `${MAX_CONCURRENT_INFO_CALLS} such calls run already`;
      throw new PwruError('LIMIT_REACHED', `Cannot read the kernel's functions: ${limit}`);
    }
    this.#infoCalls++;
    try {
      return await run();
    } finally {
      this.#infoCalls--;
    }
  }
}
