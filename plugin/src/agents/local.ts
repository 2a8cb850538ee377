// The one file of the plugin that may import the agent: it puts one inside this process.
import { hostname } from 'node:os';
import { PwruError } from '../../../agent/src/core/errors.ts';
import type { Log } from '../../../agent/src/core/log.ts';
import { type LocalAgent, openLocalAgent as openAgent } from '../../../agent/src/local-agent.ts';
import { type LibraryName, openLibrary } from '../../../agent/src/native/library.ts';
import { openTracingHost } from '../../../agent/src/trace/host.ts';
import { pwru } from '../../../proto/gen/pwru.js';
import {
  type AgentClient,
  AgentError,
  type QueryableAgent,
  type TraceStream,
} from './agent-client.ts';
import { agentErrorOfStatus, isStatusError } from './status-error.ts';

/** An agent of which nobody but this process knows: there are no other sessions to list or to stop. */
export type OwnAgent = AgentClient & Pick<QueryableAgent, 'getInfo' | 'listFunctions'>;

/**
 * Opens an agent in this process. It needs the agent's own privileges, and nothing of it outlives the process.
 * @param note takes the agent's warnings, a line each
 * @throws AgentError when this machine cannot run one
 */
export async function openLocalAgent(note: (text: string) => void): Promise<OwnAgent> {
  const options = { node: hostname(), log: warningsOnly(note) };
  let agent: LocalAgent;
  try {
    agent = openAgent(await openTracingHost(options), options);
  } catch (thrown) {
    throw translate(thrown);
  }
  const { GetInfoResponse, ListFunctionsResponse } = pwru.v1;
  return {
    trace: (start) => translated(agent.trace(start)),
    getInfo: async () => new GetInfoResponse(await answered(agent.getInfo())),
    listFunctions: async (request) =>
      new ListFunctionsResponse(await answered(agent.listFunctions(request))),
    close: () => agent.close(),
  };
}

/** A shared library that an agent loads. */
export interface NeededLibrary {
  readonly name: string;
  /** Why it cannot be loaded, and what brings it; undefined when it can. */
  readonly problem: string | undefined;
}

/** Tries to load what an agent in this process would need. */
export function neededLibraries(): NeededLibrary[] {
  const names: readonly LibraryName[] = ['libbpf.so.1', 'libpcap.so.0.8'];
  return names.map((name) => {
    try {
      openLibrary(name);
      return { name, problem: undefined };
    } catch (thrown) {
      if (!(thrown instanceof PwruError)) throw thrown;
      return { name, problem: thrown.message };
    }
  });
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    throw translate(thrown);
  }
}

function translated(stream: TraceStream): TraceStream {
  return {
    responses: translatedResponses(stream.responses),
    send: (request) => stream.send(request),
    cancel: () => stream.cancel(),
  };
}

async function* translatedResponses(
  responses: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* responses;
  } catch (thrown) {
    throw translate(thrown);
  }
}

/** Anything but the agent's own errors is a mistake in this program, and shows as such. */
function translate(thrown: unknown): unknown {
  if (isStatusError(thrown))
    return agentErrorOfStatus(thrown, { address: 'this machine', answered: false });
  if (!(thrown instanceof PwruError)) return thrown;
  return new AgentError('refused', thrown.message, {
    ...thrown.details,
    reason: thrown.code,
    cause: thrown,
  });
}

function warningsOnly(note: (text: string) => void): Log {
  const tell = (fields: object, message: string) => note(`${message} ${JSON.stringify(fields)}`);
  return { debug: () => {}, info: () => {}, warn: tell, error: tell };
}
