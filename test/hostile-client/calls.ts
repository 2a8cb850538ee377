import type { ClientHttp2Stream } from 'node:http2';
import { traceServiceDefinition } from '../../agent/src/server/service-definitions.ts';
import type { pwru } from '../../proto/gen/pwru.js';
import { frame, type RawHttp2, statusOf } from '../server/raw-http2.ts';
import { within } from './attack.ts';

/** A method as grpc-js has it, as far as a request needs it. */
export interface Method<Request> {
  readonly path: string;
  requestSerialize(request: Request): Buffer;
}

const { trace } = traceServiceDefinition;

/** One request, its answer read to the end. @returns the status */
export function call<Request>(
  client: RawHttp2,
  method: Method<Request>,
  request: Request,
): Promise<number> {
  const stream = client.request(method.path);
  stream.end(frame(method.requestSerialize(request)));
  return within(20_000, statusOf(stream));
}

export function traceRequest(request: pwru.v1.TraceRequest.$Properties): Buffer {
  return frame(trace.requestSerialize(request));
}

/** Opens a Trace call and asks for a session. */
export function startTrace(
  client: RawHttp2,
  start: pwru.v1.StartTrace.$Properties,
): ClientHttp2Stream {
  const stream = client.request(trace.path);
  stream.write(traceRequest({ start }));
  return stream;
}
