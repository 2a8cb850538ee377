import { Metadata, type ServiceError } from '@grpc/grpc-js';
import { statusOf } from './status.ts';

/** The error as grpc-js sends it: code, message, and google.rpc.Status in the trailers. */
export function callError(thrown: unknown): ServiceError {
  const { code, message, details } = statusOf(thrown);
  const metadata = new Metadata();
  if (details !== undefined) metadata.set('grpc-status-details-bin', Buffer.from(details));
  return Object.assign(new Error(message), { code, details: message, metadata });
}
