import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { dialServer } from './dial.ts';
import { errorOfRefusal } from './errors.ts';
import type { Identity } from './identity.ts';
import { KubeError } from './kube-api.ts';
import { networkFailure } from './network-failure.ts';
import { Deadline } from './pacing.ts';
import { PodTunnel, TUNNEL_PROTOCOL, TunnelError } from './pod-tunnel.ts';
import { hostOf, portOf, requestPath } from './proxy-environment.ts';
import { kinds, objectPath } from './resources.ts';
import { readStart, type ServerConnection } from './server-connection.ts';

/** From the first packet to the API server until the node has opened the channels. */
const TIMEOUT_MS = 9_000;
const MAX_PAYLOAD_BYTES = 1024 * 1024;

/**
 * Connects to a port of a pod. Resolves when the pod's node has taken the connection over; what it finds at the port later
 * shows in the stream, which fails with a TunnelError.
 * @throws KubeError
 */
export function openPodTunnel(
  connection: ServerConnection,
  pod: { namespace: string; name: string },
  port: number,
): Promise<PodTunnel> {
  const request = {
    path: `${objectPath(kinds.pod, pod.name, pod.namespace)}/portforward`,
    query: `?ports=${port}`,
  };
  const subject = `port ${port} of pod ${pod.namespace}/${pod.name}`;
  return connection.authorized(async (identity) => {
    using deadline = new Deadline(connection.closing, TIMEOUT_MS, () =>
      forwardError(subject, `no answer within ${TIMEOUT_MS / 1_000} s`),
    );
    try {
      const tunnel = await upgrade(identity, request, deadline.signal);
      // What the node says at once is an answer to this call: a listener of the stream would come too late.
      if (tunnel.destroyed) throw tunnel.errored ?? new TunnelError('cut', 'it was closed at once');
      const onClosing = () => tunnel.destroy(connection.closing.reason as Error);
      connection.closing.addEventListener('abort', onClosing, { once: true });
      tunnel.once('close', () => connection.closing.removeEventListener('abort', onClosing));
      return tunnel;
    } catch (thrown) {
      throw thrown instanceof TunnelError ? forwardError(subject, thrown.message, thrown) : thrown;
    }
  });
}

function forwardError(subject: string, message: string, cause?: unknown): KubeError {
  return new KubeError(`error: unable to forward ${subject}: ${message}`, {
    reason: '',
    status: 0,
    cause,
  });
}

async function upgrade(
  identity: Identity,
  { path, query }: { path: string; query: string },
  signal: AbortSignal,
): Promise<PodTunnel> {
  const { server } = identity.settings;
  const connection = await dialServer(identity.target, signal);
  const url = new URL(requestPath(server, path) + query, server);
  url.protocol = server.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url, TUNNEL_PROTOCOL, {
    createConnection: () => connection,
    headers: { ...identity.headers },
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD_BYTES,
    skipUTF8Validation: true,
  });
  return new Promise((resolve, reject) => {
    const finish = () => signal.removeEventListener('abort', onAbort);
    const fail = (reason: unknown) => {
      finish();
      // Neither `ws` nor the server closes a connection that was not upgraded.
      connection.destroy();
      reject(reason);
    };
    const onAbort = () => fail(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    // The first messages may come with the answer: the tunnel has to listen before anything else happens.
    socket.once('open', () => {
      finish();
      resolve(beginTunnel(socket, signal));
    });
    socket.on('error', (error) => fail(upgradeFailure(error, server)));
    socket.once('unexpected-response', (_request, response: IncomingMessage) => {
      refusalOf(path, response).then(fail, fail);
    });
    if (signal.aborted) onAbort();
  });
}

/** Of an answer that is no WebSocket `ws` says in its own words what is wrong. */
function upgradeFailure(error: Error, server: URL): Error {
  if (/^(Server sent|Invalid) /.test(error.message)) return noWebSocket(error.message, error);
  return networkFailure(error, { host: hostOf(server), port: portOf(server) });
}

async function refusalOf(path: string, response: IncomingMessage): Promise<KubeError> {
  const body = await readStart(response);
  const status = response.statusCode ?? 0;
  // An answer as if nothing had been said of an upgrade.
  if (status < 300) return noWebSocket(`status ${status}`);
  const contentType = response.headers['content-type'] ?? '';
  return errorOfRefusal({ method: 'GET', path, status, contentType, body });
}

function noWebSocket(cause: string, error?: Error): KubeError {
  return new KubeError(
    `error: the API server, or a proxy before it, cannot forward ports by WebSocket (${TUNNEL_PROTOCOL}): ${cause}`,
    { reason: '', status: 0, cause: error },
  );
}

function beginTunnel(socket: WebSocket, signal: AbortSignal): Promise<PodTunnel> {
  return new Promise((resolve, reject) => {
    const onAbort = () => tunnel.destroy(signal.reason as Error);
    const tunnel = new PodTunnel(socket, (error) => {
      signal.removeEventListener('abort', onAbort);
      if (error === undefined) resolve(tunnel);
      else reject(error);
    });
    // Before it is handed out, the promise tells it; afterwards its user may listen as well.
    tunnel.on('error', () => {});
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}
