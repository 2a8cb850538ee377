import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { messageOf } from '../../core/errors.ts';

export interface ApiRequest {
  /** '/api/v1/pods' */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The connection is given up when nothing comes for this long. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
}

/** A peer that is gone without a word is found by TCP: probes from here on, one a second, the tenth unanswered ends it. */
const keepAliveAfterMs = 15_000;

/** Of a Status object that explains a refusal. */
const maxStatusBytes = 64 * 1024;

/** Waiting longer than this is not obeyed. */
const maxRetryAfterMs = 60_000;

/**
 * Sends a GET and waits for the head of the answer.
 * @returns the body to be read, of an answer with status 200
 * @throws ApiFailure
 */
export async function openApiStream(
  endpoint: ApiEndpoint,
  request: ApiRequest,
): Promise<IncomingMessage> {
  const response = await head(endpoint, request);
  if (response.statusCode === 200) return response;
  throw await refusal(response);
}

function head(endpoint: ApiEndpoint, request: ApiRequest): Promise<IncomingMessage> {
  const { server, options, headers } = endpoint;
  const url = new URL(server);
  url.pathname = `${server.pathname.replace(/\/$/, '')}${request.path}`;
  url.search = new URLSearchParams(request.query).toString();
  const complete: RequestOptions = {
    // A connection of its own, so that a watch never waits for another one to end.
    agent: false,
    ...options,
    headers: { ...headers, accept: 'application/json', 'user-agent': 'pwru-agent' },
    signal: request.signal,
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
    let response: IncomingMessage | undefined;
    const sent = send(url, complete, (received) => {
      response = received;
      resolve(received);
    });
    sent.on('socket', (socket) => socket.setKeepAlive(true, keepAliveAfterMs));
    sent.setTimeout(request.silenceMs, () => {
      const silence = `The API server was silent for ${request.silenceMs / 1_000} s`;
      (response ?? sent).destroy(new ApiFailure('timeout', silence));
    });
    sent.on('error', (thrown) => reject(asFailure(thrown, 'connection')));
    sent.end();
  });
}

/** Reads a whole JSON answer. @throws ApiFailure */
export async function readJson(response: IncomingMessage, maxBytes: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) {
        throw new ApiFailure('malformed', `The API server's answer exceeds ${maxBytes} bytes`);
      }
      chunks.push(chunk);
    }
  } catch (thrown) {
    throw asFailure(thrown, 'connection');
  }
  return parseJson(Buffer.concat(chunks));
}

/** @throws ApiFailure malformed */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (thrown) {
    throw new ApiFailure('malformed', `The API server sent no JSON: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
}

/** What was thrown, as a failure: of this kind unless it is one already. */
export function asFailure(thrown: unknown, kind: ApiFailureKind): ApiFailure {
  if (thrown instanceof ApiFailure) return thrown;
  // A chain of attempts at several addresses has no message of its own.
  const causes = thrown instanceof AggregateError ? thrown.errors : [thrown];
  const message = causes.map(messageOf).join('; ');
  return new ApiFailure(kind, `The connection to the API server failed: ${message}`, {
    cause: thrown,
  });
}

const kindsByStatus: Readonly<Record<number, ApiFailureKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  410: 'expired',
  429: 'busy',
};

/** The server's own words, from the metav1.Status that it answers with. */
async function refusal(response: IncomingMessage): Promise<ApiFailure> {
  const status = response.statusCode ?? 0;
  const told = await readJson(response, maxStatusBytes).catch(() => undefined);
  const message =
    typeof told === 'object' && told !== null && 'message' in told ? told.message : undefined;
  response.destroy();
  return new ApiFailure(
    kindsByStatus[status] ?? 'server',
    `The API server answers ${status}: ${typeof message === 'string' ? message : response.statusMessage}`,
    { status, retryAfterMs: retryAfterMs(response.headers['retry-after']) },
  );
}

/** The header's number of seconds; dates are not used by API servers. */
function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d{1,4}$/.test(header)) return undefined;
  return Math.min(Number(header) * 1_000, maxRetryAfterMs);
}

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

const newline = 0x0a;

/**
 * The values of a stream with one JSON text per line. A last line without an end is not a value: the stream was cut in it.
 * @param maxLineBytes an object of the API has at most 1.5 MiB in etcd
 * @throws ApiFailure malformed; what the stream throws
 */
export async function* jsonLines(
  chunks: AsyncIterable<Buffer>,
  maxLineBytes: number,
): AsyncGenerator<unknown, void> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      parts.push(chunk.subarray(start, end));
      const line = parts.length === 1 ? parts[0] : Buffer.concat(parts);
      parts = [];
      length = 0;
      start = end + 1;
      if (line !== undefined && line.length > 0) yield parseJson(line);
    }
    length += chunk.length - start;
    if (length > maxLineBytes) {
      throw new ApiFailure('malformed', `A line of the watch exceeds ${maxLineBytes} bytes`);
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
}

/** How to reach an API server at this moment. */
export interface ApiEndpoint {
  /** With a path when the server lives below one. */
  readonly server: URL;
  /** TLS, and perhaps an agent that goes through a proxy. */
  readonly options: Omit<RequestOptions, 'headers'>;
  /** Credentials. */
  readonly headers: OutgoingHttpHeaders;
}

/** Address and credentials of an API server. */
export interface ApiAccess {
  /**
   * Reads token and certificates again, so that rotated ones are used from the next request on.
   * @throws ApiFailure credentials
   */
  endpoint(): Promise<ApiEndpoint>;
}
