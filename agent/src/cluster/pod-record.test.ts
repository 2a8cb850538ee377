import { describe, expect, test } from 'vitest';
import { parsePod } from './pod-record.ts';

const uid = '2b149f86-666d-47ec-9412-c3649250c6a4';
const metadata = { namespace: 'demo', name: 'client', uid };

describe('parsePod', () => {
  test('keeps what the directory needs', () => {
    expect(
      parsePod({
        metadata: { ...metadata, labels: { app: 'client' }, managedFields: [{}] },
        spec: { nodeName: 'node-1', containers: [] },
        status: {
          phase: 'Running',
          podIP: '10.244.1.2',
          podIPs: [{ ip: '10.244.1.2' }, { ip: 'fd00::2' }],
        },
      }),
    ).toEqual({
      pod: { namespace: 'demo', name: 'client', uid },
      sandboxUid: uid,
      isHostNetwork: false,
      hasEnded: false,
      isTerminating: false,
      addresses: [
        Uint8Array.of(10, 244, 1, 2),
        Uint8Array.of(0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2),
      ],
    });
  });

  test('takes the one address of a server without dual stack', () => {
    const pod = parsePod({ metadata, status: { podIP: '10.244.1.2' } });
    expect(pod?.addresses).toEqual([Uint8Array.of(10, 244, 1, 2)]);
  });

  test('knows a pod that is on its way out, one that has ended, and one in the network of its node', () => {
    const deletionTimestamp = '2026-11-24T17:36:54Z';
    expect(parsePod({ metadata: { ...metadata, deletionTimestamp } })?.isTerminating).toBe(true);
    expect(parsePod({ metadata, status: { phase: 'Succeeded' } })?.hasEnded).toBe(true);
    expect(parsePod({ metadata, status: { phase: 'Failed' } })?.hasEnded).toBe(true);
    expect(parsePod({ metadata, spec: { hostNetwork: true } })?.isHostNetwork).toBe(true);
  });

  test('knows a mirror pod by the uid of its static pod', () => {
    const hash = '5ee2dcbd2d5b5cf1bd5c5a5c3d4f2f0a';
    const annotations = {
      'kubernetes.io/config.hash': hash,
      'kubernetes.io/config.mirror': hash,
    };
    expect(parsePod({ metadata: { ...metadata, annotations } })?.sandboxUid).toBe(hash);
    // The hash alone: a static pod's own annotation, which makes no mirror.
    const alone = { 'kubernetes.io/config.hash': hash };
    expect(parsePod({ metadata: { ...metadata, annotations: alone } })?.sandboxUid).toBe(uid);
  });

  test('passes over what has another type than it should', () => {
    const pod = parsePod({
      metadata,
      spec: { hostNetwork: 'true' },
      status: { phase: 7, podIPs: [null, 'x', { ip: 5 }, { ip: 'x' }] },
    });
    expect(pod).toMatchObject({ isHostNetwork: false, hasEnded: false, addresses: [] });
  });

  test.each([
    [null],
    [[]],
    ['pod'],
    [{}],
    [{ metadata: null }],
    [{ metadata: { name: 'a', uid } }],
    [{ metadata: { ...metadata, uid: '' } }],
    [{ metadata: { ...metadata, name: {} } }],
  ])('refuses %j', (value) => {
    expect(parsePod(value)).toBeUndefined();
  });
});
