import { describe, expect, test } from 'vitest';
import { Kallsyms } from './kallsyms.ts';

const text = `ffffffff81000000 T _stext
ffffffff81000000 T _text
ffffffff81000010 t add_grec
ffffffff81000040 d a_variable
ffffffff81000050 W weak_one
ffffffff81000060 w weak_two
ffffffff81000070 t add_grec
ffffffff81000080 t dst_discard.constprop.0
ffffffff81000090 t tcp_eat_skb.isra.0
ffffffff810000a0 t tcp_eat_skb.part.0
ffffffff810000b0 t ip_rcv.cold
ffffffff810000c0 T ip_rcv
ffffffff82000000 B __bss_start
ffffffffc0001100 t veth_xmit\t[veth]
ffffffffc0001000 t veth_open\t[veth]
ffffffffc0000100 t add_grec\t[bridge]
ffffffffc0002000 t bpf_prog_6deef7357e7b4530\t[bpf]
`;

const parse = (source: string) => new Kallsyms(Buffer.from(source, 'latin1'));

describe('Kallsyms', () => {
  const kallsyms = parse(text);

  test('keeps code only', () => {
    expect(kallsyms.size).toBe(15);
    expect(kallsyms.find('a_variable')).toEqual([]);
    expect(kallsyms.find('__bss_start')).toEqual([]);
  });

  test('finds every symbol of a name, with its module', () => {
    const byAddress = (a: { address: bigint }, b: { address: bigint }) =>
      Number(a.address - b.address);
    expect(kallsyms.find('add_grec').sort(byAddress)).toEqual([
      { name: 'add_grec', address: 0xffffffff81000010n, module: '' },
      { name: 'add_grec', address: 0xffffffff81000070n, module: '' },
      { name: 'add_grec', address: 0xffffffffc0000100n, module: 'bridge' },
    ]);
    expect(kallsyms.find('weak_two')).toHaveLength(1);
  });

  test.each(['add_gre', 'add_grec_', 'ADD_GREC', '', 'veth_xmit\t[veth]'])(
    'does not find "%s"',
    (name) => {
      expect(kallsyms.find(name)).toEqual([]);
    },
  );

  test.each([
    [0xffffffff81000010n, { symbol: 'add_grec', offsetBytes: 0, module: '' }],
    [0xffffffff8100001fn, { symbol: 'add_grec', offsetBytes: 15, module: '' }],
    [0xffffffff81000005n, { symbol: '_stext', offsetBytes: 5, module: '' }],
    [0xffffffff810000c0n + 0x10_0000n, { symbol: 'ip_rcv', offsetBytes: 0x10_0000, module: '' }],
    [0xffffffff810000c1n + 0x10_0000n, undefined],
    [0xffffffff80ffffffn, undefined],
    [0n, undefined],
    [0xffffffffc0000100n, { symbol: 'add_grec', offsetBytes: 0, module: 'bridge' }],
    [0xffffffffc0001004n, { symbol: 'veth_open', offsetBytes: 4, module: 'veth' }],
    [0xffffffffc0001ffen, { symbol: 'veth_xmit', offsetBytes: 0xefe, module: 'veth' }],
    [0xffffffffc0002001n, { symbol: 'bpf_prog_6deef7357e7b4530', offsetBytes: 1, module: 'bpf' }],
    [0xffffffffffffffffn, undefined],
  ])('resolves %x', (address, expected) => {
    expect(kallsyms.nearest(address)).toEqual(expected);
  });

  test('knows the clones of a function, not its cold part', () => {
    const names = (original: string) => kallsyms.clonesOf(original).map(({ name }) => name);
    expect(names('tcp_eat_skb')).toEqual(['tcp_eat_skb.isra.0', 'tcp_eat_skb.part.0']);
    expect(names('dst_discard')).toEqual(['dst_discard.constprop.0']);
    expect(names('ip_rcv')).toEqual([]);
  });

  test('sorts modules below the kernel (arm64) in front of it', () => {
    const arm = parse(
      'ffffa00010080000 T _stext\nffffa00010080100 T ip_rcv\nffffa00008b50000 t veth_xmit\t[veth]\n',
    );
    expect(arm.nearest(0xffffa00008b50008n)).toEqual({
      symbol: 'veth_xmit',
      offsetBytes: 8,
      module: 'veth',
    });
    expect(arm.nearest(0xffffa00010080104n)).toEqual({
      symbol: 'ip_rcv',
      offsetBytes: 4,
      module: '',
    });
  });

  test('reads a last line without its end and skips what is no symbol', () => {
    const odd = parse('\n\nxyz\nffffffff81000000\nffffffff81000000 T \nffffffff81000020 T last');
    expect(odd.size).toBe(1);
    expect(odd.find('last')).toHaveLength(1);
  });

  test('says that addresses are hidden', () => {
    const hidden = text.replaceAll(/^[0-9a-f]{16}/gm, '0000000000000000');
    expect(() => parse(hidden)).toThrow(
      expect.objectContaining({
        code: 'PRIVILEGE_MISSING',
        message: expect.stringContaining('kptr_restrict'),
      }),
    );
  });

  test.each(['', 'ffffffff81000040 d a_variable\n'])(
    'says that there is no code in "%s"',
    (source) => {
      expect(() => parse(source)).toThrow(
        expect.objectContaining({
          code: 'KERNEL_FEATURE_MISSING',
          details: { subject: 'CONFIG_KALLSYMS' },
        }),
      );
    },
  );
});
