import { expect, test } from 'vitest';
import type { ListedSandbox } from './cri/cri-client.ts';
import { parsePod } from './pod-record.ts';
import { newestReady } from './sandbox-reconciler.ts';

const uid = '2b149f86-666d-47ec-9412-c3649250c6a4';
const record = parsePod({ metadata: { namespace: 'demo', name: 'client', uid } });

function sandbox(id: string, fields: Partial<ListedSandbox> = {}): ListedSandbox {
  return {
    id,
    podUid: uid,
    namespace: 'demo',
    name: 'client',
    attempt: 0,
    createdAt: 0n,
    isReady: true,
    ...fields,
  };
}

function newest(...sandboxes: ListedSandbox[]): string | undefined {
  if (record === undefined) throw new Error('no pod');
  return newestReady(sandboxes, record)?.id;
}

test('is the one of the last attempt, in whatever order they come', () => {
  const [first, second] = [sandbox('first'), sandbox('second', { attempt: 1 })];
  expect(newest(first, second)).toBe('second');
  expect(newest(second, first)).toBe('second');
});

test('is the younger of two of the same attempt: a kubelet that lost count', () => {
  expect(newest(sandbox('young', { createdAt: 2n }), sandbox('old', { createdAt: 1n }))).toBe(
    'young',
  );
});

test('is never one that has ended, nor one of another pod that has the same uid', () => {
  expect(newest(sandbox('running'), sandbox('ended', { attempt: 7, isReady: false }))).toBe(
    'running',
  );
  expect(newest(sandbox('other', { name: 'victim' }))).toBeUndefined();
  expect(newest(sandbox('other', { namespace: 'kube-system' }))).toBeUndefined();
  expect(newest()).toBeUndefined();
});
