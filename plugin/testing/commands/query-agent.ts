import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type StatusObject,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import Long from 'long';
import { google, pwru } from '../../../proto/gen/pwru.js';

/** What an agent answers; what is not given, as an agent would that has just been started. */
export interface AgentAnswers {
  readonly info?: pwru.v1.GetInfoResponse.$Properties;
  readonly functions?: pwru.v1.ListFunctionsResponse.$Properties;
  readonly sessions?: readonly pwru.v1.Session.$Properties[];
}

/** A gRPC server on a unix socket of its own, which answers as an agent does. */
export interface QueryAgent extends AsyncDisposable {
  /** Path of its socket. */
  readonly socketPath: string;
  /** Ids of the sessions that it was told to stop. */
  readonly stopped: readonly string[];
  /** The last request for functions. */
  readonly asked: pwru.v1.ListFunctionsRequest | undefined;
}

export const agentInfo: pwru.v1.GetInfoResponse.$Properties = {
  version: '0.1.0',
  apiRevision: 2,
  kernelRelease: '6.12.1',
  architecture: 'x86_64',
  backends: [
    { status: { name: 'fentry.multi', available: false, reason: 'no fentry.multi' }, functions: 0 },
    { status: { name: 'kprobe.multi', available: true }, functions: 1_607 },
  ],
  features: [{ name: 'BTF', available: true }],
  maxSessions: 8,
  activeSessions: 1,
  cluster: {
    ...{ podsSynced: true, podsResolved: 3, pods: 4 },
    ...{ runtime: 'containerd 1.7', runtimeSocket: '/run/containerd.sock' },
  },
};

interface MessageType {
  encode(message: never): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

const { v1 } = pwru;

/** Starts an agent. Its clock is this machine's, `clockOffsetNs` later. */
export async function queryAgent(
  answers: AgentAnswers = {},
  clockOffsetNs = 0n,
): Promise<QueryAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'pwru-query-'));
  const socketPath = join(folder, 'agent.sock');
  const stopped: string[] = [];
  let asked: pwru.v1.ListFunctionsRequest | undefined;
  const now = () => Long.fromBigInt(BigInt(Date.now()) * 1_000_000n + clockOffsetNs);
  const server = new Server();
  const info = answer(v1.GetInfoRequest, v1.GetInfoResponse, () => ({
    ...agentInfo,
    wallTimeNs: now(),
    ...answers.info,
  }));
  const functions = answer(v1.ListFunctionsRequest, v1.ListFunctionsResponse, (request) => {
    asked = request as pwru.v1.ListFunctionsRequest;
    if (asked.functionRegex === '((') throw refusal(status.INVALID_ARGUMENT, 'REGEX_SYNTAX');
    return answers.functions ?? {};
  });
  const sessions = answer(v1.ListSessionsRequest, v1.ListSessionsResponse, () => ({
    sessions: [...(answers.sessions ?? [])],
  }));
  const stop = answer(v1.StopSessionRequest, v1.StopSessionResponse, (request) => {
    const { id } = request as pwru.v1.StopSessionRequest;
    const isThere = (answers.sessions ?? []).some((session) => session.id === id);
    if (!isThere) throw refusal(status.NOT_FOUND, 'NOT_FOUND');
    stopped.push(id);
    return {};
  });
  server.addService(
    {
      GetInfo: { path: '/pwru.v1.InfoService/GetInfo', ...info.definition },
      ListFunctions: { path: '/pwru.v1.InfoService/ListFunctions', ...functions.definition },
      ListSessions: { path: '/pwru.v1.TraceService/ListSessions', ...sessions.definition },
      StopSession: { path: '/pwru.v1.TraceService/StopSession', ...stop.definition },
    },
    {
      GetInfo: info.handler,
      ListFunctions: functions.handler,
      ListSessions: sessions.handler,
      StopSession: stop.handler,
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socketPath}`, ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  return {
    ...{ socketPath, stopped },
    get asked() {
      return asked;
    },
    [Symbol.asyncDispose]: async () => {
      server.forceShutdown();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answer(
  request: MessageType,
  response: MessageType,
  respond: (request: unknown) => object,
) {
  return {
    definition: {
      requestStream: false,
      responseStream: false,
      requestDeserialize: (bytes: Buffer) => request.decode(bytes),
      requestSerialize: (message: unknown) =>
        Buffer.from(request.encode(message as never).finish()),
      responseSerialize: (message: unknown) =>
        Buffer.from(response.encode(message as never).finish()),
      responseDeserialize: (bytes: Buffer) => response.decode(bytes),
    },
    handler: (call: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>) => {
      try {
        done(null, respond(call.request));
      } catch (thrown) {
        done(thrown as Partial<StatusObject>);
      }
    },
  };
}

/** As agent/src/server/status.ts words it. */
function refusal(code: number, reason: string): Error & Partial<StatusObject> {
  const { ErrorInfo, Status } = google.rpc;
  const detail = {
    type_url: 'type.googleapis.com/google.rpc.ErrorInfo',
    value: ErrorInfo.encode({ reason, domain: 'pwru.dev', metadata: {} }).finish(),
  };
  const metadata = new Metadata();
  const message = `refused: ${reason}`;
  const trailer = Status.encode({ code, message, details: [detail] }).finish();
  metadata.set('grpc-status-details-bin', Buffer.from(trailer));
  return Object.assign(new Error(message), { code, details: message, metadata });
}
