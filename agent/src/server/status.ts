import type { status } from '@grpc/grpc-js';
import { google } from '../../../proto/gen/pwru.js';
import { type ErrorCode, PwruError } from '../core/errors.ts';

/**
 * gRPC status codes, https://github.com/grpc/grpc/blob/master/doc/statuscodes.md. Literals and not grpc-js' enum,
 * which the local mode would have to load.
 */
const grpcCodes = {
  CANCELLED: 1,
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  INTERNAL: 13,
} as const satisfies Partial<Record<keyof typeof status, number>>;

/** `google.rpc.ErrorInfo.domain` of every error that this agent sends. */
const DOMAIN = 'pwru.dev';

/**
 * Longest message that goes into trailers: three copies of it (percent-encoded, and twice in base64) stay under the
 * 16 KiB that many HTTP/2 peers allow for a header block.
 */
const MAX_MESSAGE_BYTES = 1_024;

/** How a call fails: the code and message of gRPC, and the encoded google.rpc.Status that says more. */
export interface FailedStatus {
  readonly code: number;
  /** Always well-formed Unicode. */
  readonly message: string;
  /** Value of the `grpc-status-details-bin` trailer; undefined for errors that are not a PwruError. */
  readonly details: Uint8Array | undefined;
}

/**
 * The only place that turns errors into gRPC status. Anything but a PwruError is a defect of the agent: the client
 * learns nothing of it but that it happened.
 */
export function statusOf(thrown: unknown): FailedStatus {
  if (!(thrown instanceof PwruError)) {
    return { code: grpcCodes.INTERNAL, message: 'Internal error of the agent', details: undefined };
  }
  const code = codeOf(thrown.code);
  const message = shorten(thrown.message);
  return { code, message, details: encodeDetails(thrown, code, message) };
}

function codeOf(code: ErrorCode): number {
  switch (code) {
    case 'INVALID_ARGUMENT':
    case 'FILTER_SYNTAX':
    case 'FILTER_UNSUPPORTED':
    case 'REGEX_SYNTAX':
      return grpcCodes.INVALID_ARGUMENT;
    case 'NOT_FOUND':
      return grpcCodes.NOT_FOUND;
    case 'NO_FUNCTIONS':
    case 'KERNEL_FEATURE_MISSING':
    case 'LIBRARY_MISSING':
    case 'CLUSTER_UNAVAILABLE':
      return grpcCodes.FAILED_PRECONDITION;
    case 'PRIVILEGE_MISSING':
      return grpcCodes.PERMISSION_DENIED;
    case 'LIMIT_REACHED':
      return grpcCodes.RESOURCE_EXHAUSTED;
    case 'CANCELLED':
      return grpcCodes.CANCELLED;
    case 'SYSTEM':
      return grpcCodes.INTERNAL;
  }
}

/** At most MAX_MESSAGE_BYTES of UTF-8; lone surrogates, on which grpc-js' encodeURI throws, become U+FFFD. */
function shorten(message: string): string {
  const bytes = Buffer.from(message);
  if (bytes.length <= MAX_MESSAGE_BYTES) return bytes.toString();
  return `${bytes
    .subarray(0, MAX_MESSAGE_BYTES - 6)
    .toString()
    .replace(/\uFFFD+$/, '')}…`;
}

function encodeDetails(error: PwruError, code: number, message: string): Uint8Array {
  const { field, position, subject } = error.details;
  const { ErrorInfo, BadRequest, PreconditionFailure, Status } = google.rpc;
  const metadata = {
    ...(field === undefined ? {} : { field }),
    ...(position === undefined ? {} : { position: `${position}` }),
    ...(subject === undefined ? {} : { subject }),
  };
  const details = [
    pack('ErrorInfo', ErrorInfo.encode({ reason: error.code, domain: DOMAIN, metadata }).finish()),
  ];
  if (field !== undefined) {
    const fieldViolations = [{ field, description: message }];
    details.push(pack('BadRequest', BadRequest.encode({ fieldViolations }).finish()));
  }
  const missing = kindOfMissing(error.code);
  if (missing !== undefined) {
    const violations = [{ type: missing, subject: subject ?? '', description: message }];
    details.push(pack('PreconditionFailure', PreconditionFailure.encode({ violations }).finish()));
  }
  return Status.encode({ code, message, details }).finish();
}

/** `PreconditionFailure.Violation.type` for the codes that name a thing that is missing. */
function kindOfMissing(code: ErrorCode): string | undefined {
  if (code === 'KERNEL_FEATURE_MISSING') return 'KERNEL_FEATURE';
  if (code === 'LIBRARY_MISSING') return 'LIBRARY';
  if (code === 'PRIVILEGE_MISSING') return 'PRIVILEGE';
  return undefined;
}

function pack(type: string, value: Uint8Array): google.protobuf.Any.$Properties {
  return { type_url: `type.googleapis.com/google.rpc.${type}`, value };
}
