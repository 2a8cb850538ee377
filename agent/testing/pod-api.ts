import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ApiAccess } from '../src/cluster/api/request.ts';

/** A pod as an API server has it, as far as the agent reads it. */
export interface ApiPod {
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
    readonly annotations?: Record<string, string>;
  };
  readonly spec?: { readonly hostNetwork?: boolean };
  readonly status?: { readonly phase?: string; readonly podIPs?: ReadonlyArray<{ ip: string }> };
}

/** What a server of TLS shows, PEM. */
export interface ServerKey {
  readonly key: string;
  readonly cert: string;
}

/** One answer to a request, instead of the usual one. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The API server's side of listing and watching pods over HTTP, with the faults of one: those that a real one hardly shows when
 * asked to. Real ones are in test/cluster.
 */
export class PodApi implements AsyncDisposable {
  readonly #server: ReturnType<typeof createServer>;
  readonly #pods = new Map<string, ApiPod>();
  readonly #watches = new Set<ServerResponse>();
  readonly #next: Answer[] = [];
  /** Lines of all changes so far, by version. */
  readonly #changes = new Map<number, string>();
  #version = 100;
  /** TCP port on 127.0.0.1; the same after it was closed. */
  port = 0;
  /** Path and query of each request so far. */
  readonly requests: URL[] = [];
  /** Authorization headers of the same. */
  readonly tokens: Array<string | undefined> = [];

  private constructor(tls: ServerKey | undefined) {
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      this.#answer(request, response);
    this.#server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  }

  /** @param tls by HTTP unless given */
  static async start(port = 0, tls?: ServerKey): Promise<PodApi> {
    const api = new PodApi(tls);
    api.#server.listen(port, '127.0.0.1');
    await once(api.#server, 'listening');
    api.port = (api.#server.address() as AddressInfo).port;
    return api;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${this.port}`);
  }

  /** How to reach it. */
  get access(): ApiAccess {
    return {
      endpoint: async () => ({
        server: this.url,
        options: {},
        headers: { authorization: 'Bearer secret' },
      }),
    };
  }

  /** The next request that nothing else is planned for gets this. */
  answerNext(...answers: Answer[]): void {
    this.#next.push(...answers);
  }

  put(pod: ApiPod): void {
    const type = this.#pods.has(pod.metadata.uid) ? 'MODIFIED' : 'ADDED';
    this.#pods.set(pod.metadata.uid, pod);
    this.#change(type, pod);
  }

  delete(uid: string): void {
    const pod = this.#pods.get(uid);
    if (pod === undefined) return;
    this.forget(uid);
    this.#change('DELETED', pod);
  }

  /** Deletes a pod and tells nobody. */
  forget(uid: string): void {
    this.#pods.delete(uid);
  }

  /** Writes a line to all who watch, once. */
  send(event: unknown): void {
    this.#write(`${JSON.stringify(event)}\n`);
  }

  #change(type: string, pod: ApiPod): void {
    const line = `${JSON.stringify({ type, object: this.#versioned(pod) })}\n`;
    this.#changes.set(this.#version, line);
    this.#write(line);
  }

  #write(line: string): void {
    for (const watch of this.#watches) watch.write(line);
  }

  /** Ends all watches in good order, or cuts them. */
  endWatches(how: 'end' | 'cut'): void {
    for (const watch of this.#watches) {
      if (how === 'end') watch.end();
      else watch.destroy();
    }
  }

  #versioned(pod: ApiPod): ApiPod {
    this.#version += 1;
    return Object.assign({}, pod, {
      metadata: { ...pod.metadata, resourceVersion: String(this.#version) },
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', this.url);
    this.requests.push(url);
    this.tokens.push(request.headers.authorization);
    const planned = this.#next.shift();
    if (planned !== undefined) planned(request, response);
    else if (url.searchParams.has('watch')) {
      this.#watch(response, Number(url.searchParams.get('resourceVersion')));
    } else this.list(response);
  }

  list(response: ServerResponse): void {
    const items = [...this.#pods.values()].map((pod) => this.#versioned(pod));
    answerJson(response, 200, { metadata: { resourceVersion: String(this.#version) }, items });
  }

  #watch(response: ServerResponse, since: number): void {
    this.#watches.add(response);
    response.on('close', () => this.#watches.delete(response));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const [version, line] of this.#changes) if (version > since) response.write(line);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server, 'close');
  }
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** The metav1.Status that a refusal has. */
export function refuse(status: number, message: string, headers: Record<string, string> = {}) {
  return (_request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answerJson(response, status, { kind: 'Status', code: status, message });
  };
}
