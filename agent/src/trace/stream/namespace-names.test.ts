import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { NewNamespace, NodePod, PodSource } from '../../core/pods.ts';
import { BootClock } from '../../kernel/boot-clock.ts';
import { NamespaceNames } from './namespace-names.ts';

/** Pods whose namespaces are numbers alone. */
class Pods implements PodSource {
  readonly nodeNamespace = undefined;
  readonly #listeners = new Set<() => void>();
  #pods: readonly NodePod[] = [];
  #fresh: readonly NewNamespace[] = [];

  pods() {
    return this.#pods;
  }

  nodeAddresses() {
    return [];
  }

  newNamespaces() {
    return this.#fresh;
  }

  notice(inode: number, sinceNs: number): void {
    this.#fresh = [{ netns: { inode } as never, sinceNs }];
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void) {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  set(...pods: ReadonlyArray<{ name: string; inode: number; sinceNs: number }>): void {
    this.#pods = pods.map(({ name, inode, sinceNs }) => ({
      pod: { namespace: 'demo', name, uid: name },
      place: {
        kind: 'sandbox',
        sandbox: {
          ...{ netns: { inode } as never, sinceNs, addresses: [], hostInterfaces: [] },
          method: 'cri',
        },
      },
    }));
    for (const listener of this.#listeners) listener();
  }
}

const clock = new BootClock();

function open(pods: Pods) {
  const names = new NamespaceNames({ namespaces: [], pods, clock });
  /** Goes on to a time, as EventStream does with each event. */
  const at = (timeNs: number, inode: number) => {
    while ((names.nextChangeNs ?? Number.POSITIVE_INFINITY) <= timeNs) names.advance();
    return names.of(inode).pod?.name;
  };
  return { names, at };
}

test('changes that nobody goes through cost what has changed, and no copy of all names', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const pods = new Pods();
  const all = Array.from({ length: 400 }, (_, inode) => ({
    name: `pod-${inode}`,
    inode,
    sinceNs: 0,
  }));
  pods.set(...all);
  const { names, at } = open(pods);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < 1_000; round += 1) {
    const inode = round % all.length;
    all[inode] = { name: `next-${round}`, inode, sinceNs: clock.nowNs() };
    pods.set(...all);
  }
  collect();
  const grownBytes = process.memoryUsage().heapUsed - before;
  expect(grownBytes).toBeLessThan(4 * 1024 * 1024);
  expect(at(clock.nowNs(), 7)).toBe('next-807');
  expect(names.nextChangeNs).toBeUndefined();
});

test('a sandbox that is found has its name from the beginning of its namespace on', () => {
  const pods = new Pods();
  const { at } = open(pods);
  const beginNs = clock.nowNs();
  expect(at(beginNs, 9)).toBeUndefined();
  pods.set({ name: 'web', inode: 9, sinceNs: beginNs });
  expect(at(beginNs - 1, 9)).toBeUndefined();
  expect(at(beginNs + 1, 9)).toBe('web');
});

test('a number that is used again means the one before up to then', () => {
  const pods = new Pods();
  pods.set({ name: 'old', inode: 9, sinceNs: 0 });
  const { at } = open(pods);
  const beginNs = clock.nowNs();
  pods.set();
  // In the meantime another pod comes and goes, which is told later than it was.
  pods.set({ name: 'other', inode: 8, sinceNs: beginNs });
  pods.set(
    { name: 'new', inode: 9, sinceNs: beginNs + 100 },
    { name: 'other', inode: 8, sinceNs: beginNs },
  );
  expect(at(beginNs - 1, 9)).toBe('old');
  expect(at(beginNs + 50, 9)).toBe('old');
  expect(at(beginNs + 50, 8)).toBe('other');
  expect(at(beginNs + 101, 9)).toBe('new');
  expect(at(beginNs + 101, 8)).toBe('other');
  expect(at(clock.nowNs() + 1e9, 9)).toBe('new');
});

test('the number of a pod that has ended is not its name when another namespace has it', () => {
  const pods = new Pods();
  pods.set({ name: 'old', inode: 9, sinceNs: 0 });
  const { at } = open(pods);
  pods.set();
  const beginNs = clock.nowNs();
  pods.notice(9, beginNs);
  expect(at(beginNs - 1, 9)).toBe('old');
  expect(at(beginNs + 1, 9)).toBeUndefined();
  expect(at(clock.nowNs() + 1e9, 9)).toBeUndefined();
  pods.set({ name: 'new', inode: 9, sinceNs: beginNs });
  expect(at(beginNs + 2, 9)).toBe('new');
});
