import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import Long from 'long';
import { runtime } from '../../proto/gen/cri.js';
import { type CriVersion, criMethods } from '../src/cluster/cri/cri-methods.ts';

/** A sandbox that the server has. */
export interface ServedSandbox {
  readonly id: string;
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly attempt?: number;
  /** Unix time, ns. */
  readonly createdAt?: bigint;
  readonly isReady: boolean;
  readonly isHostNetwork?: boolean;
  readonly addresses?: readonly string[];
  /** Text of the verbose answer. */
  readonly info?: string;
}

type Outcome<Response> = Response | { readonly code: status; readonly details: string } | 'silence';

/** A container runtime's side of the interface, behind a real unix socket. */
export class CriServer implements AsyncDisposable {
  readonly #server = new Server();
  readonly #folder: string;
  readonly socket: string;
  readonly sandboxes = new Map<string, ServedSandbox>();
  /** What each call gets instead of its answer. */
  fault: Exclude<Outcome<never>, never> | undefined;
  /** Calls so far by name, and the most that were under way at the same time. */
  readonly calls = { version: 0, list: 0, status: 0, most: 0 };
  /** An answer about one sandbox waits for it. */
  statusGate: Promise<void> = Promise.resolve();
  #underWay = 0;

  private constructor(socket: string | undefined) {
    this.#folder = mkdtempSync(join(tmpdir(), 'pwru-cri-'));
    this.socket = socket ?? join(this.#folder, 'cri.sock');
  }

  /** @param socket path; one in a folder of its own unless given */
  static async start(version: CriVersion = 'v1', socket?: string): Promise<CriServer> {
    const cri = new CriServer(socket);
    cri.#serve(version);
    await new Promise<void>((resolve, reject) =>
      cri.#server.bindAsync(`unix:${cri.socket}`, ServerCredentials.createInsecure(), (error) =>
        error === null ? resolve() : reject(error),
      ),
    );
    return cri;
  }

  put(sandbox: ServedSandbox): void {
    this.sandboxes.set(sandbox.id, sandbox);
  }

  #serve(version: CriVersion): void {
    const methods = criMethods(version);
    this.#server.addService(methods, {
      version: this.#handler(methods.version, async () => {
        this.calls.version += 1;
        return { version: '0.1.0', runtimeName: 'test', runtimeVersion: 'v1.2.3' };
      }),
      listPodSandbox: this.#handler(methods.listPodSandbox, async () => {
        this.calls.list += 1;
        return { items: [...this.sandboxes.values()].map(listed) };
      }),
      podSandboxStatus: this.#handler(methods.podSandboxStatus, async ({ podSandboxId }) => {
        this.calls.status += 1;
        await this.statusGate;
        const sandbox = this.sandboxes.get(podSandboxId ?? '');
        if (sandbox === undefined) {
          return {
            code: status.NOT_FOUND,
            details: 'an error occurred when try to find sandbox: not found',
          };
        }
        return {
          status: { ...listed(sandbox), ...network(sandbox) },
          info: sandbox.info === undefined ? {} : { info: sandbox.info },
        };
      }),
    });
  }

  #handler<Request, Response>(
    _method: MethodDefinition<Request, Response>,
    answer: (request: Request) => Promise<Outcome<Response>>,
  ) {
    return (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
      this.#underWay += 1;
      this.calls.most = Math.max(this.calls.most, this.#underWay);
      void answer(call.request).then((usual) => {
        this.#underWay -= 1;
        const outcome = this.fault ?? usual;
        if (outcome === 'silence') return;
        if (typeof outcome === 'object' && outcome !== null && 'code' in outcome) reply(outcome);
        else reply(null, outcome as Response);
      });
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.forceShutdown();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function listed({ id, uid, namespace, name, attempt, isReady, createdAt }: ServedSandbox) {
  const { SANDBOX_READY, SANDBOX_NOTREADY } = runtime.v1.PodSandboxState;
  return {
    id,
    metadata: { uid, namespace, name, attempt: attempt ?? 0 },
    state: isReady ? SANDBOX_READY : SANDBOX_NOTREADY,
    createdAt: Long.fromString(String(createdAt ?? 1_795_541_814_593_281_730n)),
  };
}

function network({ addresses = [], isHostNetwork = false }: ServedSandbox) {
  const { NODE, POD } = runtime.v1.NamespaceMode;
  const [ip = '', ...others] = addresses;
  return {
    network: { ip, additionalIps: others.map((other) => ({ ip: other })) },
    linux: { namespaces: { options: { network: isHostNetwork ? NODE : POD } } },
  };
}
