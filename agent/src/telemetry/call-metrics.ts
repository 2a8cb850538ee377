import { Counter, type Registry } from 'prom-client';

/** A method of one of this agent's services: a closed set, so that it can be a label. */
interface ServedMethod {
  /** `/pwru.v1.InfoService/GetInfo` */
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

/** Names of gRPC status codes by number, as go-grpc writes them: what dashboards for gRPC look for. */
const codeNames = [
  'OK',
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
] as const;

/** Counts gRPC calls under the names that all servers use. */
export class CallMetrics {
  readonly #handled: Counter<'grpc_type' | 'grpc_service' | 'grpc_method' | 'grpc_code'>;

  constructor(registry: Registry) {
    this.#handled = new Counter({
      name: 'grpc_server_handled_total',
      help: 'Calls that ended, by method and status code.',
      labelNames: ['grpc_type', 'grpc_service', 'grpc_method', 'grpc_code'],
      registers: [registry],
    });
  }

  onCallEnd(method: ServedMethod, code: number): void {
    const [, service = '', name = ''] = method.path.split('/');
    this.#handled.inc({
      grpc_type: typeOf(method),
      grpc_service: service,
      grpc_method: name,
      grpc_code: codeNames[code] ?? 'Unknown',
    });
  }
}

function typeOf({ requestStream, responseStream }: ServedMethod): string {
  if (requestStream) return responseStream ? 'bidi_stream' : 'client_stream';
  return responseStream ? 'server_stream' : 'unary';
}
