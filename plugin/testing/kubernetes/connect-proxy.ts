import { once } from 'node:events';
import { request as askServer, createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { ClientCertificate } from '../../src/kubernetes/tls-files.ts';

export interface ConnectProxy extends AsyncDisposable {
  readonly port: number;
  /** `HOST:PORT` of each tunnel that was asked for. */
  readonly destinations: string[];
  /** All that it was asked for, headers included. */
  readonly requests: IncomingMessage[];
  /** Common name of each client certificate that was shown to an https proxy. */
  readonly clients: string[];
}

export interface ConnectProxyOptions {
  readonly host?: string;
  /** `NAME:PASSWORD` that it insists on. */
  readonly login?: string;
  /** It never answers. */
  readonly silent?: boolean;
  /** Where it says that the one who asks for a tunnel has to go. */
  readonly movedTo?: string;
  /** An https proxy. */
  readonly certificate?: ClientCertificate;
}

/**
 * A real HTTP proxy that opens tunnels (CONNECT) to one port, of loopback unless `host` is given, and makes requests there,
 * whatever is asked for.
 */
export async function connectProxy(
  targetPort: number,
  options: ConnectProxyOptions = {},
): Promise<ConnectProxy> {
  const sockets = new Set<Socket>();
  const destinations: string[] = [];
  const requests: IncomingMessage[] = [];
  const clients: string[] = [];
  const { certificate } = options;
  const wanted =
    options.login === undefined
      ? undefined
      : `Basic ${Buffer.from(options.login).toString('base64')}`;
  const server: Server =
    certificate === undefined
      ? createServer()
      : createHttpsServer({
          ...{ cert: certificate.certificate, key: certificate.key },
          ...{ requestCert: true, rejectUnauthorized: false },
        });
  server.on('secureConnection', (socket: TLSSocket) => {
    const { subject } = socket.getPeerCertificate() as Partial<PeerCertificate>;
    if (subject !== undefined) clients.push(subject.CN);
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', (request, client: Socket) => {
    requests.push(request);
    destinations.push(request.url ?? '');
    client.on('error', () => {});
    if (options.silent === true) return;
    if (options.movedTo !== undefined) {
      client.end(`HTTP/1.1 302 Found\r\nLocation: ${options.movedTo}\r\n\r\n`);
      return;
    }
    if (request.headers['proxy-authorization'] !== wanted) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const target = connect(targetPort, options.host ?? '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    target.on('error', () => client.destroy());
    client.once('close', () => target.destroy());
  });
  // A request that it is to make itself (RFC 9112, 3.2.2).
  server.on('request', (request, response) => {
    requests.push(request);
    const { pathname, search } = new URL(request.url ?? '');
    if (request.headers['proxy-authorization'] !== wanted) {
      response.writeHead(407).end();
      return;
    }
    const asking = askServer(
      {
        ...{ host: options.host ?? '127.0.0.1', port: targetPort, path: pathname + search },
        ...{ method: request.method, headers: request.headers },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(asking);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    destinations,
    requests,
    clients,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
