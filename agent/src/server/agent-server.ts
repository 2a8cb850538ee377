import type { Socket } from 'node:net';
import { type ConnectionInjector, Server, setLogger } from '@grpc/grpc-js';
import type { pwru } from '../../../proto/gen/pwru.js';
import type { Log } from '../core/log.ts';
import type { SessionObserver, TracingHost } from '../trace/ports.ts';
import { SessionRegistry } from '../trace/session/session-registry.ts';
import { AgentCalls } from './agent-calls.ts';
import { callerOf } from './caller.ts';
import { Connections } from './connections.ts';
import { serveTraceCall } from './grpc-trace-call.ts';
import { Health } from './health.ts';
import { type CallObserver, callGuard, callMeter } from './interceptors.ts';
import { type Listener, listenTcp, listenUnix } from './listen.ts';
import { RationedLog } from './rationed-log.ts';
import { reflectionImplementation } from './reflection.ts';
import {
  healthServiceDefinition,
  infoServiceDefinition,
  reflectionServiceDefinition,
  traceServiceDefinition,
} from './service-definitions.ts';
import { createInjector } from './stream-flood.ts';
import { TraceHandler } from './trace-handler.ts';
import { unaryHandler } from './unary.ts';

export interface AgentServerOptions {
  readonly host: TracingHost;
  readonly log: Log;
  readonly version: string;
  readonly node: string;
  readonly maxSessions: number;
  readonly maxDurationMs: number;
  /** Path of the unix socket; undefined: none. */
  readonly socketPath: string | undefined;
  /** `HOST:PORT`; undefined: none. */
  readonly listenAddress: string | undefined;
  /** Serve addresses other than loopback. */
  readonly allowRemote: boolean;
  /** As SessionRegistryOptions has them. */
  readonly leaseMs?: number;
  readonly unreadGraceMs?: number;
  /** How long a client may take to send the start of a Trace call, or the request of another call; 10 s. */
  readonly startTimeoutMs?: number;
  /** What GetInfo says of the node's pods; undefined: this agent has no Kubernetes. */
  readonly describeCluster?: (() => pwru.v1.ClusterInfo.$Properties) | undefined;
  readonly sessionObserver?: SessionObserver | undefined;
  readonly callObserver?: CallObserver | undefined;
}

/** Connections of all listeners at a time. */
const MAX_CONNECTIONS = 64;

const services = ['pwru.v1.TraceService', 'pwru.v1.InfoService'];
const standardServices = [
  'grpc.health.v1.Health',
  'grpc.reflection.v1.ServerReflection',
  'grpc.reflection.v1alpha.ServerReflection',
];

/**
 * What bounds a hostile client, beside the calls and connections that are counted. The 256 calls that callGuard lets in
 * hold at most 64 MiB of half requests; what comes on other streams is thrown away.
 */
const grpcOptions = {
  // The largest requests that are accepted: StartTrace with some 70 KiB and 512 pods, SetPodTargets with 512 pods.
  'grpc.max_receive_message_length': 256 * 1024,
  'grpc.max_concurrent_streams': 16,
  // A peer that does not speak HTTP/2, or no longer does, is gone after half a minute.
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.max_connection_idle_ms': 300_000,
  'grpc.enable_channelz': 0,
} as const;

/** Serves pwru.v1, health and reflection on sockets of its own. Everything is released by `close`. */
export class AgentServer {
  readonly #server: Server;
  readonly #injector: ConnectionInjector;
  readonly #health = new Health(services);
  readonly #registry: SessionRegistry;
  readonly #host: TracingHost;
  readonly #log: Log;
  readonly #listeners: Listener[] = [];
  readonly #connections = new Connections(MAX_CONNECTIONS, (name) =>
    this.#registry.hasSessionOf(name),
  );
  #closing: Promise<void> | undefined;

  private constructor(options: AgentServerOptions) {
    const { host } = options;
    const log = new RationedLog(options.log);
    this.#host = host;
    this.#log = log;
    this.#registry = new SessionRegistry(host.startSession, {
      ...options,
      observer: options.sessionObserver,
    });
    // The first is next to the network: it sees what the second refuses.
    const meters = options.callObserver === undefined ? [] : [callMeter(options.callObserver)];
    this.#server = new Server({
      ...grpcOptions,
      interceptors: [
        ...meters,
        callGuard({
          requestTimeoutMs: options.startTimeoutMs ?? 10_000,
          onCall: (call) => this.#connections.begin(callerOf(call).connection),
        }),
      ],
    });
    const traces = new TraceHandler({ ...options, log, registry: this.#registry });
    const calls = new AgentCalls({ ...options, log, registry: this.#registry });
    this.#server.addService(traceServiceDefinition, {
      trace: (call: Parameters<typeof serveTraceCall>[0]) => serveTraceCall(call, traces),
      listSessions: unaryHandler(log, (_request, caller) => calls.listSessions(caller)),
      stopSession: unaryHandler(log, (request, caller) => calls.stopSession(request, caller)),
    });
    this.#server.addService(infoServiceDefinition, {
      getInfo: unaryHandler(log, () => calls.getInfo()),
      listFunctions: unaryHandler(log, (request) => calls.listFunctions(request)),
    });
    this.#server.addService(healthServiceDefinition, this.#health.implementation);
    const reflection = reflectionImplementation([...services, ...standardServices]);
    this.#server.addService(reflectionServiceDefinition('v1'), reflection);
    this.#server.addService(reflectionServiceDefinition('v1alpha'), reflection);
    this.#injector = createInjector(this.#server);
  }

  /**
   * Serves once it returns. The host stays the caller's until then and is the server's from then on.
   * @throws PwruError INVALID_ARGUMENT, LIMIT_REACHED or SYSTEM when it cannot listen
   */
  static async open(options: AgentServerOptions): Promise<AgentServer> {
    const server = new AgentServer(options);
    const onConnection = (socket: Socket) => server.#take(socket);
    try {
      const { socketPath, listenAddress, allowRemote } = options;
      if (socketPath !== undefined) {
        server.#listeners.push(await listenUnix(socketPath, onConnection));
      }
      if (listenAddress !== undefined) {
        server.#listeners.push(await listenTcp(listenAddress, allowRemote, onConnection));
      }
    } catch (thrown) {
      server.#stopListening();
      server.#server.forceShutdown();
      throw thrown;
    }
    return server;
  }

  /** As gRPC clients name them. */
  get addresses(): readonly string[] {
    return this.#listeners.map((listener) => listener.address);
  }

  get openConnections(): number {
    return this.#connections.size;
  }

  /**
   * Takes no connection and starts no session any more, ends the sessions with AGENT_SHUTDOWN, then closes what is
   * left, all within `deadlineMs`. Closing twice is one closing.
   */
  close(deadlineMs = 2_000): Promise<void> {
    this.#closing ??= this.#close(deadlineMs);
    return this.#closing;
  }

  async #close(deadlineMs: number): Promise<void> {
    this.#stopListening();
    this.#health.stopServing();
    const unendedSessions = await this.#registry.shutDown(deadlineMs * 0.8);
    if (unendedSessions > 0) {
      this.#log.error({ sessions: unendedSessions }, 'Sessions did not end before the deadline');
    }
    // The last responses and trailers are on their way: a client that reads has them within this time.
    await this.#flush(deadlineMs * 0.1);
    this.#server.forceShutdown();
    this.#connections.closeAll();
    await this.#host.close();
  }

  /** Resolves when every connection has ended in good order, or after `timeoutMs`. */
  #flush(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#server.tryShutdown(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #stopListening(): void {
    for (const listener of this.#listeners) listener.close();
  }

  #take(socket: Socket): void {
    if (this.#connections.take(socket)) this.#injector.injectConnection(socket);
    else
      this.#log.warn(
        { connections: this.#connections.size },
        'Connection refused: too many are open',
      );
  }
}

/** What grpc-js has to say (it writes to the console otherwise) is the peers' doing: for debugging only. */
export function routeGrpcLog(log: Log): void {
  const write = (message?: unknown) => log.debug({ from: 'grpc-js' }, String(message));
  setLogger({ error: write, info: write, debug: write });
}
