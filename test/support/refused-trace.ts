import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import { pwru } from '../../proto/gen/pwru.js';

/**
 * Asks an agent for a trace with nothing of kubectl-pwru in between.
 * @returns how it was refused
 * @throws Error when it was not
 */
export async function refusedTrace(
  address: string,
  start: pwru.v1.StartTrace.$Properties,
): Promise<{ readonly code: number; readonly details: string }> {
  const client = new Client(address, credentials.createInsecure());
  try {
    return await new Promise((resolve, reject) => {
      const call = client.makeBidiStreamRequest<pwru.v1.TraceRequest.$Properties, Buffer>(
        '/pwru.v1.TraceService/Trace',
        (request) => Buffer.from(pwru.v1.TraceRequest.encode(request).finish()),
        (response) => response,
      );
      call.on('error', ({ code, details }: ServiceError) => resolve({ code, details }));
      call.on('end', () => reject(new Error('The trace was not refused')));
      call.resume();
      call.write({ start });
    });
  } finally {
    client.close();
  }
}
