import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Output } from './output.ts';

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

describe('Output', () => {
  test('write waits until the stream has written', async () => {
    const stream = new SlowStream();
    const output = new Output(stream, () => {});
    const written = output.write('a\n', never);
    expect(await isPending(written)).toBe(true);
    stream.finish();
    expect(await written).toBe(true);
    expect(stream.chunks).toEqual(['a\n']);
  });

  test('write comes back when the signal aborts, before or during', async () => {
    const stream = new SlowStream();
    const output = new Output(stream, () => {});
    const controller = new AbortController();
    const written = output.write('a\n', controller.signal);
    controller.abort();
    expect(await written).toBe(false);
    expect(await output.write('b\n', controller.signal)).toBe(false);
  });

  test.each([
    ['EPIPE', undefined],
    ['ECONNRESET', undefined],
    ['ENOSPC', 'write ENOSPC'],
  ])('write comes back when writing fails with %s, and says so once', async (code, failure) => {
    const stream = new SlowStream();
    let closed = 0;
    const output = new Output(stream, () => closed++);
    const written = output.write('a\n', never);
    stream.finish(systemError(code));
    await written;
    await output.write('b\n', never);
    expect(output.closed).toBe(true);
    expect(output.failure?.message).toBe(failure);
    expect(closed).toBe(1);
    expect(stream.chunks).toEqual(['a\n']);
  });
});
