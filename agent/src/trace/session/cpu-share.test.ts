import { expect, test } from 'vitest';
import { CpuShare } from './cpu-share.ts';

/** A process that may be less nice again, or not. */
class FakeProcess {
  niceness: number;
  readonly #hasCapability: boolean;

  constructor(niceness = 0, hasCapability = true) {
    this.niceness = niceness;
    this.#hasCapability = hasCapability;
  }

  get(): number {
    return this.niceness;
  }

  set(niceness: number): void {
    if (niceness < this.niceness && !this.#hasCapability) throw new Error('EACCES');
    this.niceness = niceness;
  }
}

test('a process is nice while its sessions read and none of them starts or ends', () => {
  const process = new FakeProcess();
  const share = new CpuShare(process);
  const starting = share.hurry();
  const reading = share.read();
  expect(process.niceness).toBe(0);
  starting[Symbol.dispose]();
  expect(process.niceness).toBe(15);
  const others = [share.hurry(), share.hurry()];
  expect(process.niceness).toBe(0);
  others[0]?.[Symbol.dispose]();
  others[0]?.[Symbol.dispose]();
  expect(process.niceness).toBe(0);
  others[1]?.[Symbol.dispose]();
  expect(process.niceness).toBe(15);
  reading[Symbol.dispose]();
  expect(process.niceness).toBe(0);
});

test('what someone made nicer keeps that', () => {
  const process = new FakeProcess(19);
  using _ = new CpuShare(process).read();
  expect(process.niceness).toBe(19);
});

test('without the capability a process stays nice, and goes on', () => {
  const process = new FakeProcess(0, false);
  const share = new CpuShare(process);
  share.read()[Symbol.dispose]();
  using _ = share.hurry();
  expect(process.niceness).toBe(15);
});
