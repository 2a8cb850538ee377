import { closeFd } from '../../native/libc.ts';

/** Links closed at the same time: each close waits for RCU grace periods in the kernel. */
const closersAtOnce = 16;

/** Owner of a session's BPF links: from `add` on they are closed by nobody else. */
export class ProbeLinks implements AsyncDisposable {
  #links: Array<{ readonly fd: number; readonly functions: number }> = [];
  readonly #parts = new Set<ProbeLinks>();
  readonly #onClosed: (closed: ProbeLinks) => void;
  #closing: Promise<void> | undefined;
  #functionsAttached = 0;

  /** @param onClosed called once, when the last link is closed */
  constructor(onClosed: (closed: ProbeLinks) => void = () => {}) {
    this.#onClosed = onClosed;
  }

  /** Functions (or tracepoints) that are attached now. */
  get functionsAttached(): number {
    let sum = this.#functionsAttached;
    for (const part of this.#parts) sum += part.functionsAttached;
    return sum;
  }

  get fds(): readonly number[] {
    return [...this.#links.map((link) => link.fd), ...[...this.#parts].flatMap(({ fds }) => fds)];
  }

  /** Some that can be closed before the others, and are closed with them. Once closing has begun it is closed. */
  part(): ProbeLinks {
    const part = new ProbeLinks((closed) => this.#parts.delete(closed));
    if (this.#closing === undefined) this.#parts.add(part);
    else void part.close();
    return part;
  }

  /** Takes ownership of a link that carries this many functions. Once closing has begun it is closed at once. */
  add(fd: number, functions: number): void {
    if (this.#closing !== undefined) {
      this.#closing = Promise.all([this.#closing, closeFd(fd)]).then(() => undefined);
      return;
    }
    this.#links.push({ fd, functions });
    this.#functionsAttached += functions;
  }

  /** Detaches everything, in parallel. Calling it again waits for the same end. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #closeAll(): Promise<void> {
    const parts = Promise.all([...this.#parts].map((part) => part.close()));
    const closers = Array.from({ length: closersAtOnce }, async () => {
      for (let link = this.#links.pop(); link !== undefined; link = this.#links.pop()) {
        await closeFd(link.fd);
        this.#functionsAttached -= link.functions;
      }
    });
    await Promise.all([...closers, parts]);
    this.#onClosed(this);
  }
}

/** A function to attach, and the cookie that its program reads. */
export interface ProbeTarget {
  readonly name: string;
  /** Empty for vmlinux. */
  readonly module: string;
  readonly address: bigint;
  readonly cookie: bigint;
  /** Not asked for by the user, needed all the same: neither counted nor reported when refused. */
  readonly silent: boolean;
}

/** How many of these the user asked for. */
export function reportedCount(targets: readonly ProbeTarget[]): number {
  return targets.filter((target) => !target.silent).length;
}

/** Functions that share one BPF program. */
export interface ProbeGroup {
  readonly programFd: number;
  readonly targets: readonly ProbeTarget[];
}

export interface RefusedProbe {
  readonly name: string;
  readonly module: string;
  readonly reason: string;
}

/** What an attachment needs beside its groups. */
export interface AttachContext {
  readonly links: ProbeLinks;
  /** Aborting ends the attachment at the next function; what is attached stays with `links`. */
  readonly signal: AbortSignal;
  /** Called after each step with the number of functions that are done, refused ones included. */
  readonly onProgress: (functionsDone: number) => void;
}
