import { expect, test } from 'vitest';
import { Dictionary } from './dictionary.ts';

test.each([
  [{ symbol: 'nf_hook_slow', offsetBytes: 0x9e }, 'nf_hook_slow+0x9e'],
  [{ symbol: 'ip_rcv' }, 'ip_rcv+0x0'],
  [
    { symbol: 'nft_do_chain', offsetBytes: 0x40f, module: 'nf_tables' },
    'nft_do_chain+0x40f [nf_tables]',
  ],
  [{ symbol: '0xffffffff820d0393' }, '0xffffffff820d0393'],
  [{}, 'unknown'],
])('a code location %j is shown as %s', (codeLocation, label) => {
  const dictionary = new Dictionary();
  dictionary.add([{ id: 1, codeLocation }]);
  expect(dictionary.codeLocation(1)?.label).toBe(label);
});
