import { setLogger } from '@grpc/grpc-js';
import type { Log } from '../core/log.ts';

/** What grpc-js has to say (it writes to the console otherwise) is the peers' doing: for debugging only. */
export function routeGrpcLog(log: Log): void {
  const write = (message?: unknown) => log.debug({ from: 'grpc-js' }, String(message));
  setLogger({ error: write, info: write, debug: write });
}
