import { readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../testing/silent-log.ts';
import type { PodPlace } from '../core/pods.ts';
import { NetworkNamespace } from '../kernel/netns.ts';
import type { InterfaceClaim } from './interfaces/host-interfaces.ts';
import { type Finding, HeldSandbox, PodBook } from './pod-book.ts';
import { type PodRecord, parsePod } from './pod-record.ts';

/** What a listener saw, and whether the namespaces that it was told of were open then. */
interface Told {
  readonly places: Record<string, PodPlace['kind']>;
  readonly openFds: number;
}

const nodeInode = 4026531840;
let book: PodBook;
let told: Told[];

beforeEach(() => {
  book = new PodBook({ nodeInode, log: silentLog });
  told = [];
  book.subscribe(() => told.push({ places: places(), openFds: openNamespaces() }));
});

afterEach(() => {
  book[Symbol.dispose]();
  expect(openNamespaces()).toBe(0);
});

function openNamespaces(): number {
  return held.filter((sandbox) => !closed.has(sandbox)).length;
}

const held: HeldSandbox[] = [];
const closed = new Set<HeldSandbox>();

afterEach(() => {
  held.length = 0;
  closed.clear();
});

/** A sandbox over this process's own namespace. */
function sandbox(id: string, addresses?: Uint8Array[]): HeldSandbox {
  const path = '/proc/self/ns/net';
  const opened = new HeldSandbox({
    id,
    netns: NetworkNamespace.at(path, id),
    sinceNs: undefined,
    path,
    processFolder: undefined,
    addresses,
    pairs: { nodeInterfaces: [], pid: undefined },
    method: 'cri',
  });
  const dispose = opened[Symbol.dispose].bind(opened);
  opened[Symbol.dispose] = () => {
    closed.add(opened);
    dispose();
  };
  held.push(opened);
  return opened;
}

function found(id: string, claims: InterfaceClaim[] = [], addresses?: Uint8Array[]): Finding {
  return { kind: 'sandbox', sandbox: sandbox(id, addresses), claims };
}

function record(name: string, fields: Partial<PodRecord> = {}): PodRecord {
  const parsed = parsePod({
    metadata: { namespace: 'demo', name, uid: name },
    status: { podIP: '10.0.0.1' },
  });
  if (parsed === undefined) throw new Error('no pod');
  return { ...parsed, ...fields };
}

function places(): Told['places'] {
  return Object.fromEntries(book.told.map(({ pod, place }) => [pod.name, place.kind]));
}

function sandboxOf(name: string) {
  const place = book.told.find(({ pod }) => pod.name === name)?.place;
  return place?.kind === 'sandbox' ? place.sandbox : undefined;
}

describe('PodBook', () => {
  test('tells of many changes at once, and not of none', async () => {
    book.put(record('a'));
    book.put(record('b', { isHostNetwork: true }));
    book.put(record('ended', { hasEnded: true }));
    expect(places()).toEqual({});
    await setImmediate();
    expect(told.map((one) => one.places)).toEqual([{ a: 'waiting', b: 'host-network' }]);
    book.put(record('a', { isTerminating: true }));
    book.settle('a', { kind: 'waiting' });
    await setImmediate();
    expect(told).toHaveLength(1);
    book.settle('a', { kind: 'unresolved', reason: 'one' });
    await setImmediate();
    book.settle('a', { kind: 'unresolved', reason: 'two' });
    await setImmediate();
    expect(told).toHaveLength(3);
  });

  test('closes a namespace after listeners have been told', async () => {
    book.put(record('a'));
    book.settle('a', found('first'));
    await setImmediate();
    expect(told.at(-1)).toEqual({ places: { a: 'sandbox' }, openFds: 1 });
    // Replaced: the old one is open until the new one has been told.
    book.settle('a', found('second'));
    await setImmediate();
    expect(told.at(-1)).toEqual({ places: { a: 'sandbox' }, openFds: 2 });
    expect(openNamespaces()).toBe(1);
    expect(sandboxOf('a')?.netns.label).toBe('second');
    book.settle('a', { kind: 'waiting' });
    await setImmediate();
    expect(told.at(-1)).toEqual({ places: { a: 'waiting' }, openFds: 1 });
    expect(openNamespaces()).toBe(0);
  });

  test('lets go of a pod that has ended, and of one that is gone', async () => {
    book.put(record('a'));
    book.settle('a', found('sandbox'));
    book.put(record('b'));
    await setImmediate();
    book.put(record('a', { hasEnded: true }));
    book.remove('b');
    await setImmediate();
    expect(places()).toEqual({});
    expect(openNamespaces()).toBe(0);
  });

  test('keeps a pod that was deleted by force until its sandbox has ended', async () => {
    book.put(record('a'));
    book.settle('a', found('sandbox'));
    book.remove('a');
    await setImmediate();
    expect(places()).toEqual({ a: 'sandbox' });
    expect(book.entries.get('a')?.isDeleted).toBe(true);
    book.settle('a', { kind: 'waiting' });
    await setImmediate();
    expect(places()).toEqual({});
  });

  test('does not keep a mirror pod: its static pod has another by now', async () => {
    book.put(record('old', { sandboxUid: 'static' }));
    book.settle('old', found('sandbox'));
    book.remove('old');
    await setImmediate();
    expect(places()).toEqual({});
  });

  test('closes what is found of a pod that is no more', () => {
    book.settle('nobody', found('late'));
    expect(openNamespaces()).toBe(0);
  });

  test('gives addresses of the runtime, else of the pod', async () => {
    book.put(record('a'));
    book.put(record('b'));
    book.settle('a', found('a', [], [Uint8Array.of(10, 0, 0, 2)]));
    book.settle('b', found('b'));
    await setImmediate();
    expect(sandboxOf('a')?.addresses).toEqual([Uint8Array.of(10, 0, 0, 2)]);
    expect(sandboxOf('b')?.addresses).toEqual([Uint8Array.of(10, 0, 0, 1)]);
    book.put(record('b', { addresses: [Uint8Array.of(10, 0, 0, 3)] }));
    await setImmediate();
    expect(sandboxOf('b')?.addresses).toEqual([Uint8Array.of(10, 0, 0, 3)]);
    expect(told).toHaveLength(2);
  });

  test('gives an interface to one pod only', async () => {
    book.put(record('thief'));
    book.put(record('owner'));
    book.settle('thief', found('thief', [{ index: 4, source: 'sandbox' }]));
    await setImmediate();
    expect(sandboxOf('thief')?.hostInterfaces).toEqual([{ netnsInode: nodeInode, index: 4 }]);
    book.settle('owner', found('owner', [{ index: 4, source: 'cni' }]));
    await setImmediate();
    expect(sandboxOf('thief')?.hostInterfaces).toEqual([]);
    expect(sandboxOf('owner')?.hostInterfaces).toEqual([{ netnsInode: nodeInode, index: 4 }]);
  });

  test('names no interfaces when the namespace of the node is not known', async () => {
    using blind = new PodBook({ nodeInode: undefined, log: silentLog });
    blind.put(record('a'));
    blind.settle('a', found('a', [{ index: 4, source: 'cni' }]));
    await setImmediate();
    expect(blind.told[0]?.place).toMatchObject({ sandbox: { hostInterfaces: [] } });
  });

  test('goes on when a listener throws, and stops telling who is no longer interested', async () => {
    book.subscribe(() => {
      throw new Error('broken');
    });
    const last: number[] = [];
    const subscription = book.subscribe(() => last.push(1));
    book.put(record('a'));
    await setImmediate();
    subscription[Symbol.dispose]();
    book.put(record('b'));
    await setImmediate();
    expect(told).toHaveLength(2);
    expect(last).toHaveLength(1);
  });

  test('tells that there is nothing before it closes everything', async () => {
    const before = readdirSync('/proc/self/fd').length;
    book.put(record('a'));
    book.settle('a', found('sandbox'));
    await setImmediate();
    book[Symbol.dispose]();
    book[Symbol.dispose]();
    expect(told.at(-1)).toEqual({ places: {}, openFds: 1 });
    expect(readdirSync('/proc/self/fd')).toHaveLength(before);
    // What comes in late is closed at once.
    book.settle('a', found('late'));
    expect(openNamespaces()).toBe(0);
  });
});
