import { lookup } from 'node:dns/promises';
import { lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { BlockList, connect, createServer, isIPv6, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { messageOf, PwruError } from '../core/errors.ts';
import { type HostPort, parseHostPort } from '../core/host-port.ts';

/** A socket that takes connections. */
export interface Listener {
  /** As a gRPC client names it: `unix:/run/pwru/agent.sock`, `127.0.0.1:50051`, `[::1]:50051`. */
  readonly address: string;
  /** Takes no connection any more; a socket file is removed. Idempotent. */
  close(): void;
}

type OnConnection = (socket: Socket) => void;

/** sun_path of struct sockaddr_un, less the final NUL: unix(7). */
const MAX_SOCKET_PATH_BYTES = 107;

/**
 * Listens on a unix socket that only this user may open (mode 0600 from the moment it exists). A directory that is
 * missing is made with mode 0700. A socket file on which nobody listens is replaced.
 * @throws PwruError INVALID_ARGUMENT (path), LIMIT_REACHED (another agent runs), SYSTEM
 */
export async function listenUnix(path: string, onConnection: OnConnection): Promise<Listener> {
  const lengthBytes = Buffer.byteLength(path);
  if (lengthBytes === 0 || lengthBytes > MAX_SOCKET_PATH_BYTES || path.includes('\0')) {
    const why = `a unix socket's path has 1 to ${MAX_SOCKET_PATH_BYTES} bytes, this one ${lengthBytes}`;
    throw new PwruError('INVALID_ARGUMENT', `Cannot listen on ${JSON.stringify(path)}: ${why}`);
  }
  const where = `unix:${path}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    await removeStaleSocket(path);
  } catch (thrown) {
    throw cannotListen(where, thrown);
  }
  const server = createServer(onConnection);
  // Node binds a unix socket before listen() returns, so nothing else runs under this mask.
  const previousMask = process.umask(0o177);
  const listening = startListening(server, where, () => server.listen(path));
  process.umask(previousMask);
  await listening;
  return { address: where, close: () => server.close() };
}

/**
 * Listens on `HOST:PORT`, loopback only unless `allowRemote`: the API has no authentication of its own.
 * @throws PwruError INVALID_ARGUMENT, SYSTEM
 */
export async function listenTcp(
  address: string,
  allowRemote: boolean,
  onConnection: OnConnection,
): Promise<Listener> {
  const { host, port } = parseAddress(address);
  let resolved: string;
  try {
    resolved = (await lookup(host)).address;
  } catch (thrown) {
    throw cannotListen(address, thrown);
  }
  if (!allowRemote && !isLoopback(resolved)) {
    const why =
      'the API has no authentication, so only loopback is served unless --allow-remote is given';
    throw new PwruError('INVALID_ARGUMENT', `Cannot listen on ${address}: ${why}`);
  }
  const server = createServer({ noDelay: true }, onConnection);
  await startListening(server, address, () => server.listen({ host: resolved, port }));
  const bound = server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  const shownHost = isIPv6(resolved) ? `[${resolved}]` : resolved;
  return { address: `${shownHost}:${boundPort}`, close: () => server.close() };
}

function startListening(server: Server, where: string, listen: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(where, error)));
    server.once('listening', () => {
      server.removeAllListeners('error');
      // Accepting may fail later (EMFILE); the listener stays.
      server.on('error', () => {});
      resolve();
    });
    listen();
  });
}

/** @throws PwruError LIMIT_REACHED when somebody listens there, INVALID_ARGUMENT when it is not a socket */
async function removeStaleSocket(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) {
    throw new PwruError(
      'INVALID_ARGUMENT',
      `Cannot listen on unix:${path}: it exists and is no socket`,
    );
  }
  if (await isListening(path)) {
    throw new PwruError(
      'LIMIT_REACHED',
      `Cannot listen on unix:${path}: another agent is running there`,
      {
        subject: path,
      },
    );
  }
  unlinkSync(path);
}

/** A connection is refused only when nobody listens: a full backlog makes EAGAIN, a foreign socket EACCES. */
function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path, () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
  });
}

/** Only one address is served: without a host it would be every one. */
function parseAddress(text: string): HostPort {
  const address = parseHostPort(text);
  if (address !== undefined && address.host !== '') return address;
  const expected = 'HOST:PORT is expected, for instance 127.0.0.1:50051 or [::1]:50051';
  throw new PwruError('INVALID_ARGUMENT', `Cannot listen on ${JSON.stringify(text)}: ${expected}`);
}

/** 127.0.0.0/8 and ::1, RFC 6890; IPv4-mapped IPv6 addresses count as what they map. */
function isLoopback(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

function cannotListen(where: string, thrown: unknown): PwruError {
  if (thrown instanceof PwruError) return thrown;
  return new PwruError('SYSTEM', `Cannot listen on ${where}: ${messageOf(thrown)}`, {
    cause: thrown,
  });
}
