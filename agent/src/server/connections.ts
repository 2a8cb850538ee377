import type { Socket } from 'node:net';
import { nameConnection } from './caller.ts';

interface Connection {
  /** As Caller.connection. */
  readonly name: string;
  calls: number;
}

/**
 * The connections of all listeners, which are bounded. When all places are taken, the oldest one without a call makes room for
 * a new one, and where each has one, the oldest without a session: who only holds connections keeps nobody out.
 */
export class Connections {
  readonly #limit: number;
  readonly #hasSession: (name: string) => boolean;
  /** In the order in which they came. */
  readonly #open = new Map<Socket, Connection>();
  readonly #byName = new Map<string, Connection>();
  #opened = 0;

  /** @param hasSession whether a connection has one; of less than `limit` at a time. Its name is as Caller.connection */
  constructor(limit: number, hasSession: (name: string) => boolean) {
    this.#limit = limit;
    this.#hasSession = hasSession;
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
    const name = `${socket.remoteAddress}:${socket.remotePort}`;
    const connection = { name, calls: 0 };
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
    let oldestWithCall: Socket | undefined;
    for (const [socket, { name, calls }] of this.#open) {
      if (calls === 0) return this.#drop(socket);
      if (oldestWithCall === undefined && !this.#hasSession(name)) oldestWithCall = socket;
    }
    return oldestWithCall !== undefined && this.#drop(oldestWithCall);
  }

  #drop(socket: Socket): true {
    this.#open.delete(socket);
    socket.destroy();
    return true;
  }
}
