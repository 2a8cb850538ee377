import { expect, test } from 'vitest';
import { Outbox } from './outbox.ts';

/** A client that takes one response at a time, when it is told to. */
class SlowSink {
  closed = false;
  readonly taken: string[] = [];
  #take: () => void = () => {};

  write(response: Uint8Array): Promise<void> {
    this.taken.push(new TextDecoder().decode(response));
    return new Promise((resolve) => {
      this.#take = resolve;
    });
  }

  async take(): Promise<void> {
    this.#take();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function open() {
  const sink = new SlowSink();
  const outbox = new Outbox(sink);
  const takeAll = async () => {
    for (let index = 0; index < 5; index += 1) await sink.take();
  };
  return { sink, outbox, takeAll };
}

const encode = (text: string) => () => new TextEncoder().encode(text);

test('of what has changed meanwhile only the latest is said, and it is told that others are not', async () => {
  const { sink, outbox, takeAll } = open();
  const isSaid = ['1', '2', '3'].flatMap((message) =>
    ['a', 'b'].map((key) => outbox.latest(key, encode(`${key} ${message}`))),
  );
  expect(sink.taken).toEqual(['a 1']);
  // a 1 is on its way; a 2 has nothing before it that waits.
  expect(isSaid).toEqual([true, true, true, false, false, false]);
  await takeAll();
  expect(sink.taken).toEqual(['a 1', 'a 3', 'b 3']);
});

test('it is made when it is said', async () => {
  const { sink, outbox, takeAll } = open();
  let now = 1;
  outbox.latest('first', encode('first'));
  outbox.latest('now', () => encode(String(now))());
  now = 2;
  await takeAll();
  expect(sink.taken).toEqual(['first', '2']);
});

test('what is forgotten is not said', async () => {
  const { sink, outbox, takeAll } = open();
  for (const key of ['a', 'b', 'c']) outbox.latest(key, encode(key));
  outbox.forget('b');
  await takeAll();
  expect(sink.taken).toEqual(['a', 'c']);
});

test('what comes in order waits for nothing else', () => {
  const { sink, outbox } = open();
  outbox.latest('a', encode('a'));
  outbox.latest('b', encode('b'));
  void outbox.write(encode('batch')());
  expect(sink.taken).toEqual(['a', 'batch']);
});

test('nothing is said after the end', async () => {
  const { sink, outbox, takeAll } = open();
  for (const key of ['a', 'b']) outbox.latest(key, encode(key));
  void outbox.end(encode('end')());
  outbox.latest('c', encode('c'));
  expect(outbox.write(encode('batch')())).toBeUndefined();
  await takeAll();
  expect(sink.taken).toEqual(['a', 'end']);
});

test('a client that is gone is said nothing', async () => {
  const { sink, outbox, takeAll } = open();
  for (const key of ['a', 'b']) outbox.latest(key, encode(key));
  sink.closed = true;
  await takeAll();
  expect(sink.taken).toEqual(['a']);
});
