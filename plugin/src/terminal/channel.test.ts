import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Channel } from './channel.ts';

/** Takes one chunk at a time and finishes it when told. */
class SlowStream extends Writable {
  readonly chunks: string[] = [];
  #finish: ((error?: Error) => void) | undefined;

  constructor() {
    super({ highWaterMark: 1, decodeStrings: false });
  }

  override _write(chunk: string, _encoding: string, finish: (error?: Error) => void): void {
    this.chunks.push(chunk);
    this.#finish = finish;
  }

  finish(error?: Error): void {
    this.#finish?.(error);
  }
}

const never = new AbortController().signal;
const systemError = (code: string) => Object.assign(new Error(`write ${code}`), { code });

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol();
  return (await Promise.race([promise, setImmediate(pending)])) === pending;
}

describe('Channel', () => {
  test('write waits until the stream has written', async () => {
    const stream = new SlowStream();
    const channel = new Channel(stream);
    const written = channel.write('a\n', never);
    expect(await isPending(written)).toBe(true);
    stream.finish();
    expect(await written).toBe(true);
    expect(stream.chunks).toEqual(['a\n']);
  });

  test('write comes back when the signal aborts, before or during', async () => {
    const stream = new SlowStream();
    const channel = new Channel(stream);
    const controller = new AbortController();
    const written = channel.write('a\n', controller.signal);
    controller.abort();
    expect(await written).toBe(false);
    expect(await channel.write('b\n', controller.signal)).toBe(false);
  });

  test.each([
    ['EPIPE', undefined],
    ['ECONNRESET', undefined],
    ['ENOSPC', 'write ENOSPC'],
  ])('write comes back when writing fails with %s, and says so once', async (code, failure) => {
    const stream = new SlowStream();
    let closed = 0;
    const channel = new Channel(stream);
    channel.onClosed(() => closed++);
    const written = channel.write('a\n', never);
    stream.finish(systemError(code));
    await written;
    await channel.write('b\n', never);
    expect(channel.closed).toBe(true);
    expect(channel.failure?.message).toBe(failure);
    expect(closed).toBe(1);
    expect(stream.chunks).toEqual(['a\n']);
  });
});
