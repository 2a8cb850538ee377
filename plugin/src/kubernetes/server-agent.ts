import { Agent, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import { type DialTarget, dialForRequests, KEEPALIVE_DELAY_MS } from './dial.ts';

/**
 * Connections to one API server for HTTP/1.1 requests, kept while they are idle. Requests go through Node's `http` also to
 * https servers: TLS is the dialer's.
 */
export class ServerAgent extends Agent {
  /** Of everything that its connections depend on. */
  readonly fingerprint: string;
  readonly #target: DialTarget;
  readonly #closing: AbortSignal;
  readonly #onClosing = () => this.destroy();

  constructor(target: DialTarget, fingerprint: string, closing: AbortSignal) {
    super({ keepAlive: true, keepAliveMsecs: KEEPALIVE_DELAY_MS, maxFreeSockets: 4 });
    this.fingerprint = fingerprint;
    this.#target = target;
    this.#closing = closing;
    closing.addEventListener('abort', this.#onClosing, { once: true });
  }

  /** Idempotent. */
  override destroy(): void {
    this.#closing.removeEventListener('abort', this.#onClosing);
    super.destroy();
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    dialForRequests(this.#target, this.#closing).then(
      (socket) => callback?.(null, socket),
      (error: Error) => callback?.(error, undefined as unknown as Duplex),
    );
  }
}
