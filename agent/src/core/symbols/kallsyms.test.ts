import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { kallsymsOf } from '../../../../test/support/kallsyms-of.ts';
import type { Kallsyms } from './kallsyms.ts';

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

const find = (kallsyms: Kallsyms, name: string) => kallsyms.find([name]).of(name);

describe('Kallsyms', () => {
  const kallsyms = kallsymsOf(text);

  test('keeps code only', () => {
    expect(find(kallsyms, 'a_variable')).toEqual([]);
    expect(find(kallsyms, '__bss_start')).toEqual([]);
  });

  test('finds every symbol of a name, with its module', () => {
    const byAddress = (a: { address: bigint }, b: { address: bigint }) =>
      Number(a.address - b.address);
    expect(find(kallsyms, 'add_grec').sort(byAddress)).toEqual([
      { name: 'add_grec', address: 0xffffffff81000010n, module: '' },
      { name: 'add_grec', address: 0xffffffff81000070n, module: '' },
      { name: 'add_grec', address: 0xffffffffc0000100n, module: 'bridge' },
    ]);
    expect(find(kallsyms, 'weak_two')).toHaveLength(1);
  });

  test.each(['add_gre', 'add_grec_', 'ADD_GREC', '', 'veth_xmit\t[veth]'])(
    'does not find "%s"',
    (name) => {
      expect(find(kallsyms, name)).toEqual([]);
    },
  );

  test.each([
    [0xffffffff81000010n, { symbol: 'add_grec', offsetBytes: 0, module: '' }],
    [0xffffffff8100001fn, { symbol: 'add_grec', offsetBytes: 15, module: '' }],
    [0xffffffff81000005n, { symbol: '_stext', offsetBytes: 5, module: '' }],
    [0xffffffff810000c4n, { symbol: 'ip_rcv', offsetBytes: 4, module: '' }],
    [0xffffffff82000004n, undefined],
    [0xffffffff80ffffffn, undefined],
    [0n, undefined],
    [0xffffffffc0000100n, { symbol: 'add_grec', offsetBytes: 0, module: 'bridge' }],
    [0xffffffffc0001004n, { symbol: 'veth_open', offsetBytes: 4, module: 'veth' }],
    [0xffffffffc0001ffen, { symbol: 'veth_xmit', offsetBytes: 0xefe, module: 'veth' }],
    [0xffffffffc0002001n, { symbol: 'bpf_prog_6deef7357e7b4530', offsetBytes: 1, module: 'bpf' }],
    [0xffffffffc0002000n + 0x1_0000n, undefined],
    [0xffffffffffffffffn, undefined],
  ])('resolves %x', (address, expected) => {
    expect(kallsyms.nearest(address)).toEqual(expected);
  });

  test('gives no name to what lies behind the code', () => {
    const symbols = kallsymsOf(
      'ffffffff81000000 T _stext\nffffffff81000010 T last\nffffffff81000020 T _etext\n' +
        'ffffffff81000030 D data\nffffffff82000000 T _sinittext\nffffffff82000000 t init_only\n',
    );
    expect(symbols.nearest(0xffffffff8100001fn)).toEqual({
      symbol: 'last',
      offsetBytes: 0xf,
      module: '',
    });
    for (const address of [0xffffffff81000020n, 0xffffffff81000038n, 0xffffffff82000004n])
      expect(symbols.nearest(address)).toBeUndefined();
  });

  test('looks many names up as it does one', () => {
    const many = kallsyms.find([
      'add_grec',
      'tcp_eat_skb',
      ...Array.from({ length: 300 }, (_, index) => `stranger_${index}`),
    ]);
    expect(many.of('add_grec')).toEqual(find(kallsyms, 'add_grec'));
    expect(many.clonesOf('tcp_eat_skb')).toHaveLength(2);
    expect(many.of('ip_rcv')).toEqual([]);
  });

  test('finds a clone by its own name', () => {
    expect(find(kallsyms, 'tcp_eat_skb.isra.0')).toEqual([
      { name: 'tcp_eat_skb.isra.0', address: 0xffffffff81000090n, module: '' },
    ]);
  });

  test("takes what clang's link-time optimisation renamed for the function itself", () => {
    const lto = kallsymsOf(
      'ffffffff81000000 t ip_rcv_core.llvm.13087424356475\nffffffff81000100 t ip_rcv_core.cold\n' +
        'ffffffff81000200 t odd.constprop.0.llvm.77\nffffffff81000300 t odd.llvm.77.cold\n',
    );
    expect(find(lto, 'ip_rcv_core').map(({ address }) => address)).toEqual([0xffffffff81000000n]);
    expect(lto.find(['ip_rcv_core']).clonesOf('ip_rcv_core')).toEqual([]);
    expect(find(lto, 'odd')).toEqual([]);
    const clones = lto.find(['odd']).clonesOf('odd');
    expect(clones.map(({ name }) => name)).toEqual(['odd.constprop.0.llvm.77']);
    expect(lto.nearest(0xffffffff81000004n)).toMatchObject({ symbol: 'ip_rcv_core' });
    expect(lto.nearest(0xffffffff81000304n)).toMatchObject({ symbol: 'odd.cold' });
  });

  test('knows the clones of a function, not its cold part', () => {
    const names = (original: string) =>
      kallsyms
        .find([original])
        .clonesOf(original)
        .map(({ name }) => name);
    expect(names('tcp_eat_skb')).toEqual(['tcp_eat_skb.isra.0', 'tcp_eat_skb.part.0']);
    expect(names('dst_discard')).toEqual(['dst_discard.constprop.0']);
    expect(names('ip_rcv')).toEqual([]);
  });

  test('sorts modules below the kernel (arm64) in front of it', () => {
    const arm = kallsymsOf(
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
    const odd = kallsymsOf(
      '\n\nxyz\nffffffff81000000\nffffffff81000000 T \nffffffff81000020 T last',
    );
    expect(find(odd, 'last')).toHaveLength(1);
    expect(find(odd, 'xyz')).toEqual([]);
  });

  test('says that addresses are hidden', () => {
    const hidden = text.replaceAll(/^[0-9a-f]{16}/gm, '0000000000000000');
    expect(() => kallsymsOf(hidden)).toThrow(
      expect.objectContaining({
        code: 'PRIVILEGE_MISSING',
        message: expect.stringContaining('kptr_restrict'),
      }),
    );
  });

  test.each(['', 'ffffffff81000040 d a_variable\n'])(
    'says that there is no code in "%s"',
    (source) => {
      expect(() => kallsymsOf(source)).toThrow(
        expect.objectContaining({
          code: 'KERNEL_FEATURE_MISSING',
          details: { subject: 'CONFIG_KALLSYMS' },
        }),
      );
    },
  );
});

test('Kallsyms.find gives one symbol of a line, however often its name stands there', () => {
  const line = `ffffffff81000000 t ip_rcv${'\t0 t ip_rcv'.repeat(3)}\n`;
  const kallsyms = kallsymsOf(`${line}ffffffff81000010 t ip_rcv\n`);
  expect(
    kallsyms
      .find(['ip_rcv'])
      .of('ip_rcv')
      .map(({ address }) => address),
  ).toEqual([...[0xffffffff81000000n, 0xffffffff81000010n]]);
});

test('Kallsyms tells the two sides of the border between vmlinux and what is loaded apart', () => {
  const kallsyms = kallsymsOf(
    'ffffffff81000000 T _stext\nffffffff81000010 t twin\nffffffff81000020 T last\n' +
      'ffffffff81000020 t twin\nffffffffc0000000 t first\t[veth]\nffffffffc0000010 t twin\t[veth]\n' +
      'ffffffff81000028 t bpf_prog_6deef7357e7b4530\t[bpf]\n',
  );
  expect(kallsyms.nearest(0xffffffff81000020n)).toMatchObject({ symbol: 'last', module: '' });
  // What lies in vmlinux's code is vmlinux's.
  expect(kallsyms.nearest(0xffffffff81000028n)).toMatchObject({ symbol: 'last', offsetBytes: 8 });
  expect(kallsyms.nearest(0xffffffffc0000000n)).toMatchObject({ symbol: 'first', module: 'veth' });
  expect(kallsyms.nearest(0xffffffffbfffffffn)).toBeUndefined();
  const places = [
    [0xffffffff81000010n, ''],
    [0xffffffff81000020n, ''],
    [0xffffffffc0000010n, 'veth'],
  ];
  for (const strangers of [[], Array.from({ length: 300 }, (_, index) => `stranger_${index}`)]) {
    const found = kallsyms.find(['twin', 'first', 'last', ...strangers]);
    expect(found.of('twin').map(({ address, module }) => [address, module])).toEqual(places);
    expect([found.of('last').length, found.of('first').length]).toEqual([1, 1]);
  }
});

test('a name that is kept keeps nothing of the text that it was found in', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const lengthBytes = 8 << 20;
  const longName = 'nf_conntrack_of_a_long_name';
  const padding = 'ffffffff81000000 D padding_of_a_long_name\n';
  const heldBy = () => {
    const text = `ffffffff80000000 T _stext\nffffffff80000010 T ${longName}\nffffffff80000020 T _etext\n${padding.repeat(lengthBytes / padding.length)}ffffffffc0000000 t ${longName}\t[nf_conntrack_netlink]\n`;
    const kallsyms = kallsymsOf(text);
    const places = [0xffffffff80000011n, 0xffffffffc0000001n];
    return [places.map((address) => kallsyms.nearest(address)), find(kallsyms, longName)];
  };
  collect();
  const before = process.memoryUsage().external;
  const held = heldBy();
  expect(held.flat()).toHaveLength(4);
  // V8 frees what lies outside its heap beside the program, after a collection.
  const grownBytes = () => {
    collect();
    return process.memoryUsage().external - before;
  };
  await expect.poll(grownBytes).toBeLessThan(lengthBytes / 8);
  expect(held.flat()).not.toContain(undefined);
});
