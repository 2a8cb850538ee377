import { constants, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import { type Server, ServerCredentials } from '@grpc/grpc-js';

/**
 * HTTP/2 lets 16 be open at a time: so many begin in one turn of the event loop only where they are reset as soon as they are
 * open. A thousand of them would hold the loop for 100 ms and more, and whoever does so has no good reason.
 */
const MAX_BEGUN_IN_TURN = 32;

/** What of a Server is not in grpc-js' types. */
interface Http2Factory {
  createHttp2Server(credentials: ServerCredentials): Http2Server;
}

/**
 * Serves connections that are given to it by their HTTP/2. One that floods with streams is closed before gRPC sees most of them.
 * Once for a server.
 */
export function createInjector(server: Server): ReturnType<Server['createConnectionInjector']> {
  const factory = server as unknown as Http2Factory;
  const create = factory.createHttp2Server.bind(server);
  factory.createHttp2Server = (credentials) => {
    const http2Server = create(credentials);
    guardStreams(http2Server);
    return http2Server;
  };
  return server.createConnectionInjector(ServerCredentials.createInsecure());
}

function guardStreams(http2Server: Http2Server): void {
  const listeners = http2Server.listeners('stream');
  http2Server.removeAllListeners('stream');
  const begunInTurn = new Map<ServerHttp2Stream['session'], number>();
  http2Server.on('stream', (stream: ServerHttp2Stream, ...rest: unknown[]) => {
    const { session } = stream;
    if (begunInTurn.size === 0) setImmediate(() => begunInTurn.clear());
    const begun = (begunInTurn.get(session) ?? 0) + 1;
    begunInTurn.set(session, begun);
    if (begun <= MAX_BEGUN_IN_TURN && session?.destroyed === false) {
      for (const listener of listeners) Reflect.apply(listener, http2Server, [stream, ...rest]);
      return;
    }
    // What becomes of it is nobody's concern.
    stream.on('error', () => {});
    if (session?.destroyed === false) {
      session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
    }
  });
}
