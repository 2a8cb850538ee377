import { spawn } from 'node:child_process';
import dns, { type LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createSecureContext } from 'node:tls';
import { afterEach, expect, test, vi } from 'vitest';
import { dialServer } from './dial.ts';

/**
 * A server that takes no connection until a line comes: its queue is full, so the kernel drops what asks, which asks again
 * after a second (tcp(7): the first SYN is sent again after 1 s).
 */
const slowServer = `
import socket, sys
family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET
server = socket.socket(family)
server.bind((sys.argv[1], 0))
server.listen(0)
waiting = []
for _ in range(4):
    client = socket.socket(family)
    client.setblocking(False)
    client.connect_ex(server.getsockname())
    waiting.append(client)
print(server.getsockname()[1], flush=True)
sys.stdin.readline()
while True: waiting.append(server.accept())
`;

/** A name with addresses of both families, which /etc/hosts need not have. */
function resolveTo(...addresses: LookupAddress[]): void {
  const lookup = (_name: string, _options: object, done: (e: null, found: object) => void) =>
    done(null, addresses);
  vi.spyOn(dns, 'lookup').mockImplementation(lookup as unknown as typeof dns.lookup);
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('an address of a name that has several may take longer than a quarter of a second', async () => {
  const first = { address: '127.0.0.1', family: 4 };
  resolveTo(first, { address: '::1', family: 6 });
  const server = spawn('python3', ['-c', slowServer, first.address]);
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const url = new URL(`http://two.example:${line.toString().trim()}`);
    const dialled = dialServer(
      {
        server: url,
        proxy: undefined,
        secureContext: createSecureContext(),
        ...{ serverName: undefined, verify: true },
      },
      new AbortController().signal,
    );
    dialled.catch(() => {});
    // Longer than Node's own patience: then it asks the other address, where nobody listens.
    setTimeout(() => server.stdin.write('\n'), 600);
    const socket = await dialled;
    expect(socket.remoteAddress).toBe(first.address);
    socket.destroy();
  } finally {
    server.kill();
  }
});
