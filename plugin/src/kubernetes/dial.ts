import { Agent, type ClientRequestArgs, request as httpRequest } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { SocksClient } from 'socks';
import { NetworkFailure, networkFailure, type Peer } from './network-failure.ts';
import { Deadline } from './pacing.ts';
import { hostOf, loginOf, portOf } from './proxy-environment.ts';
import { systemAuthorities } from './tls-files.ts';

/** How one API server is reached. */
export interface DialTarget {
  readonly server: URL;
  /** http, https, socks5 or socks5h. */
  readonly proxy: URL | undefined;
  /** For an https server. */
  readonly secureContext: SecureContext;
  readonly serverName: string | undefined;
  readonly verify: boolean;
}

/** A dead connection is noticed 10 s after this: Linux asks ten times, a second apart (libuv's settings). */
export const KEEPALIVE_DELAY_MS = 5_000;

/** TCP, the proxy, and TLS together. */
const TIMEOUT_MS = 10_000;
/** One address of a name that has several. */
const ADDRESS_TIMEOUT_MS = 3_000;

class DialTimeout extends Error {}

/**
 * A connection to the API server, through the proxy and TLS where they are asked for; within 10 s.
 * @param closing ends the attempt; the reason of its abort is what the promise rejects with
 * @throws NetworkFailure
 */
export async function dialServer(target: DialTarget, closing: AbortSignal): Promise<Socket> {
  using deadline = new Deadline(closing, TIMEOUT_MS, () => new DialTimeout());
  return await dialWithin(target, deadline.signal);
}

/**
 * A connection for plain HTTP requests: as `dialServer`, or, to an http server behind an HTTP proxy, to the proxy, which makes
 * the requests itself (RFC 9112, 3.2.2), since many open tunnels to port 443 only.
 * @throws NetworkFailure
 */
export async function dialForRequests(target: DialTarget, closing: AbortSignal): Promise<Socket> {
  const { proxy } = target;
  if (proxy === undefined || !isForwarded(target)) return dialServer(target, closing);
  using deadline = new Deadline(closing, TIMEOUT_MS, () => new DialTimeout());
  const { signal } = deadline;
  const socket = await byProxy(proxy, signal, () => connectProxy(proxy, signal));
  socket.setKeepAlive(true, KEEPALIVE_DELAY_MS);
  return socket;
}

/** How requests on such a connection are written. */
export function requestForm(target: DialTarget): {
  /** Stands before the path. */
  readonly prefix: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const { server, proxy } = target;
  return proxy !== undefined && isForwarded(target)
    ? { prefix: server.origin, headers: authorizationOf(proxy) }
    : { prefix: '', headers: {} };
}

function isForwarded({ server, proxy }: DialTarget): boolean {
  return server.protocol === 'http:' && proxy !== undefined && proxy.protocol.startsWith('http');
}

async function dialWithin(target: DialTarget, signal: AbortSignal): Promise<Socket> {
  const peer = { host: hostOf(target.server), port: portOf(target.server) };
  const socket =
    target.proxy === undefined
      ? await connected(tcp(peer), 'connect', peer, signal)
      : await throughProxy(target.proxy, peer, signal);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEPALIVE_DELAY_MS);
  if (target.server.protocol !== 'https:') return socket;
  const { serverName = isIP(peer.host) === 0 ? peer.host : '' } = target;
  // Node judges a server after the handshake; by TLS 1.2 it has seen the client's certificate then, though not its key.
  const secured = connectTls({
    socket,
    host: peer.host,
    servername: serverName,
    secureContext: target.secureContext,
    rejectUnauthorized: target.verify,
    ALPNProtocols: ['http/1.1'],
  });
  return connected(secured, 'secureConnect', peer, signal);
}

async function throughProxy(proxy: URL, peer: Peer, signal: AbortSignal): Promise<Socket> {
  return byProxy(proxy, signal, () =>
    proxy.protocol.startsWith('socks')
      ? throughSocks(proxy, peer, signal)
      : throughConnect(proxy, peer, signal),
  );
}

/** Failures name the step, as Go does. */
async function byProxy(
  proxy: URL,
  signal: AbortSignal,
  dial: () => Promise<Socket>,
): Promise<Socket> {
  try {
    return await dial();
  } catch (thrown) {
    if (signal.aborted && !(signal.reason instanceof DialTimeout)) throw signal.reason;
    const { message, cause } = networkFailure(thrown, { host: hostOf(proxy), port: portOf(proxy) });
    const step = proxy.protocol.startsWith('socks') ? 'socks connect' : 'proxyconnect';
    throw new NetworkFailure(`${step} tcp: ${message}`, { cause });
  }
}

/** RFC 9110, 9.3.6. */
async function throughConnect(proxy: URL, peer: Peer, signal: AbortSignal): Promise<Socket> {
  const at = { host: hostOf(proxy), port: portOf(proxy) };
  const socket = await connectProxy(proxy, signal);
  const destination = `${peer.host.includes(':') ? `[${peer.host}]` : peer.host}:${peer.port}`;
  const options: ClientRequestArgs = {
    method: 'CONNECT',
    path: destination,
    setHost: false,
    headers: { host: destination, ...authorizationOf(proxy) },
    createConnection: () => socket,
    signal,
  };
  return new Promise((resolve, reject) => {
    const asking = httpRequest(options);
    asking.once('error', (error) => reject(signal.aborted ? reasonOf(signal, at) : error));
    asking.once('connect', (response, tunnel: Socket, head: Buffer) => {
      if (response.statusCode === 200) {
        if (head.length > 0) tunnel.unshift(head);
        resolve(tunnel);
        return;
      }
      tunnel.destroy();
      reject(new NetworkFailure(`${response.statusMessage ?? ''} (${response.statusCode})`));
    });
    asking.end();
  });
}

async function connectProxy(proxy: URL, signal: AbortSignal): Promise<Socket> {
  const at = { host: hostOf(proxy), port: portOf(proxy) };
  const plain = await connected(tcp(at), 'connect', at, signal);
  return proxy.protocol === 'https:' ? securedProxy(plain, at, signal) : plain;
}

/** Node gives an address of several 250 ms and no second chance: less than a way around the world takes. */
function tcp(peer: Peer): Socket {
  return connectTcp({ ...peer, noDelay: true, autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS });
}

/** The proxy's own TLS, below that of the server. */
function securedProxy(socket: Socket, proxy: Peer, signal: AbortSignal): Promise<Socket> {
  const secured = connectTls({
    socket,
    host: proxy.host,
    servername: isIP(proxy.host) === 0 ? proxy.host : '',
    ca: [...systemAuthorities()],
  });
  return connected(secured, 'secureConnect', proxy, signal);
}

function authorizationOf(proxy: URL): Record<string, string> {
  const login = loginOf(proxy);
  if (login === undefined) return {};
  const text = `${login.username}:${login.password}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(text).toString('base64')}` };
}

/** RFC 1928; names are resolved by the proxy, as Go does. */
async function throughSocks(proxy: URL, peer: Peer, signal: AbortSignal): Promise<Socket> {
  const at = { host: hostOf(proxy), port: portOf(proxy) };
  const existingSocket = await connected(tcp(at), 'connect', at, signal);
  const { socket } = await ended(
    SocksClient.createConnection({
      proxy: {
        ...at,
        type: 5,
        ...(proxy.username === '' ? {} : { userId: decodeURIComponent(proxy.username) }),
        ...(proxy.password === '' ? {} : { password: decodeURIComponent(proxy.password) }),
      },
      command: 'connect',
      destination: peer,
      existing_socket: existingSocket,
    }),
    existingSocket,
    at,
    signal,
  );
  return socket;
}

/** Settles with `work`, or destroys its socket when the signal comes first. */
async function ended<T>(
  work: Promise<T>,
  socket: Socket,
  peer: Peer,
  signal: AbortSignal,
): Promise<T> {
  const onAbort = () => socket.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await work;
  } catch (thrown) {
    socket.destroy();
    throw signal.aborted ? reasonOf(signal, peer) : thrown;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Waits for the event that says that a socket can be used; destroys it when that does not come. */
function connected<T extends Socket | TLSSocket>(
  socket: T,
  event: 'connect' | 'secureConnect',
  peer: Peer,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort);
      socket.removeListener('error', onError);
      socket.removeListener('close', onClose);
      settle();
    };
    const fail = (reason: unknown) =>
      finish(() => {
        socket.on('error', () => {});
        socket.destroy();
        reject(reason);
      });
    const onAbort = () =>
      fail(
        signal.reason instanceof DialTimeout && event === 'secureConnect'
          ? new NetworkFailure('net/http: TLS handshake timeout')
          : reasonOf(signal, peer),
      );
    const onError = (error: Error) => fail(networkFailure(error, peer));
    const onClose = () => fail(new NetworkFailure('EOF'));
    socket.once('error', onError);
    socket.once('close', onClose);
    socket.once(event, () => finish(() => resolve(socket)));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

/** Why a signal aborted, as an error to throw. */
function reasonOf(signal: AbortSignal, peer: Peer): unknown {
  return signal.reason instanceof DialTimeout
    ? networkFailure(Object.assign(new Error(), { code: 'ETIMEDOUT' }), peer)
    : signal.reason;
}

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
