import { once } from 'node:events';
import { WebSocket } from 'ws';

/*
 * A program of its own, since it runs in another network namespace. Argument: the port on loopback at which the inspector of a Node
 * process listens. Has that process collect all its garbage.
 */

interface InspectorTarget {
  readonly webSocketDebuggerUrl: string;
}

async function main(): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${process.argv[2]}/json/list`);
  const [target] = (await response.json()) as InspectorTarget[];
  if (target === undefined) throw new Error('The inspector has no target');
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await once(socket, 'open');
  // Twice: the first one runs finalizers, the second takes what they let go of.
  for (const id of [1, 2]) {
    socket.send(JSON.stringify({ id, method: 'HeapProfiler.collectGarbage' }));
    const [answer] = (await once(socket, 'message')) as [Buffer];
    if (answer.includes('"error"')) throw new Error(answer.toString());
  }
  socket.close();
}

void main();
