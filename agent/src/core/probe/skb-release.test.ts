import { expect, test } from 'vitest';
import { freeingFunctions, releaseFunctions, roleOf, seeAllEnds } from './skb-release.ts';

test.each([
  ['ip_rcv', '', 'trace'],
  ['kfree_skb_reason', '', 'trace'],
  ['consume_skb', '', 'trace'],
  ['skb_release_head_state', '', 'release'],
  ['napi_reuse_skb', '', 'release'],
  ['kfree_skbmem', '', 'free'],
  ['napi_skb_cache_put', '', 'free'],
  ['kfree_skbmem', 'some_module', 'trace'],
  ['sctp_wfree', 'sctp', 'neutral'],
  // Called by pskb_expand_head on packets that live on.
  ['skb_release_data', '', 'neutral'],
  ['skb_free_head', '', 'neutral'],
  // Sees a packet a second time after its state was released (Linux 6.18).
  ['napi_consume_skb', '', 'neutral'],
])('roleOf %s of "%s" is %s', (name, module, role) => {
  expect(roleOf(name, module)).toBe(role);
});

test('no function is both at the end of a packet and neutral', () => {
  expect([...releaseFunctions.keys()].filter((name) => freeingFunctions.has(name))).toEqual([]);
});

test('all ends are seen by hooks on the state and on the memory, not without one of them', () => {
  const all = new Set(releaseFunctions.keys());
  expect(seeAllEnds(all)).toBe(true);
  expect(seeAllEnds(new Set(['skb_release_head_state', 'kfree_skbmem']))).toBe(true);
  for (const name of ['skb_release_head_state', 'kfree_skbmem'])
    expect(seeAllEnds(new Set([...all].filter((other) => other !== name)))).toBe(false);
});
