import { describe, expect, test } from 'vitest';
import { BtfBuilder } from '../../../../test/support/btf-builder.ts';
import { Btf } from './btf.ts';
import { DropReasons } from './drop-reasons.ts';

/** vmlinux and mac80211 of a kernel with openvswitch built in; values as in Linux 6.12. */
function kernel(): Btf[] {
  const vmlinux = new BtfBuilder();
  vmlinux.enumeration('skb_drop_reason', {
    SKB_NOT_DROPPED_YET: 0,
    SKB_CONSUMED: 1,
    SKB_DROP_REASON_NOT_SPECIFIED: 2,
    SKB_DROP_REASON_NO_SOCKET: 3,
    SKB_DROP_REASON_MAX: 4,
    SKB_DROP_REASON_SUBSYS_MASK: 0xffff0000,
  });
  vmlinux.enumeration('skb_drop_reason_subsys', {
    SKB_DROP_REASON_SUBSYS_CORE: 0,
    SKB_DROP_REASON_SUBSYS_MAC80211_UNUSABLE: 1,
    SKB_DROP_REASON_SUBSYS_OPENVSWITCH: 3,
    SKB_DROP_REASON_SUBSYS_NUM: 4,
  });
  vmlinux.enumeration('ovs_drop_reason', {
    __OVS_DROP_REASON: 0x30000,
    OVS_DROP_LAST_ACTION: 0x30001,
    OVS_DROP_MAX: 0x30002,
  });
  vmlinux.enumeration('rx_drop_order', { UNRELATED: 0x10001 });
  const mac80211 = new BtfBuilder(vmlinux);
  mac80211.enumeration('___mac80211_drop_reason', { ___RX_DROP_U_MIC_FAIL: 0x10001 });
  mac80211.enumeration('mac80211_drop_reason', {
    RX_CONTINUE: 1,
    RX_DROP_U_MIC_FAIL: 0x10001,
    RX_OF_NO_SUBSYSTEM: 0x70001,
  });
  const base = new Btf('vmlinux', vmlinux.build());
  return [base, new Btf('mac80211', mac80211.build(), base)];
}

describe('DropReasons', () => {
  const reasons = new DropReasons(kernel());

  test.each([
    [2, 'NOT_SPECIFIED'],
    [3, 'NO_SOCKET'],
    [1, 'SKB_CONSUMED'],
    [0x10001, 'RX_DROP_U_MIC_FAIL'],
    [0x30001, 'OVS_DROP_LAST_ACTION'],
    [4, '4'],
    [0x30000, '196608'],
    [0x30002, '196610'],
    [0x70001, '458753'],
    [0xffff0000, '4294901760'],
    [-65_536, '4294901760'],
  ])('names %i %s', (value, name) => {
    expect(reasons.nameOf(value)).toBe(name);
  });

  test.each([
    [0, ''],
    [3, '3'],
  ])('of a kernel without reasons name %i %o', (value, name) => {
    const vmlinux = new BtfBuilder();
    vmlinux.enumeration('sk_action', { SK_DROP: 0, SK_PASS: 1 });
    expect(new DropReasons([new Btf('vmlinux', vmlinux.build())]).nameOf(value)).toBe(name);
  });

  test('tells which subsystem the high 16 bits mean', () => {
    expect([...reasons.subsystems]).toEqual([
      [0, 'CORE'],
      [1, 'MAC80211_UNUSABLE'],
      [3, 'OPENVSWITCH'],
    ]);
  });

  test('knows nothing on a kernel without reasons', () => {
    const old = new DropReasons([new Btf('vmlinux', new BtfBuilder().build())]);
    expect([old.names.size, old.nameOf(2)]).toEqual([0, '2']);
  });
});
