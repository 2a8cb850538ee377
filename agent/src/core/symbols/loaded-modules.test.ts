import { expect, test } from 'vitest';
import { parseLoadedModules } from './loaded-modules.ts';

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
