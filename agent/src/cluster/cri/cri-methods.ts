import type { MethodDefinition } from '@grpc/grpc-js';
import { runtime } from '../../../../proto/gen/cri.js';

/** Version names of the same messages; newest first. */
export const criVersions = ['v1', 'v1alpha2'] as const;
export type CriVersion = (typeof criVersions)[number];

interface MessageType<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

/** The calls of `runtime.<version>.RuntimeService` in the terms of grpc-js, over generated code. */
export function criMethods(version: CriVersion) {
  const {
    VersionRequest,
    VersionResponse,
    ListPodSandboxRequest,
    ListPodSandboxResponse,
    PodSandboxStatusRequest,
    PodSandboxStatusResponse,
  } = runtime.v1;
  const service = `runtime.${version}.RuntimeService`;
  return {
    version: unary(`/${service}/Version`, VersionRequest, VersionResponse),
    listPodSandbox: unary(
      `/${service}/ListPodSandbox`,
      ListPodSandboxRequest,
      ListPodSandboxResponse,
    ),
    podSandboxStatus: unary(
      `/${service}/PodSandboxStatus`,
      PodSandboxStatusRequest,
      PodSandboxStatusResponse,
    ),
  };
}

function unary<Request, Response>(
  path: string,
  request: MessageType<Request>,
  response: MessageType<Response>,
): MethodDefinition<Request, Response> {
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: (message) => Buffer.from(request.encode(message).finish()),
    requestDeserialize: (bytes) => request.decode(bytes),
    responseSerialize: (message) => Buffer.from(response.encode(message).finish()),
    responseDeserialize: (bytes) => response.decode(bytes),
  };
}
