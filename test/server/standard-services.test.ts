import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  type Client,
  type ClientReadableStream,
  type MethodDefinition,
  status,
} from '@grpc/grpc-js';
import {
  loadFileDescriptorSetFromBuffer,
  loadSync,
  type PackageDefinition,
  type ServiceDefinition,
} from '@grpc/proto-loader';
import { service as healthService } from 'grpc-health-check';
import { Writer } from 'protobufjs/minimal.js';
import { describe, expect, test } from 'vitest';
import { AgentFixture, callUnary, mustFail, until } from './agent-fixture.ts';

// The clients' side comes from grpc-js' own packages and their .proto files, not from this project.

type AnyMethod = MethodDefinition<object, Record<string, unknown>>;

function methodOf(definition: PackageDefinition, service: string, method: string): AnyMethod {
  const found = (definition[service] as ServiceDefinition | undefined)?.[method];
  if (found === undefined) throw new Error(`There is no ${service}/${method}`);
  return found as unknown as AnyMethod;
}

const protoDirectory = join(
  dirname(createRequire(import.meta.url).resolve('@grpc/reflection/package.json')),
  'build/proto',
);

interface ReflectionResponse {
  listServicesResponse?: { service: Array<{ name: string }> };
  fileDescriptorResponse?: { fileDescriptorProto: Buffer[] };
  allExtensionNumbersResponse?: { baseTypeName: string };
  errorResponse?: { errorCode: number };
}

/** Asks a reflection service in one stream. */
async function reflect(client: Client, version: string, requests: object[]) {
  const definition = loadSync(`grpc/reflection/${version}/reflection.proto`, {
    includeDirs: [protoDirectory],
  });
  const { path, requestSerialize, responseDeserialize } = methodOf(
    definition,
    `grpc.reflection.${version}.ServerReflection`,
    'ServerReflectionInfo',
  );
  const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
  for (const request of requests) call.write(request);
  call.end();
  const responses: ReflectionResponse[] = [];
  for await (const response of call) responses.push(response);
  return responses;
}

/** What a client makes of the descriptors that it was given. */
function loadDescriptors(files: readonly Buffer[]): PackageDefinition {
  const set = Writer.create();
  for (const file of files) set.uint32(10).bytes(file);
  return loadFileDescriptorSetFromBuffer(Buffer.from(set.finish()), { longs: Number });
}

describe.each(['v1', 'v1alpha'])('reflection %s', (version) => {
  test('a client that knows nothing finds the services and calls them', async () => {
    await using agent = await AgentFixture.open();
    const client = agent.connect();
    const [listed] = await reflect(client, version, [{ listServices: '' }]);
    const names = listed?.listServicesResponse?.service.map(({ name }) => name) ?? [];
    expect(names).toEqual([
      'pwru.v1.TraceService',
      'pwru.v1.InfoService',
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
    ]);
    const described = await reflect(
      client,
      version,
      names.map((fileContainingSymbol) => ({ fileContainingSymbol })),
    );
    for (const [index, name] of names.entries()) {
      const files = described[index]?.fileDescriptorResponse?.fileDescriptorProto ?? [];
      expect(Object.keys(loadDescriptors(files)[name] ?? {})).not.toEqual([]);
    }
    const infoFiles = described[1]?.fileDescriptorResponse?.fileDescriptorProto ?? [];
    const getInfo = methodOf(loadDescriptors(infoFiles), 'pwru.v1.InfoService', 'GetInfo');
    expect(await callUnary(client, getInfo, {})).toMatchObject({
      version: '1.2.3',
      node: 'node-a',
      kernel_release: '6.18.0',
      max_sessions: 2,
      max_duration_ms: 60_000,
    });
  });

  test('finds files by name and by every kind of symbol, and says what it does not know', async () => {
    await using agent = await AgentFixture.open();
    const responses = await reflect(agent.connect(), version, [
      { fileByFilename: 'pwru/v1/trace.proto' },
      { fileContainingSymbol: 'pwru.v1.Event.boot_time_ns' },
      { fileContainingSymbol: 'pwru.v1.SESSION_STATE_TRACING' },
      { fileContainingSymbol: 'pwru.v1.TraceService.Trace' },
      { fileContainingSymbol: 'grpc.health.v1.HealthCheckResponse.ServingStatus' },
      { allExtensionNumbersOfType: 'pwru.v1.Event' },
      { fileByFilename: 'no/such.proto' },
      { fileByFilename: '__proto__' },
      { fileContainingSymbol: 'pwru.v1.Event.nonsense' },
      { allExtensionNumbersOfType: 'pwru.v1.Nonsense' },
      { fileContainingExtension: { containingType: 'pwru.v1.Event', extensionNumber: 1 } },
      {},
    ]);
    const files = responses.slice(0, 5).map((response) => response.fileDescriptorResponse);
    expect(files.map((file) => file?.fileDescriptorProto.length)).toEqual([2, 1, 2, 2, 1]);
    expect(responses[5]?.allExtensionNumbersResponse?.baseTypeName).toBe('pwru.v1.Event');
    const codes = responses.slice(6).map((response) => response.errorResponse?.errorCode);
    const { NOT_FOUND, INVALID_ARGUMENT } = status;
    expect(codes).toEqual([...Array(5).fill(NOT_FOUND), INVALID_ARGUMENT]);
  });
});

describe('health', () => {
  const definition = healthService as unknown as Record<string, AnyMethod>;
  const method = (name: string) => methodOf({ health: definition } as never, 'health', name);

  test.each(['', 'pwru.v1.TraceService', 'pwru.v1.InfoService'])('"%s" serves', async (service) => {
    await using agent = await AgentFixture.open();
    const response = await callUnary(agent.connect(), method('Check'), { service });
    expect(response).toMatchObject({ status: 'SERVING' });
  });

  test('an unknown service is NOT_FOUND for Check and SERVICE_UNKNOWN for Watch', async () => {
    await using agent = await AgentFixture.open();
    const client = agent.connect();
    const error = await mustFail(callUnary(client, method('Check'), { service: 'nope' }));
    expect(error.code).toBe(status.NOT_FOUND);
    const statuses = watch(client, 'nope');
    await until(() => statuses.length === 1);
    expect(statuses).toEqual(['SERVICE_UNKNOWN']);
  });

  test('List names every service', async () => {
    await using agent = await AgentFixture.open();
    const response = await callUnary(agent.connect(), method('List'), {});
    expect(response).toMatchObject({
      statuses: { '': { status: 'SERVING' }, 'pwru.v1.TraceService': { status: 'SERVING' } },
    });
  });

  test('Watch tells NOT_SERVING when the agent shuts down', async () => {
    await using agent = await AgentFixture.open();
    const statuses = watch(agent.connect(), 'pwru.v1.TraceService');
    await until(() => statuses.length === 1);
    await agent.server.close();
    expect(statuses).toEqual(['SERVING', 'NOT_SERVING']);
  });

  function watch(client: Client, service: string): unknown[] {
    const statuses: unknown[] = [];
    const { path, requestSerialize, responseDeserialize } = method('Watch');
    const call: ClientReadableStream<Record<string, unknown>> = client.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      { service },
    );
    call.on('data', (response: { status: unknown }) => statuses.push(response.status));
    call.on('error', () => {});
    return statuses;
  }
});
