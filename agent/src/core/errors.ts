import type { Refusal } from './refusal/refusal.ts';

/**
 * The agent's closed set of error codes. `server/status.ts` turns them into gRPC status codes, and nothing else does.
 */
export const errorCodes = {
  /** A field of the request has a value that cannot be used. */
  INVALID_ARGUMENT: 'INVALID_ARGUMENT',
  /** libpcap does not accept the filter expression. */
  FILTER_SYNTAX: 'FILTER_SYNTAX',
  /** libpcap accepts the expression and this agent cannot run it in the kernel. */
  FILTER_UNSUPPORTED: 'FILTER_UNSUPPORTED',
  /** The function expression is not valid RE2. */
  REGEX_SYNTAX: 'REGEX_SYNTAX',
  /** A named network namespace, process, module, interface or session does not exist. */
  NOT_FOUND: 'NOT_FOUND',
  /** No function is left to probe. */
  NO_FUNCTIONS: 'NO_FUNCTIONS',
  /** The kernel lacks what the request needs. */
  KERNEL_FEATURE_MISSING: 'KERNEL_FEATURE_MISSING',
  /** A shared library or a file of this program is missing. */
  LIBRARY_MISSING: 'LIBRARY_MISSING',
  /** The process may not do this (root or a capability is missing, or lockdown forbids it). */
  PRIVILEGE_MISSING: 'PRIVILEGE_MISSING',
  /** The agent does not know the pods of its node. */
  CLUSTER_UNAVAILABLE: 'CLUSTER_UNAVAILABLE',
  /** A limit of this agent is reached (sessions, sizes). */
  LIMIT_REACHED: 'LIMIT_REACHED',
  /** The client gave up, or the agent is shutting down. */
  CANCELLED: 'CANCELLED',
  /** A system call failed in a way that none of the above names. */
  SYSTEM: 'SYSTEM',
} as const;

export type ErrorCode = (typeof errorCodes)[keyof typeof errorCodes];

/** What a program may want to know about an error, beside its message. */
export interface ErrorDetails {
  /** Path of the request field that is wrong, for instance `start.filter`. */
  readonly field?: string;
  /** Zero-based position in the field's text at which it goes wrong. */
  readonly position?: number;
  /** The kernel feature, library or privilege that is missing, for instance `CONFIG_FPROBE`. */
  readonly subject?: string;
  /** Why this machine does not let it be; undefined when that is not known, or is no matter of the machine. */
  readonly refusal?: Refusal;
}

/**
 * An error whose message a user can act on: the action, the object and the cause, sentence case, no final period.
 */
export class PwruError extends Error {
  override readonly name = 'PwruError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails & { cause?: unknown } = {}) {
    const { cause, ...rest } = details;
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = rest;
  }
}

/** Message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
