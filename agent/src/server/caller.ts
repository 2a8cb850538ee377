import type { Socket } from 'node:net';

/** Who makes a call. The API has no authentication: what is known is the connection. */
export interface Caller {
  /** Different for each connection that is open. */
  readonly connection: string;
  /** It came by the unix socket, which only the agent's own user and root may open. */
  readonly isLocal: boolean;
}

/** What stands in the place of an address on a unix socket. */
const unixAddress = 'unix';

/**
 * Gives a connection by a unix socket, which has no address, one of its own: it is all that grpc-js tells its calls about
 * their connection.
 * @param number different for each connection
 */
export function nameConnection(socket: Socket, number: number): void {
  if (socket.remoteAddress !== undefined) return;
  Object.defineProperties(socket, {
    remoteAddress: { value: unixAddress },
    remotePort: { value: number },
  });
}

/** @param call of grpc-js, when it begins */
export function callerOf(call: { getPeer(): string }): Caller {
  const connection = call.getPeer();
  return { connection, isLocal: connection.startsWith(`${unixAddress}:`) };
}
