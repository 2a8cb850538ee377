import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { messageOf } from '../../../agent/src/core/errors.ts';
import type { Lifecycle, PartName } from './lifecycle.ts';

/** One line of JSON each way, one question per connection. */
interface Question {
  readonly verb: keyof Lifecycle;
  readonly part: PartName;
}

interface Answer {
  readonly error?: string;
}

/** Lets other processes of this machine take parts down and bring them back: a cluster's processes have one parent. */
export async function serveLifecycle(lifecycle: Lifecycle, path: string): Promise<AsyncDisposable> {
  const connections = new Set<Socket>();
  const server: Server = createServer((socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    // Who asked may be gone before the answer.
    socket.on('error', () => socket.destroy());
    createInterface(socket).once('line', (line) => {
      void answer(lifecycle, line).then((reply) => socket.end(`${JSON.stringify(reply)}\n`));
    });
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    [Symbol.asyncDispose]: async () => {
      for (const socket of connections) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(lifecycle: Lifecycle, line: string): Promise<Answer> {
  try {
    const { verb, part } = JSON.parse(line) as Question;
    await lifecycle[verb](part);
    return {};
  } catch (failure) {
    return { error: messageOf(failure) };
  }
}

/** The life cycle of a cluster that another process owns. @param path of the socket that the owner serves */
export function remoteLifecycle(path: string): Lifecycle {
  return {
    kill: (part) => ask(path, { verb: 'kill', part }),
    start: (part) => ask(path, { verb: 'start', part }),
  };
}

async function ask(path: string, question: Question): Promise<void> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    socket.write(`${JSON.stringify(question)}\n`);
    for await (const line of createInterface(socket)) {
      const { error } = JSON.parse(line) as Answer;
      if (error !== undefined) throw new Error(error);
      return;
    }
    throw new Error(`The cluster ended before it could ${question.verb} ${question.part}`);
  } finally {
    socket.destroy();
  }
}
