import type { Socket } from 'node:net';
import { nameConnection } from './caller.ts';

interface Connection {
  readonly socket: Socket;
  calls: number;
}

/**
 * The connections of all listeners, which are bounded. When all places are taken, the oldest one without a call makes room for
 * a new one: who only holds connections keeps nobody out.
 */
export class Connections {
  readonly #limit: number;
  /** In the order in which they came. */
  readonly #open = new Map<Socket, Connection>();
  readonly #byName = new Map<string, Connection>();
  #opened = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#open.size;
  }

  /** @returns whether the connection has a place; else it is closed. */
  take(socket: Socket): boolean {
    // What a broken connection means is told to its calls.
    socket.on('error', () => {});
    if (this.#open.size >= this.#limit && !this.#makeRoom()) {
      socket.destroy();
      return false;
    }
    this.#opened += 1;
    nameConnection(socket, this.#opened);
    const connection = { socket, calls: 0 };
    const name = `${socket.remoteAddress}:${socket.remotePort}`;
    this.#open.set(socket, connection);
    this.#byName.set(name, connection);
    socket.once('close', () => {
      this.#open.delete(socket);
      if (this.#byName.get(name) === connection) this.#byName.delete(name);
    });
    return true;
  }

  /** A call has begun. @param name as Caller.connection @returns to be called when it ends */
  begin(name: string): () => void {
    const connection = this.#byName.get(name);
    if (connection === undefined) return () => {};
    connection.calls += 1;
    return () => {
      connection.calls -= 1;
    };
  }

  closeAll(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }

  #makeRoom(): boolean {
    for (const { socket, calls } of this.#open.values()) {
      if (calls > 0) continue;
      this.#open.delete(socket);
      socket.destroy();
      return true;
    }
    return false;
  }
}
