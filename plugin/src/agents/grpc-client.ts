import { Client, type ClientDuplexStream, credentials, status } from '@grpc/grpc-js';
import { pwru } from '../../../proto/gen/pwru.js';
import { AgentError, type QueryableAgent, type TraceStream } from './agent-client.ts';
import { agentErrorOfStatus, isStatusError } from './status-error.ts';

const TRACE_PATH = '/pwru.v1.TraceService/Trace';
const CONNECT_TIMEOUT_MS = 5_000;
/** For the answer to a ping. An agent gives none while the kernel verifies its programs: on a busy machine for many seconds. */
const PING_TIMEOUT_MS = 20_000;
/** For a call with one response. */
const CALL_TIMEOUT_MS = 10_000;
/**
 * For one that looks at the kernel: the first of an agent reads its tables, or has it check programs of each backend, which takes a
 * second of CPU. On a machine whose CPUs others want, an agent has a tenth of one.
 */
const KERNEL_CALL_TIMEOUT_MS = 30_000;
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
/** HTTP/2 flow control, per connection and stream: what may be under way unread. */
const FLOW_CONTROL_WINDOW_BYTES = 1024 * 1024;

/** What a client knows of the way to its agent. */
export interface GrpcAgentOptions {
  /** How messages name the agent; its address unless given. */
  readonly name?: string;
  /**
   * Why the way to the agent has ended, for those who know it better than gRPC does; undefined while it has not.
   * @param error what gRPC says
   */
  readonly whyEnded?: (error: unknown) => string | undefined;
}

/** A message class that protobufjs has generated. */
interface MessageType<Properties, Message> {
  encode(message: Properties): { finish(): Uint8Array };
  decode(bytes: Uint8Array): Message;
}

/**
 * An agent behind gRPC at `unix:PATH` or `HOST:PORT`, without TLS: the socket's permissions, or the loopback address
 * and the tunnel to it, guard the way. Environment proxies are not used.
 *
 * Memory for unread responses is bounded: grpc-js asks HTTP/2 for one message at a time, keeps at most 16 ready (the
 * object-mode default of its Duplex), and pauses the HTTP/2 stream between; beyond that only the flow-control window
 * fills. So a slow reader costs at most 16 responses (64 KiB each by the agent's rule) and 1 MiB.
 *
 * A dead connection is noticed within 30 s: a keepalive ping after 10 s of silence, answered within 20 s.
 */
export class GrpcAgentClient implements QueryableAgent {
  readonly #way: Way;
  readonly #client: Client;

  constructor(address: string, options: GrpcAgentOptions = {}) {
    this.#way = { name: options.name ?? address, whyEnded: options.whyEnded ?? (() => undefined) };
    this.#client = new Client(address, credentials.createInsecure(), {
      'grpc.keepalive_time_ms': 10_000,
      'grpc.keepalive_timeout_ms': PING_TIMEOUT_MS,
      'grpc.max_receive_message_length': MAX_RESPONSE_BYTES,
      'grpc.enable_http_proxy': 0,
      'grpc.enable_retries': 0,
      'grpc.enable_channelz': 0,
      // Shared connections that failed before have no cause to tell ("Last error: null").
      'grpc.use_local_subchannel_pool': 1,
      'grpc-node.flow_control_window': FLOW_CONTROL_WINDOW_BYTES,
    });
  }

  trace(start: pwru.v1.StartTrace.$Properties): TraceStream {
    const call = this.#client.makeBidiStreamRequest<pwru.v1.TraceRequest.$Properties, Buffer>(
      TRACE_PATH,
      (request) => Buffer.from(pwru.v1.TraceRequest.encode(request).finish()),
      (response) => response,
    );
    const stream = new GrpcTraceStream(call, this.#way);
    this.#client.waitForReady(Date.now() + CONNECT_TIMEOUT_MS, (error) => {
      if (error !== undefined) stream.giveUp(`no answer within ${CONNECT_TIMEOUT_MS / 1_000} s`);
    });
    stream.send({ start });
    return stream;
  }

  getInfo(): Promise<pwru.v1.GetInfoResponse> {
    const { GetInfoRequest, GetInfoResponse } = pwru.v1;
    const method = { path: 'InfoService/GetInfo', timeoutMs: KERNEL_CALL_TIMEOUT_MS };
    return this.#call(method, GetInfoRequest, GetInfoResponse, {});
  }

  listFunctions(
    request: pwru.v1.ListFunctionsRequest.$Properties,
  ): Promise<pwru.v1.ListFunctionsResponse> {
    const { ListFunctionsRequest, ListFunctionsResponse } = pwru.v1;
    const method = { path: 'InfoService/ListFunctions', timeoutMs: KERNEL_CALL_TIMEOUT_MS };
    return this.#call(method, ListFunctionsRequest, ListFunctionsResponse, request);
  }

  listSessions(): Promise<pwru.v1.ListSessionsResponse> {
    const { ListSessionsRequest, ListSessionsResponse } = pwru.v1;
    return this.#call(
      { path: 'TraceService/ListSessions' },
      ListSessionsRequest,
      ListSessionsResponse,
      {},
    );
  }

  async stopSession(id: string): Promise<void> {
    const { StopSessionRequest, StopSessionResponse } = pwru.v1;
    await this.#call(
      { path: 'TraceService/StopSession' },
      StopSessionRequest,
      StopSessionResponse,
      { id },
    );
  }

  close(): void {
    this.#client.close();
  }

  #call<Request, Response>(
    { path, timeoutMs = CALL_TIMEOUT_MS }: { path: string; timeoutMs?: number },
    request: MessageType<Request, unknown>,
    response: MessageType<never, Response>,
    message: Request,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest<Request, Response>(
        `/pwru.v1.${path}`,
        (properties) => Buffer.from(request.encode(properties).finish()),
        (bytes) => response.decode(bytes),
        message,
        { deadline: Date.now() + timeoutMs },
        (error, answer) => {
          if (answer !== undefined) resolve(answer);
          else if (error?.code === status.DEADLINE_EXCEEDED)
            reject(this.#noAnswer(error, timeoutMs));
          else reject(agentErrorOf(error, this.#way, false));
        },
      );
    });
  }

  #noAnswer(error: unknown, timeoutMs: number): AgentError {
    const cause = this.#way.whyEnded(error) ?? `no answer within ${timeoutMs / 1_000} s`;
    return new AgentError('unreachable', `Cannot reach the agent at ${this.#way.name}: ${cause}`, {
      cause: error,
    });
  }
}

interface Way {
  readonly name: string;
  readonly whyEnded: (error: unknown) => string | undefined;
}

/** The error of a call; `answered`: whether any response had come before. */
function agentErrorOf(thrown: unknown, way: Way, answered: boolean): AgentError {
  const cause = way.whyEnded(thrown);
  if (cause !== undefined && (!isStatusError(thrown) || thrown.code === status.UNAVAILABLE)) {
    return answered
      ? new AgentError('lost', `Lost the agent at ${way.name}: ${cause}`, { cause: thrown })
      : new AgentError('unreachable', `Cannot reach the agent at ${way.name}: ${cause}`, {
          cause: thrown,
        });
  }
  if (isStatusError(thrown)) return agentErrorOfStatus(thrown, { address: way.name, answered });
  return new AgentError('lost', `Lost the agent at ${way.name}: ${String(thrown)}`, {
    cause: thrown,
  });
}

class GrpcTraceStream implements TraceStream {
  readonly responses: AsyncIterable<Uint8Array>;
  readonly #call: ClientDuplexStream<pwru.v1.TraceRequest.$Properties, Buffer>;
  readonly #way: Way;
  #answered = false;
  #ended = false;
  #cancelled = false;
  #givenUp: string | undefined;
  /** Wait for the connection to take more: the latest targets, and whether to stop. */
  #waitingTargets: pwru.v1.TraceRequest.$Properties | undefined;
  #waitingStop: pwru.v1.TraceRequest.$Properties | undefined;

  constructor(call: ClientDuplexStream<pwru.v1.TraceRequest.$Properties, Buffer>, way: Way) {
    this.#call = call;
    this.#way = way;
    this.responses = this.#read();
    // Errors reach the reader through the iteration; one that comes after it has no one to go to.
    call.on('error', () => {
      this.#ended = true;
    });
    call.on('end', () => {
      this.#ended = true;
    });
    call.on('drain', () => this.#sendWaiting());
  }

  send(request: pwru.v1.TraceRequest.$Properties): void {
    if (this.#ended || this.#cancelled) return;
    if (!this.#call.writableNeedDrain) this.#call.write(request);
    // While earlier requests wait for a stuck connection, more of them would only pile up: a heartbeat is not missed then.
    else if (request.podTargets != null) this.#waitingTargets = request;
    else if (request.stop != null) this.#waitingStop = request;
  }

  #sendWaiting(): void {
    const waiting = [this.#waitingTargets, this.#waitingStop];
    this.#waitingTargets = undefined;
    this.#waitingStop = undefined;
    for (const request of waiting) if (request !== undefined) this.send(request);
  }

  cancel(): void {
    this.#cancelled = true;
    this.#call.cancel();
  }

  /** Ends a call whose connection does not come up, unless it was answered in the meantime. */
  giveUp(cause: string): void {
    if (this.#answered || this.#ended) return;
    this.#givenUp = cause;
    this.#call.cancel();
  }

  async *#read(): AsyncGenerator<Uint8Array, void, void> {
    try {
      for await (const response of this.#call) {
        this.#answered = true;
        yield response as Buffer;
      }
    } catch (thrown) {
      if (this.#cancelled) return;
      throw this.#errorOf(thrown);
    } finally {
      this.#ended = true;
      this.#call.cancel();
    }
  }

  #errorOf(thrown: unknown): AgentError {
    if (this.#givenUp === undefined) return agentErrorOf(thrown, this.#way, this.#answered);
    const cause = this.#way.whyEnded(thrown) ?? this.#givenUp;
    return new AgentError('unreachable', `Cannot reach the agent at ${this.#way.name}: ${cause}`, {
      cause: thrown,
    });
  }
}
