import { describe, expect, test } from 'vitest';
import { parseIpNetwork } from '../events/ip-address.ts';
import { type AddressName, AddressTable, ranks } from './address-table.ts';

const pod = (name: string): AddressName => ({ kind: 'pod', namespace: 'demo', name });

/** A pod `name` whose uid is its name. */
function claimPod(
  table: AddressTable,
  address: string,
  name: string,
  times: [beginMs: number, nowMs: number],
) {
  table.claim(
    address,
    { uid: name, name: pod(name), rank: ranks.pod, beginMs: times[0] },
    times[1],
  );
}

/** Names at these times, `-` for none. */
function namesAt(table: AddressTable, address: string, ...timesMs: number[]): string {
  return timesMs.map((timeMs) => table.findText(address, timeMs)?.name ?? '-').join(' ');
}

describe('AddressTable', () => {
  test('names an address from a little before its beginning on', () => {
    const table = new AddressTable();
    claimPod(table, '10.0.0.1', 'a', [100_000, 101_000]);
    expect(namesAt(table, '10.0.0.1', 97_000, 98_500, 100_000, 1e12)).toBe('- a a a');
    expect(namesAt(table, '10.0.0.2', 100_000)).toBe('-');
  });

  test('keeps a name for a minute after its end', () => {
    const table = new AddressTable();
    claimPod(table, '10.0.0.1', 'a', [0, 0]);
    table.release('10.0.0.1', 'a', { nowMs: 100_000, exactMs: undefined });
    expect(namesAt(table, '10.0.0.1', 99_999, 100_000, 159_999, 160_000)).toBe('a a a -');
    table.prune(160_000);
    expect(table.size).toBe(1);
    table.prune(160_001);
    expect(table.size).toBe(0);
    expect(
      table.findBytes(Uint8Array.of(10, 0, 0, 1), { start: 0, lengthBytes: 4 }, 1),
    ).toBeUndefined();
  });

  test('an address that was finished with and is used again has its name by time', () => {
    const table = new AddressTable();
    // Begun before the address was free, as a pod does that waits for one.
    claimPod(table, '10.0.0.1', 'done', [0, 0]);
    table.release('10.0.0.1', 'done', { nowMs: 101_000, exactMs: 100_000 });
    claimPod(table, '10.0.0.1', 'next', [50_000, 110_000]);
    expect(namesAt(table, '10.0.0.1', 60_000, 99_999, 100_000, 200_000)).toBe(
      'done done next next',
    );
    // The object of the one that is done is deleted much later.
    table.release('10.0.0.1', 'done', { nowMs: 300_000, exactMs: undefined });
    expect(namesAt(table, '10.0.0.1', 99_999, 100_000, 300_001)).toBe('done next next');
  });

  test('a pod that begins later leaves the time between to the one before', () => {
    const table = new AddressTable();
    claimPod(table, '10.0.0.1', 'a', [0, 0]);
    table.release('10.0.0.1', 'a', { nowMs: 100_000, exactMs: 100_000 });
    claimPod(table, '10.0.0.1', 'b', [130_000, 131_000]);
    expect(namesAt(table, '10.0.0.1', 110_000, 129_000, 130_000)).toBe('a a b');
  });

  test('whoever gets an address takes it from who is still said to have it', () => {
    const table = new AddressTable();
    claimPod(table, '10.0.0.1', 'a', [0, 0]);
    claimPod(table, '10.0.0.1', 'b', [90_000, 100_000]);
    expect(namesAt(table, '10.0.0.1', 96_999, 97_000, 200_000)).toBe('a b b');
    // Now the node says when it was: the times of both are corrected.
    table.release('10.0.0.1', 'a', { nowMs: 101_000, exactMs: 95_000 });
    expect(namesAt(table, '10.0.0.1', 94_999, 95_000, 200_000)).toBe('a b b');
    // And what comes after that changes nothing.
    table.release('10.0.0.1', 'a', { nowMs: 400_000, exactMs: undefined });
    expect(namesAt(table, '10.0.0.1', 94_999, 95_000, 500_000)).toBe('a b b');
  });

  test('the end of another object does not touch it', () => {
    const table = new AddressTable();
    claimPod(table, '10.0.0.1', 'a', [0, 0]);
    table.release('10.0.0.1', 'stranger', { nowMs: 100, exactMs: 100 });
    table.release('10.0.0.2', 'a', { nowMs: 100, exactMs: 100 });
    expect(namesAt(table, '10.0.0.1', 1e12)).toBe('a');
  });

  test('a pod counts more than a service, that more than a node, and that more than an external address', () => {
    const table = new AddressTable();
    const claim = (uid: keyof typeof ranks, kind: AddressName['kind']) =>
      table.claim('10.0.0.1', { uid, name: { kind, name: uid }, rank: ranks[uid], beginMs: 0 }, 0);
    claim('serviceOutside', 'service');
    expect(namesAt(table, '10.0.0.1', 1)).toBe('serviceOutside');
    claim('node', 'node');
    expect(namesAt(table, '10.0.0.1', 1)).toBe('node');
    claim('pod', 'pod');
    claim('service', 'service');
    expect(namesAt(table, '10.0.0.1', 1)).toBe('pod');
    table.release('10.0.0.1', 'pod', { nowMs: 10, exactMs: 10 });
    expect(namesAt(table, '10.0.0.1', 9, 11)).toBe('pod service');
  });

  test('finds bytes among others, both families, and texts in whatever form they were written', () => {
    const table = new AddressTable();
    claimPod(table, 'FD00:0:0::0:1', 'six', [0, 0]);
    claimPod(table, '10.0.0.1', 'four', [0, 0]);
    claimPod(table, 'None', 'none', [0, 0]);
    claimPod(table, '10.0.0.0/8', 'net', [0, 0]);
    expect(table.size).toBe(2);
    const bytes = Uint8Array.from([
      ...[1, 2, 3, 10, 0, 0, 1],
      ...(parseIpNetwork('fd00::1')?.address ?? []),
    ]);
    const at = (start: number, lengthBytes: number) =>
      table.findBytes(bytes, { start, lengthBytes }, 1)?.name;
    expect([at(3, 4), at(7, 16), at(2, 4), at(3, 16)]).toEqual([
      'four',
      'six',
      undefined,
      undefined,
    ]);
    expect(namesAt(table, 'fd00::1', 1)).toBe('six');
  });

  test('tells addresses with the same hash apart', () => {
    const table = new AddressTable();
    // All 32 bits of their FNV-1a are the same, found by trying.
    const addresses = ['96.53.55.20', '4.62.81.13'];
    for (const address of addresses) claimPod(table, address, address, [0, 0]);
    const find = (address = '') =>
      table.findBytes(
        Uint8Array.from(address.split('.').map(Number)),
        { start: 0, lengthBytes: 4 },
        1,
      )?.name;
    expect(addresses.map(find)).toEqual(addresses);
    table.release('96.53.55.20', '96.53.55.20', { nowMs: 0, exactMs: 0 });
    table.prune(1e12);
    expect(addresses.map(find)).toEqual([undefined, '4.62.81.13']);
  });
});
