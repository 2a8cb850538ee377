import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { connect as connectSocket, type Socket } from 'node:net';

/** A message in gRPC's framing: compressed flag, length, bytes. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.alloc(5 + message.length);
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, 5);
  return framed;
}

/** An HTTP/2 client below gRPC, to do what no gRPC client does. */
export class RawHttp2 implements Disposable {
  readonly session: ClientHttp2Session;
  readonly #socket: Socket;

  private constructor(session: ClientHttp2Session, socket: Socket) {
    this.session = session;
    this.#socket = socket;
  }

  /**
   * @param windowBytes that the server may send unasked, per stream and per connection
   * @throws Error when the server closes the connection
   */
  static async open(socketPath: string, windowBytes = 65_535): Promise<RawHttp2> {
    const socket = connectSocket(socketPath);
    const session = connect('http://localhost', {
      createConnection: () => socket,
      settings: { initialWindowSize: windowBytes },
    });
    // What the server does to this client is told by its streams.
    session.on('error', () => {});
    const closed = new AbortController();
    session.once('close', () => closed.abort());
    await once(session, 'remoteSettings', { signal: closed.signal });
    if (windowBytes > 65_535) session.setLocalWindowSize(windowBytes);
    return new RawHttp2(session, socket);
  }

  request(path: string, headers: Record<string, string> = {}): ClientHttp2Stream {
    const stream = this.session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    stream.on('error', () => {});
    return stream;
  }

  /** Resolves when the server has read all that was sent before. */
  ping(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.session.ping((error) => (error === null ? resolve() : reject(error)));
    });
  }

  /** Reads nothing more from the socket, not even HTTP/2's own frames. */
  stopReading(): void {
    const { _handle: handle } = this.#socket as unknown as { _handle: { readStop(): void } };
    handle.readStop();
  }

  [Symbol.dispose](): void {
    this.session.destroy();
    this.#socket.destroy();
  }
}

/** gRPC status of a stream, -1 when it ends without. */
export function statusOf(stream: ReturnType<RawHttp2['request']>): Promise<number> {
  return new Promise((resolve) => {
    const take = (headers: object) => {
      const code = (headers as Record<string, string | undefined>)['grpc-status'];
      if (code !== undefined) resolve(Number(code));
    };
    stream.on('response', take);
    stream.on('trailers', take);
    stream.on('close', () => resolve(-1));
    stream.resume();
  });
}
