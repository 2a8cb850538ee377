import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { WebSocket } from 'ws';

/** A TCP server on loopback. */
export async function tcpServer(
  onConnection: (socket: Socket) => void,
): Promise<{ port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/**
 * Forwards a tunnel to a TCP port of loopback as a kubelet does: it reads no further message, pings included, while the port
 * does not take the last one, and closes the tunnel in order when the port has sent its end.
 */
export function forwardToLoopback(socket: WebSocket, port: number): void {
  const target = connect(port, '127.0.0.1');
  socket.on('message', (data: Buffer) => {
    if (!target.write(data.subarray(1))) {
      socket.pause();
      target.once('drain', () => socket.resume());
    }
  });
  socket.once('close', () => target.destroy());
  target.on('data', (chunk: Buffer) => {
    target.pause();
    socket.send(Buffer.concat([Buffer.from([0]), chunk]), () => target.resume());
  });
  target.once('end', () => socket.close(1000));
  target.once('error', (error) => {
    const message = `error forwarding port ${port} to pod x, uid : ${error.message}`;
    socket.send(Buffer.concat([Buffer.from([1]), Buffer.from(message)]));
    socket.close(1000);
  });
}
