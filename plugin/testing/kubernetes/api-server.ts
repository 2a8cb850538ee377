import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Certificates } from './certificates.ts';

/** What a test's API server does. */
export interface ApiServerOptions {
  /** https with them, http without. */
  readonly certificates?: Certificates;
  /** One that is free unless given. */
  readonly port?: number;
  readonly onRequest?: (request: IncomingMessage, response: ServerResponse) => void;
  /** A port-forward that was accepted: both channels have begun. `raw` is the connection below it. */
  readonly onTunnel?: (tunnel: { socket: WebSocket; raw: Duplex; port: number }) => void;
  /** Answers an upgrade instead of accepting it. */
  readonly onUpgrade?: (request: IncomingMessage, raw: Duplex) => void;
}

export interface ApiServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** All requests so far, upgrades included. */
  readonly requests: IncomingMessage[];
  readonly connections: ReadonlySet<Socket>;
  /** Common name of each client certificate that was shown, with or without a request after it. */
  readonly clients: string[];
  /** Breaks all connections. */
  cut(): void;
  /** Breaks all connections and takes no more, until `restart`. */
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** A real HTTP(S) server on loopback that speaks `v4.channel.k8s.io` as kubelets do. */
export async function apiServer(options: ApiServerOptions): Promise<ApiServer> {
  const connections = new Set<Socket>();
  const requests: IncomingMessage[] = [];
  const clients: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(request);
    options.onRequest?.(request, response);
  };
  const { certificates } = options;
  const server: Server =
    certificates === undefined
      ? createHttpServer(answer)
      : createHttpsServer(
          {
            cert: certificates.server.certificate,
            key: certificates.server.key,
            ca: certificates.authority,
            requestCert: true,
            rejectUnauthorized: false,
          },
          answer,
        );
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => connections.delete(socket));
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    const { subject } = socket.getPeerCertificate() as Partial<PeerCertificate>;
    if (subject !== undefined) clients.push(subject.CN);
  });
  const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on('upgrade', (request, raw, head) => {
    requests.push(request);
    raw.on('error', () => {});
    if (options.onUpgrade !== undefined) {
      options.onUpgrade(request, raw);
      return;
    }
    upgrades.handleUpgrade(request, raw, head, (socket) => {
      socket.on('error', () => {});
      const port = Number(new URL(request.url ?? '', 'http://x').searchParams.get('ports'));
      for (const channel of [0, 1]) {
        const begin = Buffer.from([channel, 0, 0]);
        begin.writeUInt16LE(port, 1);
        socket.send(begin);
      }
      options.onTunnel?.({ socket, raw, port });
    });
  });
  const cut = () => {
    for (const socket of connections) socket.destroy();
  };
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    cut();
    await closed;
  };
  return {
    url: `${certificates === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    connections,
    clients,
    cut,
    stop,
    restart: async () => {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await stop();
    },
  };
}

/** Sends JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** A metav1.Status. */
export function failure(code: number, reason: string, message: string): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message };
}
