import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  Client,
  type ClientDuplexStream,
  type ClientOptions,
  credentials,
  type MethodDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import type { Log } from '../../agent/src/core/log.ts';
import { AgentServer, type AgentServerOptions } from '../../agent/src/server/agent-server.ts';
import { traceServiceDefinition } from '../../agent/src/server/service-definitions.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { ScriptedHost } from './scripted-host.ts';

/** Keeps what is logged. */
export class RecordingLog implements Log {
  readonly lines: Array<{ level: string; fields: object; message: string }> = [];
  debug = this.#recorder('debug');
  info = this.#recorder('info');
  warn = this.#recorder('warn');
  error = this.#recorder('error');

  #recorder(level: string) {
    return (fields: object, message: string) => {
      this.lines.push({ level, fields, message });
    };
  }
}

/** An agent on a unix socket in a directory of its own, with a scripted host, and its clients. */
export class AgentFixture implements AsyncDisposable {
  readonly server: AgentServer;
  readonly host: ScriptedHost;
  readonly log: RecordingLog;
  readonly socketPath: string;
  readonly #directory: string;
  readonly #clients: Client[] = [];

  private constructor(parts: {
    server: AgentServer;
    host: ScriptedHost;
    log: RecordingLog;
    directory: string;
    socketPath: string;
  }) {
    this.server = parts.server;
    this.host = parts.host;
    this.log = parts.log;
    this.#directory = parts.directory;
    this.socketPath = parts.socketPath;
  }

  static async open(options: Partial<AgentServerOptions> = {}): Promise<AgentFixture> {
    const directory = await mkdtemp(join(tmpdir(), 'pwru-server-'));
    const socketPath = join(directory, 'agent.sock');
    const host = new ScriptedHost();
    const log = new RecordingLog();
    const server = await AgentServer.open({
      host,
      log,
      version: '1.2.3',
      node: 'node-a',
      maxSessions: 2,
      maxDurationMs: 60_000,
      socketPath,
      listenAddress: undefined,
      allowRemote: false,
      ...options,
    });
    return new AgentFixture({ server, host, log, directory, socketPath });
  }

  connect(options: ClientOptions = {}): Client {
    const address = `unix:${this.socketPath}`;
    const client = new Client(address, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      ...options,
    });
    this.#clients.push(client);
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.server.close(500);
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/** A Trace call with all that came out of it. */
export class TraceClient {
  readonly call: ClientDuplexStream<pwru.v1.TraceRequest.$Properties, Uint8Array>;
  readonly responses: pwru.v1.TraceResponse.$Properties[] = [];
  /** Resolves when the call is over: with undefined, or with its error. */
  readonly over: Promise<ServiceError | undefined>;

  constructor(client: Client) {
    const { path, requestSerialize, responseDeserialize } = traceServiceDefinition.trace;
    this.call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    this.call.on('data', (bytes: Uint8Array) => {
      this.responses.push(pwru.v1.TraceResponse.decode(bytes));
    });
    this.over = new Promise((resolve) => {
      this.call.on('error', (error: ServiceError) => resolve(error));
      this.call.on('status', (status) => {
        if (status.code === 0) resolve(undefined);
      });
    });
  }

  start(start: pwru.v1.StartTrace.$Properties = {}): this {
    this.call.write({ start });
    return this;
  }

  async started(): Promise<void> {
    await until(() => this.responses.some((response) => response.started));
  }

  get summary(): pwru.v1.Summary.$Properties | undefined {
    return this.responses.find((response) => response.summary)?.summary ?? undefined;
  }
}

/** Calls a method with one request and one response. @throws ServiceError */
export function callUnary<Request, Response>(
  client: Client,
  method: MethodDefinition<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      (error, response) => {
        if (error !== null) reject(error);
        else if (response === undefined) reject(new Error(`${method.path} has no response`));
        else resolve(response);
      },
    );
  });
}

/** The error of a call that must fail. */
export async function mustFail(call: Promise<unknown>): Promise<ServiceError> {
  try {
    await call;
  } catch (thrown) {
    return thrown as ServiceError;
  }
  throw new Error('The call succeeded');
}

/** Waits for a condition that other parts of this process bring about. It counts its own pauses: a test may hold the clock. */
export async function until(condition: () => boolean): Promise<void> {
  for (let pauses = 0; !condition(); pauses++) {
    if (pauses === 6_000) throw new Error(`Still not so after 30 s: ${condition.toString()}`);
    await delay(5);
  }
}
