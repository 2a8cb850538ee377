import { setMaxListeners } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { version } from '../version.ts';
import type { ConnectionSettings } from './connection-settings.ts';
import { requestForm } from './dial.ts';
import { errorOfNoAnswer, errorOfRefusal } from './errors.ts';
import { type Identity, IdentitySource } from './identity.ts';
import { KubeError, type KubeRequest } from './kube-api.ts';
import { NetworkFailure, networkFailure } from './network-failure.ts';
import { Deadline, delay, Limiter } from './pacing.ts';
import { hostOf, portOf, requestPath } from './proxy-environment.ts';

/** How many requests that end by themselves may be under way. */
const MAX_REQUESTS = 20;
/** Without --request-timeout. The server's own limit for such a request is 60 s. */
const DEFAULT_TIMEOUT_MS = 65_000;
const HEADERS_TIMEOUT_MS = 30_000;
/** How often, and how long at most, a server may ask to come back later (Retry-After). */
const MAX_RETRIES = 5;
const MAX_RETRY_DELAY_MS = 10_000;
/** How much of a refusal is read. */
const MAX_REFUSAL_BYTES = 64 * 1024;

const userAgent = `kubectl-pwru/${version} (${process.platform}/${process.arch})`;

/**
 * Requests to one API server with its user's credentials. All errors are KubeErrors. A 401 makes it ask once more when there
 * are other credentials: a plugin runs again, files are read again.
 */
export class ServerConnection {
  readonly #closing = new AbortController();
  readonly #identities: IdentitySource;
  readonly #limiter = new Limiter(MAX_REQUESTS);

  /** @throws KubeError "InvalidConfiguration" */
  constructor(loadSettings: () => ConnectionSettings) {
    // Every connection and every request listens, and is bounded elsewhere.
    setMaxListeners(0, this.#closing.signal);
    this.#identities = new IdentitySource(loadSettings, this.#closing.signal);
  }

  get settings(): ConnectionSettings {
    return this.#identities.settings;
  }

  /** Aborts when this is closed, with the KubeError that then ends everything. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** The answer's object. @throws KubeError */
  async ask<T>(request: KubeRequest): Promise<T> {
    const timeoutMs = this.settings.requestTimeoutMs ?? DEFAULT_TIMEOUT_MS;
    return this.#limiter.run(() =>
      this.authorized(async (identity) => {
        // Who logs in by a plugin may take as long as it takes: the time is that of a request.
        using deadline = new Deadline(
          this.closing,
          timeoutMs,
          () =>
            new NetworkFailure(
              'net/http: request canceled (Client.Timeout exceeded while awaiting headers)',
            ),
        );
        const response = await this.#send(identity, request, deadline.signal);
        return (await this.#read(response, deadline.signal)) as T;
      }),
    );
  }

  /**
   * The body of an answer that does not end by itself, once its headers are there.
   * @param signal ends it
   * @throws KubeError
   */
  async stream(request: KubeRequest, signal: AbortSignal): Promise<Readable> {
    return this.authorized(async (identity) => {
      using deadline = new Deadline(
        signal,
        HEADERS_TIMEOUT_MS,
        () => new NetworkFailure('net/http: request canceled while waiting for response headers'),
      );
      // What is compressed comes in blocks, later than it could. A proxy may do so all the same.
      const asked = { ...request, encoding: 'identity' } as const;
      const body = plainBody(await this.#send(identity, asked, deadline.signal));
      const onAbort = () => body.destroy();
      signal.addEventListener('abort', onAbort, { once: true });
      body.once('close', () => signal.removeEventListener('abort', onAbort));
      return body;
    });
  }

  /**
   * Runs an attempt with the present credentials, and once more with others after a 401.
   * @throws KubeError
   */
  async authorized<T>(attempt: (identity: Identity) => Promise<T>): Promise<T> {
    try {
      this.#closing.signal.throwIfAborted();
      const identity = await this.#identities.get();
      try {
        return await attempt(identity);
      } catch (thrown) {
        if (!(thrown instanceof KubeError) || thrown.status !== 401) throw thrown;
        const other = await this.#identities.renew(identity);
        if (other === undefined) throw thrown;
        return await attempt(other);
      }
    } catch (thrown) {
      throw this.#kubeError(thrown);
    }
  }

  /** Ends everything that is under way. Idempotent. */
  close(): void {
    if (this.closing.aborted) return;
    this.#closing.abort(
      new KubeError('Unable to connect to the server: the connection was closed', {
        reason: '',
        status: 0,
      }),
    );
  }

  #kubeError(thrown: unknown): unknown {
    if (thrown instanceof KubeError) return thrown;
    if (this.closing.aborted) return this.closing.reason;
    if (thrown instanceof NetworkFailure) return errorOfNoAnswer(thrown, this.settings.server.host);
    return thrown;
  }

  /** Resolves with a success. @throws KubeError for any other answer, NetworkFailure for none */
  async #send(
    identity: Identity,
    request: EncodedRequest,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    for (let retries = 0; ; retries++) {
      const response = await this.#sendOnce(identity, request, signal);
      const { statusCode: status = 0, headers } = response;
      if (status >= 200 && status < 300) return response;
      const retryAfterS = Number(headers['retry-after'] ?? Number.NaN);
      const mayRetry = (status === 429 || status >= 500) && retryAfterS >= 0;
      if (!mayRetry || retries === MAX_RETRIES) {
        throw await readRefusal(response, request);
      }
      response.destroy();
      await delay(Math.min(retryAfterS * 1_000, MAX_RETRY_DELAY_MS), signal);
      signal.throwIfAborted();
    }
  }

  async #sendOnce(
    identity: Identity,
    request: EncodedRequest,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { server } = identity.settings;
    const peer = { host: hostOf(server), port: portOf(server) };
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const query = new URLSearchParams(request.query).toString();
    const form = requestForm(identity.target);
    // The server may close kept connections just when they are used again.
    for (let tries = 1; ; tries++) {
      const asking = httpRequest({
        ...peer,
        agent: identity.agent,
        method: request.method,
        path: `${form.prefix}${requestPath(server, request.path)}${query === '' ? '' : `?${query}`}`,
        headers: {
          ...form.headers,
          host: server.host,
          accept: 'application/json',
          'accept-encoding': request.encoding ?? 'gzip',
          'user-agent': userAgent,
          ...(body === undefined
            ? {}
            : {
                'content-type': request.contentType ?? 'application/json',
                'content-length': Buffer.byteLength(body),
              }),
          ...identity.headers,
        },
        signal,
      });
      try {
        return await new Promise((resolve, reject) => {
          asking.once('response', resolve);
          asking.on('error', reject);
          asking.end(body);
        });
      } catch (thrown) {
        if (signal.aborted) throw signal.reason;
        if (tries <= MAX_RETRIES && asking.reusedSocket && request.method === 'GET') continue;
        throw networkFailure(thrown, peer);
      }
    }
  }

  async #read(response: IncomingMessage, signal: AbortSignal): Promise<unknown> {
    const type = response.headers['content-type'] ?? '';
    if (!type.startsWith('application/json')) {
      response.destroy();
      throw new NetworkFailure(
        `it answers with ${type === '' ? 'no content type' : type}, not with JSON; is it a Kubernetes API server?`,
      );
    }
    try {
      return JSON.parse((await buffer(plainBody(response))).toString('utf8'));
    } catch (thrown) {
      if (signal.aborted) throw signal.reason;
      const cause = thrown instanceof SyntaxError ? thrown.message : 'unexpected EOF';
      throw new KubeError(
        `error: unexpected error when reading response body. Please retry. Original error: ${cause}`,
        { reason: '', status: 0, cause: thrown },
      );
    }
  }
}

interface EncodedRequest extends KubeRequest {
  /** How the answer may be encoded; gzip unless given. */
  readonly encoding?: 'identity';
}

/** The body without its compression. */
function plainBody(response: IncomingMessage): Readable {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  const gunzip = createGunzip();
  response.once('error', (error) => gunzip.destroy(error));
  gunzip.once('close', () => response.destroy());
  return response.pipe(gunzip);
}

async function readRefusal(response: IncomingMessage, request: KubeRequest): Promise<KubeError> {
  return errorOfRefusal({
    method: request.method,
    path: request.path,
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    body: await readStart(response),
  });
}

/** The beginning of a body, as far as it comes. */
export async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  try {
    for await (const chunk of plainBody(response) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      lengthBytes += chunk.length;
      if (lengthBytes >= MAX_REFUSAL_BYTES) break;
    }
  } catch {
    // What is there tells enough.
  }
  return Buffer.concat(chunks).subarray(0, MAX_REFUSAL_BYTES).toString('utf8');
}
