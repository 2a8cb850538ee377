import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type StatusObject,
} from '@grpc/grpc-js';
import { pwru } from '../../proto/gen/pwru.js';
import { encodeResponse } from './recorded-session.ts';

type Call = ServerDuplexStream<pwru.v1.TraceRequest, pwru.v1.TraceResponse.$Properties>;

/** The server's side of one Trace call. */
export class FakeCall {
  readonly requests: pwru.v1.TraceRequest[] = [];
  /** Settles when the client has cancelled or its connection is gone. */
  readonly cancelled: Promise<unknown>;
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
    this.cancelled = new Promise((resolve) => {
      call.on('cancelled', resolve);
    });
    call.on('data', (request: pwru.v1.TraceRequest) => this.requests.push(request));
    call.on('error', () => {});
  }

  /** Waits until the transport takes more. */
  async send(...responses: pwru.v1.TraceResponse.$Properties[]): Promise<void> {
    for (const response of responses)
      if (!this.#call.write(response)) await once(this.#call, 'drain');
  }

  /** Whether the transport takes more at once. */
  get writable(): boolean {
    return !this.#call.writableNeedDrain;
  }

  async untilRequest(matches: (request: pwru.v1.TraceRequest) => boolean): Promise<void> {
    while (!this.requests.some(matches)) await once(this.#call, 'data');
  }

  end(): void {
    this.#call.end();
  }

  fail(code: number, details: string, trailer?: Uint8Array): void {
    const metadata = new Metadata();
    if (trailer !== undefined) metadata.set('grpc-status-details-bin', Buffer.from(trailer));
    const status: Partial<StatusObject> = { code, details, metadata };
    this.#call.emit('error', status);
  }
}

export interface FakeAgent extends AsyncDisposable {
  readonly address: string;
  /** Drops every connection. */
  kill(): void;
}

/** A gRPC server on a unix socket in a directory of its own, which plays an agent. */
export async function fakeAgent(
  onTrace: (call: FakeCall) => void | Promise<void>,
): Promise<FakeAgent> {
  const directory = mkdtempSync(join(tmpdir(), 'pwru-fake-'));
  const address = `unix:${join(directory, 'agent.sock')}`;
  const server = new Server();
  server.addService(
    {
      Trace: {
        path: '/pwru.v1.TraceService/Trace',
        requestStream: true,
        responseStream: true,
        requestDeserialize: (bytes: Buffer) => pwru.v1.TraceRequest.decode(bytes),
        requestSerialize: (request: pwru.v1.TraceRequest) =>
          Buffer.from(pwru.v1.TraceRequest.encode(request).finish()),
        responseSerialize: (response: pwru.v1.TraceResponse.$Properties) =>
          Buffer.from(encodeResponse(response)),
        responseDeserialize: (bytes: Buffer) => pwru.v1.TraceResponse.decode(bytes),
      },
    },
    {
      Trace: (call: Call) => {
        void onTrace(new FakeCall(call));
      },
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  return {
    address,
    kill: () => server.forceShutdown(),
    [Symbol.asyncDispose]: async () => {
      server.forceShutdown();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
