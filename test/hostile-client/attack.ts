import { setTimeout as delay } from 'node:timers/promises';
import { RawHttp2 } from '../server/raw-http2.ts';

/** One thing that a hostile client does, again and again. */
export type Trick = (attack: Attack) => Promise<void>;

/** What all tricks share: the agent, the end, and what was done. */
export class Attack {
  readonly socketPath: string;
  readonly netns: string;
  readonly #endsAtMs: number;
  /** How often each thing was done: `refused requests: status 3`. */
  readonly counts = new Map<string, number>();

  constructor(socketPath: string, netns: string, seconds: number) {
    this.socketPath = socketPath;
    this.netns = netns;
    this.#endsAtMs = performance.now() + seconds * 1_000;
  }

  get isOver(): boolean {
    return performance.now() >= this.#endsAtMs;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Between two goes; shorter when the attack ends. */
  async pause(ms: number): Promise<void> {
    await delay(Math.max(0, Math.min(ms, this.#endsAtMs - performance.now())));
  }

  /** Plays a trick until the attack ends, on connections that the agent may close at any time. */
  async play(name: string, trick: Trick): Promise<void> {
    while (!this.isOver) {
      try {
        await trick(this);
        this.count(`${name}: rounds`);
      } catch (thrown) {
        // It closed the connection, or takes none now: the next one may fare better.
        this.count(`${name}: ${thrown instanceof Error ? codeOf(thrown) : 'broken'}`);
      }
      await this.pause(20);
    }
  }

  /** A connection that is closed with the round that opened it. */
  connect(windowBytes?: number): Promise<RawHttp2> {
    return within(5_000, RawHttp2.open(this.socketPath, windowBytes));
  }
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string'
    ? error.code
    : error.message.slice(0, 80);
}

/** @throws Error when it takes longer */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = delay(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error('no answer');
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
    late.catch(() => {});
  }
}
