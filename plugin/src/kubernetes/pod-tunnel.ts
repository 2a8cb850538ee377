import { Duplex } from 'node:stream';
import { WebSocket } from 'ws';

/** The subprotocol that `PodTunnel` speaks; of its channels, those of the only port. */
export const TUNNEL_PROTOCOL = 'v4.channel.k8s.io';
const DATA_CHANNEL = 0;
const ERROR_CHANNEL = 1;
/** Each channel begins with the port's number, little-endian. */
const PORT_BYTES = 2;

/** The other side reads a message as a whole. */
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_ERROR_LENGTH = 4_096;
const READABLE_BUFFER_BYTES = 256 * 1024;

const PING_INTERVAL_MS = 2_000;
/** Without any sign of life for this long, a tunnel counts as stalled. */
const STALL_MS = 7_000;
/** The same while the kernel takes nothing more, since then the pod may simply not read. */
const BLOCKED_MS = 60_000;
/** A timer this late tells of this process, which was stopped, and not of the tunnel. */
const LATE_MS = 1_000;
/** What was sent before a ping is read before it: as slowly as this, the tunnel is granted. */
const SLOWEST_BYTES_PER_MS = 64;
/** How long one reads on, byte by byte, after the end was sent. */
const LINGER_MS = 2_000;
/** For the handshake of the end, and for what is still to be flushed with it. */
const CLOSE_TIMEOUT_MS = 1_000;

/** Why a tunnel ended before its end. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
  /** `refused`: the node could not connect to the port, and says why. `stalled`: silence. `cut`: the connection broke. */
  readonly kind: 'refused' | 'stalled' | 'cut';

  constructor(kind: TunnelError['kind'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/**
 * One connection to a port of a pod over the API server's port-forward, as a byte stream.
 *
 * The protocol (kubelet: pkg/kubelet/cri/streaming/portforward/websocket.go): binary messages, the first byte is the channel;
 * an error is told as text, then the connection is closed. It has no half-close: after `end()` what the other side still
 * sends is read until it is silent for 2 s, then all is closed.
 *
 * Backpressure: while nothing is read, the socket is not read; a write is done when the socket has taken it. Memory is bounded
 * by 256 KiB, a few messages, and the kernel's socket buffers.
 *
 * A tunnel that is stalled or cut destroys itself with a TunnelError: a ping every 2 s, and 7 s without anything coming are
 * too long. The pong comes behind all data that was sent, so 64 KB grant one more second; while we ourselves do not read,
 * silence says nothing.
 */
export class PodTunnel extends Duplex {
  readonly #socket: WebSocket;
  /** Channels whose port number has been read. */
  readonly #begun = new Set<number>();
  #onReady: (error: Error | undefined) => void;
  #pulse: NodeJS.Timeout;
  /** When the other side was last heard. */
  #lastSignMs = performance.now();
  /** When the kernel last took what was written. */
  #lastTakenMs = performance.now();
  #bytesSincePong = 0;
  #lingering = false;
  #closedInOrder = false;
  /** Of the write that came while the connection was being closed: how it was, the close tells. */
  #unsent: (() => void) | undefined;
  #pulseAtMs = performance.now();

  /**
   * @param socket just opened, with the subprotocol: its first message may follow at once
   * @param onReady called once: when both channels have begun, or the tunnel has failed before
   */
  constructor(socket: WebSocket, onReady: (error: Error | undefined) => void) {
    super({
      allowHalfOpen: true,
      readableHighWaterMark: READABLE_BUFFER_BYTES,
      writableHighWaterMark: MAX_MESSAGE_BYTES,
    });
    this.#socket = socket;
    this.#onReady = onReady;
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary));
    socket.on('pong', () => {
      this.#bytesSincePong = 0;
      this.#sign();
    });
    socket.on('ping', () => this.#sign());
    socket.on('error', (error) =>
      this.#fail('cut', `the connection broke: ${error.message}`, error),
    );
    socket.on('close', (code) => this.#closed(code));
    this.#pulse = this.#beat(PING_INTERVAL_MS);
  }

  override _read(): void {
    if (!this.#socket.isPaused) return;
    this.#sign();
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, callback: (error?: Error) => void): void {
    this.#send(chunk, 0, callback);
  }

  override _final(callback: (error?: Error) => void): void {
    this.#lingering = true;
    this.#sign();
    clearInterval(this.#pulse);
    if (!this.#closedInOrder) this.#pulse = this.#beat(LINGER_MS / 4);
    callback();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    clearInterval(this.#pulse);
    this.#tellReady(error ?? new TunnelError('cut', 'the tunnel was closed'));
    this.#closeSocket(error === null);
    callback(error);
  }

  #send(chunk: Buffer, begin: number, callback: (error?: Error) => void): void {
    const end = Math.min(begin + MAX_MESSAGE_BYTES, chunk.length);
    const message = Buffer.allocUnsafe(end - begin + 1);
    message[0] = DATA_CHANNEL;
    chunk.copy(message, 1, begin, end);
    this.#socket.send(message, (error) => {
      // The socket's own events tell why; a destroyed stream wants no more calls.
      if (this.destroyed) return;
      if (this.#closedInOrder) {
        // As with TCP: what is written to one who has left goes nowhere, and what he said before can still be read.
        callback();
        return;
      }
      if (this.#socket.readyState === WebSocket.CLOSING) {
        this.#unsent = callback;
        return;
      }
      if (error !== undefined && error !== null) {
        this.#fail('cut', `the connection broke: ${error.message}`, error);
        return;
      }
      this.#bytesSincePong += end - begin;
      this.#lastTakenMs = performance.now();
      if (end < chunk.length) this.#send(chunk, end, callback);
      else callback();
    });
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.destroyed) return;
    this.#sign();
    const channel = data[0];
    if (!isBinary || (channel !== DATA_CHANNEL && channel !== ERROR_CHANNEL)) {
      this.#fail('cut', 'the API server sent something else than port-forwarding');
      return;
    }
    let payload = data.subarray(1);
    if (!this.#begun.has(channel)) {
      if (payload.length < PORT_BYTES) {
        this.#fail('cut', 'the API server sent something else than port-forwarding');
        return;
      }
      payload = payload.subarray(PORT_BYTES);
      this.#begun.add(channel);
      if (this.#begun.size === 2) this.#tellReady(undefined);
    }
    if (payload.length === 0) return;
    if (channel === ERROR_CHANNEL) {
      this.#fail('refused', payload.toString('utf8').trim().slice(0, MAX_ERROR_LENGTH));
      return;
    }
    if (!this.push(payload)) this.#socket.pause();
  }

  #tellReady(error: Error | undefined): void {
    this.#onReady(error);
    this.#onReady = () => {};
  }

  /** Code 1000 (RFC 6455, 7.4.1), or none in the frame (1005), is the end of the pod's side. */
  #closed(code: number): void {
    if (this.destroyed) return;
    if (code !== 1000 && code !== 1005) {
      this.#fail('cut', 'the connection was closed in the middle');
      return;
    }
    if (this.#begun.size < 2) {
      this.#fail('cut', 'the API server closed the connection');
      return;
    }
    this.#closedInOrder = true;
    clearInterval(this.#pulse);
    this.push(null);
    // There is no one left to write to.
    this.end();
    // After the end: else it would ask for more.
    this.#unsent?.();
  }

  #beat(intervalMs: number): NodeJS.Timeout {
    return setInterval(() => this.#checkPulse(), intervalMs);
  }

  #checkPulse(): void {
    const nowMs = performance.now();
    const isLate = nowMs - this.#pulseAtMs > PING_INTERVAL_MS + LATE_MS;
    this.#pulseAtMs = nowMs;
    if (isLate) this.#sign();
    // Unread data is in front of whatever the other side says.
    if (this.#socket.isPaused) return;
    const silentMs = nowMs - this.#lastSignMs;
    if (this.#lingering) {
      if (silentMs > LINGER_MS) this.destroy();
      return;
    }
    const grantedMs = STALL_MS + this.#bytesSincePong / SLOWEST_BYTES_PER_MS;
    const isBlocked = this.#socket.bufferedAmount > 0;
    const isStalled = isBlocked ? nowMs - this.#lastTakenMs > BLOCKED_MS : silentMs > grantedMs;
    if (isStalled) {
      this.#fail('stalled', `no sign of life for ${Math.round(silentMs / 1_000)} s`);
    } else if (!isBlocked) {
      this.#socket.ping();
    }
  }

  #sign(): void {
    this.#lastSignMs = performance.now();
  }

  #fail(kind: TunnelError['kind'], message: string, cause?: unknown): void {
    if (!this.destroyed) this.destroy(new TunnelError(kind, message, cause));
  }

  #closeSocket(inGoodOrder: boolean): void {
    const socket = this.#socket;
    if (socket.readyState === WebSocket.CLOSED) return;
    if (!inGoodOrder || socket.readyState !== WebSocket.OPEN) {
      socket.terminate();
      return;
    }
    // What was written has to arrive, and a paused socket would not see the answer.
    socket.resume();
    socket.close(1000);
    const impatience = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
    impatience.unref();
    socket.once('close', () => clearTimeout(impatience));
  }
}
