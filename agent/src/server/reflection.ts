import type { ServerDuplexStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import { fileDescriptors } from '../../../proto/gen/descriptors.js';
import type { grpc } from '../../../proto/gen/grpc.js';

type Request = grpc.reflection.v1.ServerReflectionRequest.$Properties;
type Response = grpc.reflection.v1.ServerReflectionResponse.$Properties;

/** gRPC status codes that the protocol puts into ErrorResponse. */
const NOT_FOUND = 5;
const INVALID_ARGUMENT = 3;

/** Descriptors by name of file, decoded when they are first asked for: answers that wait for their readers share them. */
const decodedFiles = new Map<string, Buffer>();

/**
 * What `reflectionServiceDefinition` is served by. The descriptors were generated at build time: `@grpc/reflection`
 * reads .proto files at run time, which a bundle does not have, and costs a second protobufjs at start-up.
 * https://github.com/grpc/grpc/blob/master/doc/server-reflection.md
 * @param services full names
 */
export function reflectionImplementation(
  services: readonly string[],
): UntypedServiceImplementation {
  return {
    serverReflectionInfo: (call: ServerDuplexStream<Request, Response>) => {
      call.on('data', (request: Request) => {
        const isReading = call.write({ originalRequest: request, ...answer(request, services) });
        if (!isReading) {
          call.pause();
          call.once('drain', () => call.resume());
        }
      });
      call.on('end', () => call.end());
    },
  };
}

function answer(request: Request, services: readonly string[]): Response {
  if (typeof request.listServices === 'string') {
    return { listServicesResponse: { service: services.map((name) => ({ name })) } };
  }
  if (typeof request.fileByFilename === 'string') return describeFile(request.fileByFilename);
  if (typeof request.fileContainingSymbol === 'string') {
    return describeFile(fileOfSymbol(request.fileContainingSymbol));
  }
  if (typeof request.allExtensionNumbersOfType === 'string') {
    const type = request.allExtensionNumbersOfType;
    // proto3 has no extensions of ordinary messages: a known type has none.
    if (fileOfSymbol(type) === undefined) return notFound();
    return { allExtensionNumbersResponse: { baseTypeName: type, extensionNumber: [] } };
  }
  if (request.fileContainingExtension) return notFound();
  return failure(INVALID_ARGUMENT, 'The request asks for nothing that this server knows');
}

/** The file and everything that it imports, the file first. */
function describeFile(name: string | undefined): Response {
  if (name === undefined || !Object.hasOwn(fileDescriptors, name)) return notFound();
  const names = new Set([name]);
  // A set is iterated in the order of insertion, what is added on the way included.
  for (const file of names) {
    for (const imported of fileDescriptors[file]?.imports ?? []) names.add(imported);
  }
  return { fileDescriptorResponse: { fileDescriptorProto: [...names].map(decodedFile) } };
}

function decodedFile(name: string): Buffer {
  let decoded = decodedFiles.get(name);
  if (decoded === undefined) {
    decoded = Buffer.from(fileDescriptors[name]?.base64 ?? '', 'base64');
    decodedFiles.set(name, decoded);
  }
  return decoded;
}

function fileOfSymbol(symbol: string): string | undefined {
  return Object.entries(fileDescriptors).find(([, file]) => file.symbols.includes(symbol))?.[0];
}

function notFound(): Response {
  return failure(NOT_FOUND, 'Not found');
}

function failure(errorCode: number, errorMessage: string): Response {
  return { errorResponse: { errorCode, errorMessage } };
}
