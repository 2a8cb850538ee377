import { Client, type ClientDuplexStream, credentials } from '@grpc/grpc-js';
import { pwru } from '../../proto/gen/pwru.js';
import { type AgentClient, AgentError, type TraceStream } from './agent-client.ts';
import { agentErrorOfStatus, isStatusError } from './status-error.ts';

const TRACE_PATH = '/pwru.v1.TraceService/Trace';
const CONNECT_TIMEOUT_MS = 5_000;
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
/** HTTP/2 flow control, per connection and stream: what may be under way unread. */
const FLOW_CONTROL_WINDOW_BYTES = 1024 * 1024;

/**
 * An agent behind gRPC at `unix:PATH` or `HOST:PORT`, without TLS: the socket's permissions, or the loopback address
 * and the tunnel to it, guard the way. Environment proxies are not used.
 *
 * Memory for unread responses is bounded: grpc-js asks HTTP/2 for one message at a time, keeps at most 16 ready (the
 * object-mode default of its Duplex), and pauses the HTTP/2 stream between; beyond that only the flow-control window
 * fills. So a slow reader costs at most 16 responses (64 KiB each by the agent's rule) and 1 MiB.
 *
 * A dead connection is noticed within 15 s: a keepalive ping after 10 s of silence, answered within 5 s.
 */
export class GrpcAgentClient implements AgentClient {
  readonly #address: string;
  readonly #client: Client;

  constructor(address: string) {
    this.#address = address;
    this.#client = new Client(address, credentials.createInsecure(), {
      'grpc.keepalive_time_ms': 10_000,
      'grpc.keepalive_timeout_ms': 5_000,
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
    const stream = new GrpcTraceStream(call, this.#address);
    this.#client.waitForReady(Date.now() + CONNECT_TIMEOUT_MS, (error) => {
      if (error !== undefined) stream.giveUp(`no answer within ${CONNECT_TIMEOUT_MS / 1_000} s`);
    });
    stream.send({ start });
    return stream;
  }

  close(): void {
    this.#client.close();
  }
}

class GrpcTraceStream implements TraceStream {
  readonly responses: AsyncIterable<Uint8Array>;
  readonly #call: ClientDuplexStream<pwru.v1.TraceRequest.$Properties, Buffer>;
  readonly #address: string;
  #answered = false;
  #ended = false;
  #cancelled = false;
  #givenUp: string | undefined;

  constructor(call: ClientDuplexStream<pwru.v1.TraceRequest.$Properties, Buffer>, address: string) {
    this.#call = call;
    this.#address = address;
    this.responses = this.#read();
    // Errors reach the reader through the iteration; one that comes after it has no one to go to.
    call.on('error', () => {
      this.#ended = true;
    });
    call.on('end', () => {
      this.#ended = true;
    });
  }

  send(request: pwru.v1.TraceRequest.$Properties): void {
    // While earlier requests wait for a stuck connection, more of them would only pile up.
    if (this.#ended || this.#cancelled || this.#call.writableNeedDrain) return;
    this.#call.write(request);
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
    if (this.#givenUp !== undefined) {
      return new AgentError(
        'unreachable',
        `Cannot reach the agent at ${this.#address}: ${this.#givenUp}`,
        {
          cause: thrown,
        },
      );
    }
    if (isStatusError(thrown))
      return agentErrorOfStatus(thrown, { address: this.#address, answered: this.#answered });
    return new AgentError('lost', `Lost the agent at ${this.#address}: ${String(thrown)}`, {
      cause: thrown,
    });
  }
}
