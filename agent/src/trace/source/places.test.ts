import { expect, test } from 'vitest';
import { PlaceTable } from './places.ts';

const place = (name: string, module = '') => ({ name, module, tracepoint: false });

test('a place keeps its name', () => {
  const places = new PlaceTable();
  expect(places.put(0x1000n, place('nft_do_chain', 'nf_tables'))).toBe(true);
  expect(places.put(0x1000n, place('nft_do_chain', 'nf_tables'))).toBe(true);
  expect(places.put(0x1000n, place('vxlan_rcv', 'vxlan'))).toBe(false);
  expect(places.of(0x1000n)?.name).toBe('nft_do_chain');
  expect(places.of(0x1001n)).toBeUndefined();
});

test('there is room for 65,536', () => {
  const places = new PlaceTable();
  for (let key = 0n; key < 65_536n; key++) expect(places.put(key, place('f'))).toBe(true);
  expect(places.put(65_536n, place('f'))).toBe(false);
  expect([...places]).toHaveLength(65_536);
});
