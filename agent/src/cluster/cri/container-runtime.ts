import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../core/log.ts';
import { type HostPaths, processPath } from '../host-paths.ts';
import { asCriFailure, CriClient, type ListedSandbox, type SandboxStatus } from './cri-client.ts';
import { CriFailure, type CriFailureKind } from './cri-methods.ts';

export interface ContainerRuntimeOptions {
  /** Paths of sockets, tried in this order; the first that answers is the node's runtime. Empty: it is not asked. */
  readonly sockets: readonly string[];
  readonly errors: Record<CriFailureKind, number>;
  readonly log: Log;
}

export interface RuntimeStatus {
  /** "containerd v1.6.20"; undefined while none answers. */
  readonly name: string | undefined;
  readonly socket: string | undefined;
  /** Why the last listing failed; undefined when it did not. */
  readonly error: string | undefined;
}

/** Verbose answers take the runtime about a millisecond each; it has a kubelet to serve. */
const maxStatusCalls = 4;

/**
 * The node's container runtime, wherever it listens. Looks for its socket anew after the connection broke, so that a runtime
 * may be restarted, or be installed after the agent. A call that fails is counted, and not tried again here.
 */
export class ContainerRuntime implements Disposable {
  readonly #options: ContainerRuntimeOptions;
  readonly #waiting: Array<() => void> = [];
  #calls = 0;
  #connected: { readonly client: CriClient; readonly socket: string } | undefined;
  #connecting: Promise<CriClient> | undefined;
  #error: string | undefined;
  #isClosed = false;

  constructor(options: ContainerRuntimeOptions) {
    this.#options = options;
  }

  get status(): RuntimeStatus {
    const { client, socket } = this.#connected ?? {};
    return { name: client?.runtimeName, socket, error: this.#error };
  }

  /** @throws CriFailure */
  async listSandboxes(): Promise<ListedSandbox[]> {
    try {
      const listed = await this.#call((client) => client.listSandboxes());
      this.#error = undefined;
      return listed;
    } catch (thrown) {
      const { message } = asCriFailure(thrown);
      if (message !== this.#error) {
        this.#options.log.warn({ error: message }, 'Cannot ask the container runtime');
      }
      this.#error = message;
      throw thrown;
    }
  }

  /** At most four at a time. @throws CriFailure */
  async sandboxStatus(id: string): Promise<SandboxStatus> {
    await this.#enter();
    try {
      return await this.#call((client) => client.sandboxStatus(id));
    } finally {
      this.#calls -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #call<T>(run: (client: CriClient) => Promise<T>): Promise<T> {
    let client: CriClient | undefined;
    try {
      client = await this.#client();
      return await run(client);
    } catch (thrown) {
      const failure = asCriFailure(thrown);
      this.#options.errors[failure.kind] += 1;
      // By now there may be another one, which works.
      if (failure.kind === 'unavailable' && client === this.#connected?.client) this.#disconnect();
      throw failure;
    }
  }

  /** Waits for a place; as many wait as there are pods to resolve. */
  async #enter(): Promise<void> {
    while (this.#calls >= maxStatusCalls) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#calls += 1;
  }

  #client(): Promise<CriClient> {
    if (this.#connected !== undefined) return Promise.resolve(this.#connected.client);
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #connect(): Promise<CriClient> {
    const { sockets, log } = this.#options;
    const failures: string[] = [];
    let kind: CriFailureKind = 'unavailable';
    for (const socket of sockets.filter(isSocket)) {
      try {
        const client = await CriClient.connect(socket);
        if (this.#isClosed) {
          client[Symbol.dispose]();
          throw new CriFailure('unavailable', 'The agent is closing');
        }
        this.#connected = { client, socket };
        log.info({ runtime: client.runtimeName, socket }, 'Connected to the container runtime');
        return client;
      } catch (thrown) {
        const failure = asCriFailure(thrown);
        kind = failure.kind;
        failures.push(`${socket}: ${failure.message}`);
      }
    }
    if (sockets.length === 0) {
      throw new CriFailure(
        'unavailable',
        'The container runtime is not asked (--cri-socket is empty)',
      );
    }
    throw new CriFailure(
      kind,
      failures.length > 0
        ? `No container runtime answers (${failures.join('; ')})`
        : `There is no container runtime's socket (looked for ${sockets.join(', ')})`,
    );
  }

  #disconnect(): void {
    this.#connected?.client[Symbol.dispose]();
    this.#connected = undefined;
  }

  /** Calls under way fail. */
  [Symbol.dispose](): void {
    this.#isClosed = true;
    this.#disconnect();
  }
}

function isSocket(path: string): boolean {
  try {
    return statSync(path).isSocket();
  } catch {
    return false;
  }
}

/**
 * Where container runtimes listen, the particular ones first: a machine with k3s may have a containerd of its own (Docker's,
 * for instance) at the usual place as well, but not the other way round.
 */
const belowRun = [
  'k3s/containerd/containerd.sock', // k3s, RKE2
  'k0s/containerd.sock',
  'crio/crio.sock',
  'cri-dockerd.sock',
  'containerd/containerd.sock',
];

/** Not below /run; reached by way of the node's first process. */
const microk8s = 'root/var/snap/microk8s/common/run/containerd.sock';

export function socketCandidates(paths: HostPaths): readonly string[] {
  return [
    ...belowRun.map((name) => join(paths.run, name)),
    processPath(paths, paths.nodeProcess, microk8s),
  ];
}
