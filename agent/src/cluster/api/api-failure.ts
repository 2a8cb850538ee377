/** Kinds of trouble with the API server, a closed set: each is the label of a counter. */
export const apiFailureKinds = [
  /** No connection, or one that broke: refused, reset, TLS, DNS. */
  'connection',
  /** Silent for too long. */
  'timeout',
  /** The watch ended before its time and without a word, as when a server is stopped. */
  'closed',
  /** 410: the server no longer knows what happened since the version that was asked for. */
  'expired',
  /** 401. */
  'unauthorized',
  /** 403. */
  'forbidden',
  /** 429. */
  'busy',
  /** Any other status that is no success. */
  'server',
  /** An answer that is not what the API promises. */
  'malformed',
  /** The files of the service account cannot be read. */
  'credentials',
] as const;

export type ApiFailureKind = (typeof apiFailureKinds)[number];

/** Why a request to the API server came to nothing. The watch reports it and tries again. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly kind: ApiFailureKind;
  /** The answer's HTTP status; 0 when there was none. */
  readonly status: number;
  /** What the server asked to wait for. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: ApiFailureKind,
    message: string,
    options: { status?: number; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.status = options.status ?? 0;
    this.retryAfterMs = options.retryAfterMs;
  }
}
