import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import {
  Client,
  type ClientUnaryCall,
  credentials,
  Metadata,
  type MethodDefinition,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { runtime } from '../../../../proto/gen/cri.js';
import { messageOf } from '../../core/errors.ts';
import { addressBytes } from '../pod-record.ts';
import { CriFailure, type CriFailureKind, criMethods, criVersions } from './cri-methods.ts';
import { parseSandboxInfo, type SandboxInfo } from './sandbox-info.ts';

/** A sandbox as the runtime lists it. */
export interface ListedSandbox {
  readonly id: string;
  /** Of the pod that it was made for, as the kubelet told the runtime. */
  readonly podUid: string;
  readonly namespace: string;
  readonly name: string;
  /** Counts the sandboxes of one pod. */
  readonly attempt: number;
  /** Unix time, ns. */
  readonly createdAt: bigint;
  readonly isReady: boolean;
}

export interface SandboxStatus {
  readonly isReady: boolean;
  /** It is in the node's own network namespace. */
  readonly isHostNetwork: boolean;
  readonly addresses: readonly Uint8Array[];
  readonly info: SandboxInfo;
}

/** How long the runtime may take to answer; a kubelet gives it 2 minutes. */
const callTimeoutMs = 4_000;
const versionTimeoutMs = 2_000;

/** As a kubelet allows, which would not work either if a runtime answered with more. */
const maxMessageBytes = 16 << 20;

type Methods = ReturnType<typeof criMethods>;

/** A container runtime behind its unix socket. */
export class CriClient implements Disposable {
  readonly #calls: Calls;
  readonly #methods: Methods;
  /** "containerd v1.6.20" */
  readonly runtimeName: string;

  private constructor(calls: Calls, methods: Methods, runtimeName: string) {
    this.#calls = calls;
    this.#methods = methods;
    this.runtimeName = runtimeName;
  }

  /**
   * Connects and agrees on the version of the interface.
   * @throws CriFailure
   */
  static async connect(socketPath: string): Promise<CriClient> {
    await probeSocket(socketPath, versionTimeoutMs);
    const calls = new Calls(socketPath);
    try {
      let failure: CriFailure | undefined;
      for (const version of criVersions) {
        const methods = criMethods(version);
        try {
          const answer = await calls.call(methods.version, {}, versionTimeoutMs);
          const name = `${printable(answer.runtimeName)} ${printable(answer.runtimeVersion)}`;
          return new CriClient(calls, methods, name);
        } catch (thrown) {
          failure = asCriFailure(thrown);
          if (failure.kind !== 'unsupported') break;
        }
      }
      throw failure ?? new CriFailure('unsupported', 'No version of the interface is known');
    } catch (thrown) {
      calls[Symbol.dispose]();
      throw thrown;
    }
  }

  /** All sandboxes, those that have ended included. @throws CriFailure */
  async listSandboxes(): Promise<ListedSandbox[]> {
    const { listPodSandbox } = this.#methods;
    const { items } = await this.#calls.call(listPodSandbox, {}, callTimeoutMs);
    return (items ?? []).flatMap(({ id, metadata, state, createdAt }) => {
      const { uid, namespace, name, attempt } = metadata ?? {};
      if (!id || !uid || !namespace || !name) return [];
      return {
        id,
        podUid: uid,
        namespace,
        name,
        attempt: attempt ?? 0,
        createdAt: BigInt(createdAt?.toString() ?? 0),
        isReady: isReady(state),
      };
    });
  }

  /** @throws CriFailure */
  async sandboxStatus(id: string): Promise<SandboxStatus> {
    const { podSandboxStatus } = this.#methods;
    const { status: found, info } = await this.#calls.call(
      podSandboxStatus,
      { podSandboxId: id, verbose: true },
      callTimeoutMs,
    );
    if (!found) throw new CriFailure('malformed', 'The runtime answers without a status');
    const { NODE } = runtime.v1.NamespaceMode;
    const { ip, additionalIps } = found.network ?? {};
    return {
      isReady: isReady(found.state),
      isHostNetwork: found.linux?.namespaces?.options?.network === NODE,
      addresses: [ip, ...(additionalIps ?? []).map((other) => other.ip)].flatMap(
        (text) => addressBytes(text ?? '') ?? [],
      ),
      info: parseSandboxInfo(info ?? {}),
    };
  }

  /** Calls under way fail. Idempotent. */
  [Symbol.dispose](): void {
    this.#calls[Symbol.dispose]();
  }
}

/** proto3: READY is 0, which is not sent. */
function isReady(state: runtime.v1.PodSandboxState | null | undefined): boolean {
  return (state ?? 0) === runtime.v1.PodSandboxState.SANDBOX_READY;
}

/** A gRPC channel over a unix socket, and the calls that are under way on it. */
class Calls implements Disposable {
  readonly #client: Client;
  readonly #underWay = new Set<ClientUnaryCall>();

  constructor(socketPath: string) {
    this.#client = new Client(`unix:${socketPath}`, credentials.createInsecure(), {
      'grpc.max_receive_message_length': maxMessageBytes,
      'grpc.enable_retries': 0,
      'grpc.enable_http_proxy': 0,
    });
  }

  call<Request, Response>(
    method: MethodDefinition<Request, Response>,
    request: Request,
    timeoutMs: number,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      const call = this.#client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        new Metadata(),
        { deadline: Date.now() + timeoutMs },
        (error, response) => {
          this.#underWay.delete(call);
          if (error !== null) reject(asCriFailure(error));
          else if (response === undefined)
            reject(new CriFailure('malformed', 'The runtime answers with nothing'));
          else resolve(response);
        },
      );
      this.#underWay.add(call);
    });
  }

  [Symbol.dispose](): void {
    for (const call of this.#underWay) call.cancel();
    this.#client.close();
  }
}

const kindsByStatus: Readonly<Partial<Record<status, CriFailureKind>>> = {
  [status.UNAVAILABLE]: 'unavailable',
  [status.DEADLINE_EXCEEDED]: 'timeout',
  [status.PERMISSION_DENIED]: 'denied',
  [status.UNIMPLEMENTED]: 'unsupported',
  [status.NOT_FOUND]: 'not-found',
  // grpc-js: an answer that is longer than allowed, or that cannot be decoded.
  [status.RESOURCE_EXHAUSTED]: 'malformed',
  [status.INTERNAL]: 'malformed',
};

export function asCriFailure(thrown: unknown): CriFailure {
  if (thrown instanceof CriFailure) return thrown;
  const { code, details } = thrown as Partial<ServiceError>;
  const kind = (code === undefined ? undefined : kindsByStatus[code]) ?? 'refused';
  return new CriFailure(kind, printable(details ?? String(thrown)), { cause: thrown });
}

const maxTextLength = 300;

/** Text of the runtime on its way to logs and users: one line, of bounded length. */
function printable(text: string | null | undefined): string {
  return (text ?? '')
    .slice(0, maxTextLength)
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
}

/**
 * Makes sure that somebody who speaks HTTP/2 listens at a unix socket. grpc-js 1.14 leaks a connection whenever its peer is silent
 * or speaks something else, and a runtime that hangs is asked again and again.
 * @throws CriFailure unavailable, denied, timeout
 */
export function probeSocket(path: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const session = connectHttp2('http://localhost', { createConnection: () => socket });
    const settle = (failure?: CriFailure) => {
      clearTimeout(timer);
      session.destroy();
      socket.destroy();
      if (failure === undefined) resolve();
      else reject(failure);
    };
    const fail = (thrown: unknown) => {
      const { code } = thrown as NodeJS.ErrnoException;
      settle(
        new CriFailure(
          code === 'EACCES' || code === 'EPERM' ? 'denied' : 'unavailable',
          messageOf(thrown),
          { cause: thrown },
        ),
      );
    };
    const timer = setTimeout(
      () => settle(new CriFailure('timeout', `silent for ${timeoutMs / 1_000} s`)),
      timeoutMs,
    );
    socket.on('error', fail);
    session.on('error', fail);
    session.once('close', () => settle(new CriFailure('unavailable', 'it hung up')));
    session.once('remoteSettings', () => settle());
  });
}
