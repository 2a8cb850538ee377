import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SocksProxy extends AsyncDisposable {
  readonly port: number;
  /** Host names that were asked for. */
  readonly hosts: string[];
}

/** A SOCKS5 proxy (RFC 1928) without a login that takes names, and leads to a port of loopback. */
export async function socksProxy(targetPort: number): Promise<SocksProxy> {
  const sockets = new Set<Socket>();
  const hosts: string[] = [];
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => {});
    client.once('data', () => {
      client.write(Buffer.from([5, 0]));
      client.once('data', (request: Buffer) => {
        // version, command, reserved, type 3 (a name), its length, the name, the port
        hosts.push(request.subarray(5, 5 + (request[4] ?? 0)).toString());
        const target = connect(targetPort, '127.0.0.1', () => {
          client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
          client.pipe(target).pipe(client);
        });
        target.on('error', () => client.destroy());
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    hosts,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
