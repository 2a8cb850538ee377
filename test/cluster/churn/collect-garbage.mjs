// node collect-garbage.mjs PORT: has the Node process whose inspector listens on this loopback port collect all its garbage. Plain
// JavaScript, since it runs in another network namespace without what runs TypeScript.
import { once } from 'node:events';
import { WebSocket } from 'ws';

const port = process.argv[2];
const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
const socket = new WebSocket(targets[0].webSocketDebuggerUrl);
await once(socket, 'open');
// Twice: the first one runs finalizers, the second takes what they let go of.
for (const id of [1, 2]) {
  socket.send(JSON.stringify({ id, method: 'HeapProfiler.collectGarbage' }));
  const [answer] = await once(socket, 'message');
  if (JSON.parse(answer).error) throw new Error(String(answer));
}
socket.close();
