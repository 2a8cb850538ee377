import { expect, test } from 'vitest';
import { parseLoadedModules } from './function-lists.ts';

const text = `nf_nat 57344 2 xt_MASQUERADE,nft_chain_nat, Live 0xffffffffc1680000 (E)
veth 45056 0 - Live 0xffffffffc03fe000
`;

test('parseLoadedModules gives the names in order', () => {
  expect(parseLoadedModules(text).map(({ name }) => name)).toEqual(['nf_nat', 'veth']);
  expect(parseLoadedModules('')).toEqual([]);
});

test('parseLoadedModules tells a module that came back from one that only has other users', () => {
  const fingerprints = (source: string) =>
    parseLoadedModules(source).map(({ fingerprint }) => fingerprint);
  expect(fingerprints(text.replace('45056 0 -', '45056 3 vxlan,'))).toEqual(fingerprints(text));
  expect(fingerprints(text.replace('c03fe000', 'c0500000'))).not.toEqual(fingerprints(text));
});

test('parseLoadedModules knows where a module is, how big, and whether its code may be called', () => {
  const [nat, veth, hidden] = parseLoadedModules(
    `${text.replace('Live 0xffffffffc03', 'Loading 0xffffffffc03')}sch_sfq 20480 0 - Live 0x0000000000000000\n`,
  );
  expect(nat).toMatchObject({ address: 0xffffffffc1680000n, sizeBytes: 57_344, isLive: true });
  expect(veth).toMatchObject({ address: 0xffffffffc03fe000n, sizeBytes: 45_056, isLive: false });
  expect(hidden).toMatchObject({ address: 0n, isLive: true });
});

test('parseLoadedModules takes a size that is no 32-bit number for none', () => {
  const sizes = ['4294967295', '9'.repeat(400), '-1', '1e9', ''];
  const lines = sizes.map((size) => `veth ${size} 0 - Live 0xffffffffc03fe000\n`);
  expect(parseLoadedModules(lines.join('')).map(({ sizeBytes }) => sizeBytes)).toEqual([
    ...[4_294_967_295, 0, 0, 0, 0],
  ]);
});
