import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type KubeApi, KubeError } from '../kubernetes/kube-api.ts';
import { AgentError, type QueryableAgent } from './agent-client.ts';

/** Where the agent of a node is. */
export interface AgentPlace {
  readonly node: string;
  readonly pod: { readonly namespace: string; readonly name: string };
  /** Of its gRPC server, on the loopback interface of the pod. */
  readonly port: number;
}

/**
 * Opens the agent of a node through the API server. The tunnel is there when this resolves; it is one connection: when it
 * ends, every call fails with an AgentError that says why, and the way back is to open the agent again.
 * @throws AgentError "forbidden" when the user may not forward ports, else "unreachable"
 */
export async function openAgentOnNode(api: KubeApi, place: AgentPlace): Promise<QueryableAgent> {
  const { node, pod, port } = place;
  try {
    const bridge = await TunnelBridge.open(await api.connectToPod({ ...pod }, port));
    const { GrpcAgentClient } = await import('./grpc-client.ts');
    const client = new GrpcAgentClient(bridge.address, {
      name: node,
      whyEnded: (error) => whyEnded(bridge, error),
    });
    return {
      trace: (start) => client.trace(start),
      getInfo: () => client.getInfo(),
      listFunctions: (request) => client.listFunctions(request),
      listSessions: () => client.listSessions(),
      stopSession: (id) => client.stopSession(id),
      close: () => {
        client.close();
        bridge[Symbol.dispose]();
      },
    };
  } catch (thrown) {
    throw agentErrorOf(thrown, node);
  }
}

function whyEnded(bridge: TunnelBridge, error: unknown): string | undefined {
  if (bridge.failure !== undefined)
    return `the tunnel through the API server failed: ${bridge.failure.message}`;
  if (bridge.hasEnded) return 'the tunnel through the API server was closed by the other side';
  // gRPC gives up a connection whose pings are not answered and makes another, for which the bridge has no socket any more.
  return String(error).includes('ENOENT') ? 'it did not answer in time' : undefined;
}

function agentErrorOf(thrown: unknown, node: string): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const isForbidden = thrown instanceof KubeError && [401, 403].includes(thrown.status);
  const kind = isForbidden ? 'forbidden' : 'unreachable';
  return new AgentError(kind, `Cannot reach the agent at ${node}: ${thrown.message}`, {
    cause: thrown,
  });
}

/** Linux keeps 108 bytes for a socket's path, the zero at its end included (unix(7)). */
const MAX_PATH_BYTES = 107;
const SHORT_FOLDER = '/tmp';

/**
 * Lets a library that can only connect to addresses use a stream: a unix socket in a folder of its own (mode 0700) for one
 * connection, which gets the stream. The folder is removed as soon as that connection is there, or when the bridge is
 * closed. When either side ends, so does the other.
 */
export class TunnelBridge implements Disposable {
  /** As gRPC names it: `unix:/tmp/pwru-tunnel-.../agent.sock`. */
  readonly address: string;
  readonly #tunnel: Duplex;
  readonly #server: Server;
  readonly #folder: string;
  #client: Socket | undefined;
  #failure: Error | undefined;

  private constructor(tunnel: Duplex, folder: string) {
    this.#tunnel = tunnel;
    this.#folder = folder;
    this.address = `unix:${join(folder, 'agent.sock')}`;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#connect(client));
    this.#server.maxConnections = 1;
    tunnel.once('error', (error) => {
      this.#failure = error;
    });
    tunnel.once('close', () => this[Symbol.dispose]());
  }

  /** Owns the stream from now on, also when this fails. @throws Error when there can be no socket */
  static async open(tunnel: Duplex): Promise<TunnelBridge> {
    let bridge: TunnelBridge | undefined;
    try {
      bridge = new TunnelBridge(tunnel, makeFolder());
      bridge.#server.listen(bridge.address.slice('unix:'.length));
      await once(bridge.#server, 'listening');
      return bridge;
    } catch (thrown) {
      bridge?.[Symbol.dispose]();
      tunnel.destroy();
      throw thrown;
    }
  }

  /** Why the stream ended; undefined while it has not, and when it ended in order. */
  get failure(): Error | undefined {
    return this.#failure ?? this.#tunnel.errored ?? undefined;
  }

  /** Whether the stream is over, for whatever reason. */
  get hasEnded(): boolean {
    return this.#tunnel.destroyed;
  }

  [Symbol.dispose](): void {
    this.#removeSocket();
    this.#client?.destroy();
    this.#tunnel.destroy();
  }

  #connect(client: Socket): void {
    if (this.#client !== undefined) {
      client.destroy();
      return;
    }
    this.#client = client;
    this.#removeSocket();
    client.on('error', () => {});
    client.once('close', () => this.#tunnel.destroy());
    client.pipe(this.#tunnel);
    this.#tunnel.pipe(client);
    if (this.#tunnel.destroyed) client.destroy();
  }

  #removeSocket(): void {
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function makeFolder(): string {
  const prefix = 'pwru-tunnel-';
  const lengthBytes = Buffer.byteLength(join(tmpdir(), `${prefix}XXXXXX`, 'agent.sock'));
  return mkdtempSync(join(lengthBytes > MAX_PATH_BYTES ? SHORT_FOLDER : tmpdir(), prefix));
}
