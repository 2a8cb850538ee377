import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import { messageOf, PwruError } from '../core/errors.ts';
import type { HostPort } from '../core/host-port.ts';

export interface HttpAnswer {
  readonly status: number;
  /** `text/plain` unless given. */
  readonly contentType?: string;
  readonly body: string;
}

/** Answers GET and HEAD, by path. What one throws is answered with 500 and told to `onError`. */
export type HttpRoutes = Readonly<Record<string, () => Promise<HttpAnswer> | HttpAnswer>>;

export interface HttpServerOptions {
  readonly address: HostPort;
  readonly routes: HttpRoutes;
  readonly onError: (path: string, thrown: unknown) => void;
  /** From accepting a connection until it is closed, whatever it does; 10 s. */
  readonly connectionMs?: number;
}

/**
 * Whoever reaches the port may connect, so what one can hold is little: a connection has one request, a head of 4 KiB, no
 * body and ten seconds; nobody has so many that a kubelet's probe finds no place.
 */
const limits = { connections: 64, connectionsPerAddress: 16, headBytes: 4 * 1024 } as const;

const plainText = 'text/plain; charset=utf-8';

/** A small HTTP/1.1 server for probes and scrapes. Everything is released by `close`. */
export class HttpServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #routes: HttpRoutes;
  readonly #onError: (path: string, thrown: unknown) => void;
  readonly #connectionMs: number;
  readonly #openByAddress = new Map<string, number>();
  readonly #sockets = new Set<Socket>();

  private constructor({ routes, onError, connectionMs = 10_000 }: HttpServerOptions) {
    this.#routes = routes;
    this.#onError = onError;
    this.#connectionMs = connectionMs;
    this.#server = createServer({
      maxHeaderSize: limits.headBytes,
      headersTimeout: connectionMs / 2,
      requestTimeout: connectionMs / 2,
      connectionsCheckingInterval: connectionMs / 2,
    });
    this.#server.maxConnections = limits.connections;
    this.#server.maxRequestsPerSocket = 1;
    this.#server.on('connection', (socket: Socket) => this.#admit(socket));
    this.#server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#answer(request, response);
    });
  }

  /** Serves once it returns. @throws PwruError SYSTEM when it cannot listen */
  static async open(options: HttpServerOptions): Promise<HttpServer> {
    const server = new HttpServer(options);
    await server.#listen(options.address);
    return server;
  }

  /** As a URL has it: `127.0.0.1:9090`, `[::]:9090`. */
  get address(): string {
    const bound = this.#server.address();
    if (typeof bound !== 'object' || bound === null) return '';
    return `${isIPv6(bound.address) ? `[${bound.address}]` : bound.address}:${bound.port}`;
  }

  /** Takes no connection any more and cuts those that are open. Idempotent. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #listen({ host, port }: HostPort): Promise<void> {
    return new Promise((resolve, reject) => {
      const where = `${host}:${port}`;
      this.#server.once('error', (error) => {
        const message = `Cannot listen on ${where} for HTTP: ${messageOf(error)}`;
        reject(new PwruError('SYSTEM', message, { cause: error }));
      });
      this.#server.once('listening', () => {
        this.#server.removeAllListeners('error');
        // Accepting may fail later (EMFILE); the listener stays.
        this.#server.on('error', () => {});
        resolve();
      });
      // Without a host Node serves IPv6 and IPv4 alike, or IPv4 alone where there is no IPv6.
      this.#server.listen(host === '' ? { port } : { host, port });
    });
  }

  #admit(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    const open = this.#openByAddress.get(address) ?? 0;
    // Reset, not closed in good order: a port in TIME_WAIT would be one more thing to hold.
    if (open >= limits.connectionsPerAddress) {
      socket.resetAndDestroy();
      return;
    }
    this.#openByAddress.set(address, open + 1);
    this.#sockets.add(socket);
    const timer = setTimeout(() => socket.destroy(), this.#connectionMs).unref();
    socket.once('close', () => {
      clearTimeout(timer);
      this.#sockets.delete(socket);
      const left = (this.#openByAddress.get(address) ?? 1) - 1;
      if (left === 0) this.#openByAddress.delete(address);
      else this.#openByAddress.set(address, left);
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, contentType = plainText, body } = await this.#choose(request);
    const bytes = Buffer.from(body);
    response.writeHead(status, {
      'content-type': contentType,
      'content-length': bytes.length,
      ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
      // Node says so itself after the last request that it allows, but then waits for the client to close.
      connection: 'close',
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  async #choose(request: IncomingMessage): Promise<HttpAnswer> {
    const { method, url = '', headers } = request;
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, body: 'GET and HEAD only\n' };
    if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0) {
      return { status: 413, body: 'A request has no body here\n' };
    }
    const [path = ''] = url.split('?', 1);
    const route = Object.hasOwn(this.#routes, path) ? this.#routes[path] : undefined;
    if (route === undefined) return { status: 404, body: 'There is no such page\n' };
    try {
      return await route();
    } catch (thrown) {
      this.#onError(path, thrown);
      return { status: 500, body: 'The agent has a defect: see its log\n' };
    }
  }
}
