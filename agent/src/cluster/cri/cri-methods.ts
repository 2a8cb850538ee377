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

/** Kinds of trouble with the container runtime, a closed set: each is the label of a counter. */
export const criFailureKinds = [
  /** No socket, nobody behind it, or the connection broke. */
  'unavailable',
  /** No answer in time. */
  'timeout',
  /** The socket refuses this process. */
  'denied',
  /** It does not speak runtime.v1 or runtime.v1alpha2, for instance a containerd without its CRI plugin. */
  'unsupported',
  /** There is no sandbox with that id (any more). */
  'not-found',
  /** An answer that cannot be used. */
  'malformed',
  /** Any other error that it answered with. */
  'refused',
] as const;

export type CriFailureKind = (typeof criFailureKinds)[number];

/** Why asking the container runtime came to nothing. */
export class CriFailure extends Error {
  override readonly name = 'CriFailure';
  readonly kind: CriFailureKind;

  constructor(kind: CriFailureKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.kind = kind;
  }
}
