import { google } from '../../../proto/gen/pwru.js';
import { AgentError, type AgentErrorDetails } from './agent-client.ts';

const DETAILS_TRAILER = 'grpc-status-details-bin';

/** An error with a gRPC status, as grpc-js throws it, and as an agent in this process does. */
export interface StatusError extends Error {
  /** https://github.com/grpc/grpc/blob/master/doc/statuscodes.md */
  readonly code: number;
  /** The message without the code. */
  readonly details: string;
  readonly metadata: { get(key: string): ReadonlyArray<string | Uint8Array> };
}

/** Where the answer came from, and whether any response had come before. */
export interface AnswerContext {
  readonly address: string;
  readonly answered: boolean;
}

/** Names for people, of those that say something. */
const statusNames: Readonly<Record<number, string>> = {
  1: 'CANCELLED',
  2: 'UNKNOWN',
  3: 'INVALID_ARGUMENT',
  4: 'DEADLINE_EXCEEDED',
  5: 'NOT_FOUND',
  7: 'PERMISSION_DENIED',
  8: 'RESOURCE_EXHAUSTED',
  9: 'FAILED_PRECONDITION',
  12: 'UNIMPLEMENTED',
  13: 'INTERNAL',
  14: 'UNAVAILABLE',
  16: 'UNAUTHENTICATED',
};

export function isStatusError(thrown: unknown): thrown is StatusError {
  return (
    thrown instanceof Error &&
    'code' in thrown &&
    typeof thrown.code === 'number' &&
    'details' in thrown &&
    typeof thrown.details === 'string' &&
    'metadata' in thrown
  );
}

/**
 * The one place that understands a gRPC status: what grpc-js itself says when there is no connection, and what the
 * agent says, with the google.rpc details (ErrorInfo, BadRequest, PreconditionFailure) of the trailer
 * `grpc-status-details-bin`.
 */
export function agentErrorOfStatus(
  error: StatusError,
  { address, answered }: AnswerContext,
): AgentError {
  const details = { ...detailsOf(error), grpcStatus: error.code, cause: error };
  if (details.reason !== undefined) {
    const isFull = details.reason === 'LIMIT_REACHED' && / sessions? at a time/.test(error.details);
    const hint = '"kubectl pwru sessions" lists them, "kubectl pwru stop" ends one';
    const message = isFull ? `${error.details}; ${hint}` : error.details;
    return new AgentError('refused', message, details);
  }
  const name = statusNames[error.code] ?? `status ${error.code}`;
  if (name === 'UNAVAILABLE') {
    const cause = connectionCause(error.details);
    if (answered) return new AgentError('lost', `Lost the agent at ${address}: ${cause}`, details);
    const kind = /\b(EACCES|EPERM)\b/.test(cause) ? 'forbidden' : 'unreachable';
    return new AgentError(kind, `Cannot reach the agent at ${address}: ${cause}`, details);
  }
  if (name === 'UNIMPLEMENTED') {
    const message = `Cannot use the server at ${address}: it does not speak pwru.v1 (${error.details})`;
    return new AgentError('unreachable', message, details);
  }
  if (name === 'PERMISSION_DENIED' || name === 'UNAUTHENTICATED') {
    return new AgentError(
      'forbidden',
      `Cannot use the agent at ${address}: ${error.details}`,
      details,
    );
  }
  const message = `${error.details} (${name})`;
  return answered
    ? new AgentError('lost', `Lost the agent at ${address}: ${message}`, details)
    : new AgentError('refused', `The agent at ${address} failed: ${message}`, details);
}

/**
 * What grpc-js says of a failed connection, without its frame: "No connection established. Last error: Error: connect
 * ECONNREFUSED 127.0.0.1:1. Resolution note: ", "... Last error: Protocol error (2026-11-23T06:58:10.069Z). ...".
 */
function connectionCause(text: string): string {
  const frame =
    /Last error: (?:Error: )?(.*?)(?: \(\d{4}-\d\d-\d\dT[\d:.]+Z\))?\. Resolution note:/s;
  const cause = frame.exec(text)?.[1];
  if (cause === 'Protocol error')
    return 'what answers there does not speak gRPC (HTTP/2 protocol error)';
  if (cause === 'Failed to connect') return 'the connection was closed before it was used';
  return cause ?? text;
}

function detailsOf(error: StatusError): AgentErrorDetails {
  const [trailer] = error.metadata.get(DETAILS_TRAILER);
  if (!(trailer instanceof Uint8Array)) return {};
  try {
    const { details } = google.rpc.Status.decode(trailer);
    return Object.assign({}, ...details.map(detailOf));
  } catch {
    // A trailer that is not what it should be takes nothing from the message itself.
    return {};
  }
}

function detailOf(any: google.protobuf.Any.$Properties): AgentErrorDetails {
  const type = any.type_url?.split('/').at(-1) ?? '';
  return detailReaders[type]?.(any.value ?? new Uint8Array(0)) ?? {};
}

/** What each kind of detail adds, of the kinds that pwru.v1 sends. */
const detailReaders: Readonly<Record<string, (value: Uint8Array) => AgentErrorDetails>> = {
  'google.rpc.ErrorInfo': (value) => {
    const { reason, metadata } = google.rpc.ErrorInfo.decode(value);
    const { field, position, subject } = metadata as Partial<Record<string, string>>;
    return {
      ...(reason === '' ? {} : { reason }),
      ...(field === undefined ? {} : { field }),
      ...(position !== undefined && /^\d+$/.test(position) ? { position: Number(position) } : {}),
      ...(subject === undefined ? {} : { subject }),
    };
  },
  'google.rpc.BadRequest': (value) => {
    const field = google.rpc.BadRequest.decode(value).fieldViolations[0]?.field ?? '';
    return field === '' ? {} : { field };
  },
  'google.rpc.PreconditionFailure': (value) => {
    const subject = google.rpc.PreconditionFailure.decode(value).violations[0]?.subject ?? '';
    return subject === '' ? {} : { subject };
  },
};
