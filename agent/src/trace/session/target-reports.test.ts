import { expect, test } from 'vitest';
import { pwru } from '../../../../proto/gen/pwru.js';
import { TargetReports } from './target-reports.ts';

/** A client that takes one response at a time, when it is told to. */
class SlowSink {
  readonly closed = false;
  readonly taken: string[] = [];
  #take: () => void = () => {};

  write(response: Uint8Array): Promise<void> {
    const { podTarget } = pwru.v1.TraceResponse.decode(response);
    this.taken.push(`${podTarget?.target?.name} ${podTarget?.message}`);
    return new Promise((resolve) => {
      this.#take = resolve;
    });
  }

  async take(): Promise<void> {
    this.#take();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const status = (name: string, message: string) => ({ target: { name }, message });

test('of a target whose state has changed meanwhile only the latest is told, and the others are counted', async () => {
  const sink = new SlowSink();
  using reports = new TargetReports(sink);
  for (const message of ['1', '2', '3']) {
    for (const name of ['a', 'b']) reports.tell(name, status(name, message));
  }
  expect(sink.taken).toEqual(['a 1']);
  expect(reports.overtaken).toBe(3);
  for (let index = 0; index < 5; index += 1) await sink.take();
  expect(sink.taken).toEqual(['a 1', 'a 3', 'b 3']);
});

test('of a target that the session has no longer nothing more is told', async () => {
  const sink = new SlowSink();
  using reports = new TargetReports(sink);
  for (const name of ['a', 'b', 'c']) reports.tell(name, status(name, '1'));
  reports.keepOnly(new Set(['a', 'c']));
  for (let index = 0; index < 5; index += 1) await sink.take();
  expect(sink.taken).toEqual(['a 1', 'c 1']);
});

test('nothing is told after its end', async () => {
  const sink = new SlowSink();
  {
    using reports = new TargetReports(sink);
    for (const name of ['a', 'b']) reports.tell(name, status(name, '1'));
  }
  await sink.take();
  expect(sink.taken).toEqual(['a 1']);
});
