import type { MethodDefinition } from '@grpc/grpc-js';
import { grpc } from '../../../proto/gen/grpc.js';
import { pwru } from '../../../proto/gen/pwru.js';

/** What protobufjs generates for a message. */
interface MessageType<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

/** Services and methods in the terms of grpc-js, over generated code: no .proto file is read at run time. */
function unary<Request, Response>(
  path: string,
  request: MessageType<Request>,
  response: MessageType<Response>,
): MethodDefinition<Request, Response> {
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: (message) => asBuffer(request.encode(message).finish()),
    requestDeserialize: (bytes) => request.decode(bytes),
    responseSerialize: (message) => asBuffer(response.encode(message).finish()),
    responseDeserialize: (bytes) => response.decode(bytes),
  };
}

/** The same bytes, not copied: grpc-js wants a Buffer. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const { TraceRequest, ListSessionsRequest, ListSessionsResponse } = pwru.v1;
const { StopSessionRequest, StopSessionResponse } = pwru.v1;

/** `pwru.v1.TraceService`. The responses of Trace are TraceResponse messages that the session has encoded already. */
export const traceServiceDefinition = {
  trace: {
    path: '/pwru.v1.TraceService/Trace',
    requestStream: true,
    responseStream: true,
    requestSerialize: (message: pwru.v1.TraceRequest.$Properties) =>
      asBuffer(TraceRequest.encode(message).finish()),
    requestDeserialize: (bytes: Buffer): pwru.v1.TraceRequest.$Properties =>
      TraceRequest.decode(bytes),
    responseSerialize: asBuffer,
    responseDeserialize: (bytes: Buffer): Uint8Array => bytes,
  },
  listSessions: unary(
    '/pwru.v1.TraceService/ListSessions',
    ListSessionsRequest,
    ListSessionsResponse,
  ),
  stopSession: unary('/pwru.v1.TraceService/StopSession', StopSessionRequest, StopSessionResponse),
};

const { GetInfoRequest, GetInfoResponse, ListFunctionsRequest, ListFunctionsResponse } = pwru.v1;

/** `pwru.v1.InfoService`. */
export const infoServiceDefinition = {
  getInfo: unary('/pwru.v1.InfoService/GetInfo', GetInfoRequest, GetInfoResponse),
  listFunctions: unary(
    '/pwru.v1.InfoService/ListFunctions',
    ListFunctionsRequest,
    ListFunctionsResponse,
  ),
};

const { HealthCheckRequest, HealthCheckResponse } = grpc.health.v1;
const { HealthListRequest, HealthListResponse } = grpc.health.v1;

/** `grpc.health.v1.Health`. */
export const healthServiceDefinition = {
  check: unary('/grpc.health.v1.Health/Check', HealthCheckRequest, HealthCheckResponse),
  list: unary('/grpc.health.v1.Health/List', HealthListRequest, HealthListResponse),
  watch: {
    ...unary('/grpc.health.v1.Health/Watch', HealthCheckRequest, HealthCheckResponse),
    responseStream: true,
  },
};

const { ServerReflectionRequest, ServerReflectionResponse } = grpc.reflection.v1;

/** `grpc.reflection.<version>.ServerReflection`: both versions have the same messages. */
export function reflectionServiceDefinition(version: 'v1' | 'v1alpha') {
  return {
    serverReflectionInfo: {
      ...unary(
        `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
        ServerReflectionRequest,
        ServerReflectionResponse,
      ),
      requestStream: true,
      responseStream: true,
    },
  };
}
