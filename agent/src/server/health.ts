import type {
  ServerUnaryCall,
  ServerWritableStream,
  sendUnaryData,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { grpc } from '../../../proto/gen/grpc.js';
import { PwruError } from '../core/errors.ts';
import { callError } from './call-error.ts';

type CheckRequest = grpc.health.v1.HealthCheckRequest.$Properties;
type CheckResponse = grpc.health.v1.HealthCheckResponse.$Properties;
type WatchCall = ServerWritableStream<CheckRequest, CheckResponse>;

const { ServingStatus } = grpc.health.v1.HealthCheckResponse;

/** The standard health service: each service and the server as a whole ("") either all serve, or none does. */
export class Health {
  readonly #services: ReadonlySet<string>;
  readonly #watchers = new Set<WatchCall>();
  #status: grpc.health.v1.HealthCheckResponse.ServingStatus = ServingStatus.SERVING;

  constructor(services: readonly string[]) {
    this.#services = new Set(['', ...services]);
  }

  /** What `healthServiceDefinition` is served by. */
  readonly implementation: UntypedServiceImplementation = {
    check: (
      call: ServerUnaryCall<CheckRequest, CheckResponse>,
      reply: sendUnaryData<CheckResponse>,
    ) => {
      const service = call.request.service ?? '';
      if (this.#services.has(service)) {
        reply(null, { status: this.#status });
        return;
      }
      const shown = JSON.stringify(service.slice(0, 64));
      reply(callError(new PwruError('NOT_FOUND', `Unknown service ${shown}`)));
    },
    list: (_call: unknown, reply: sendUnaryData<grpc.health.v1.HealthListResponse.$Properties>) => {
      const statuses = [...this.#services].map((name) => [name, { status: this.#status }] as const);
      reply(null, { statuses: Object.fromEntries(statuses) });
    },
    watch: (call: WatchCall) => {
      this.#watchers.add(call);
      call.on('cancelled', () => this.#watchers.delete(call));
      this.#report(call);
    },
  };

  /** From now on nothing serves; whoever watches is told, and its call ends. */
  stopServing(): void {
    this.#status = ServingStatus.NOT_SERVING;
    for (const call of this.#watchers) {
      this.#report(call);
      call.end();
    }
    this.#watchers.clear();
  }

  #report(call: WatchCall): void {
    const isKnown = this.#services.has(call.request.service ?? '');
    call.write({ status: isKnown ? this.#status : ServingStatus.SERVICE_UNKNOWN });
  }
}
