import { describe, expect, test } from 'vitest';
import { isRestOf, splitKallsyms } from './kallsyms-text.ts';
import { VmlinuxCode } from './vmlinux-code.ts';

const own = 'ffffffff81000000 T _stext\nffffffff81000010 D __this_module\n';
const loaded =
  'ffffffffc0000000 t veth_xmit\t[veth]\nffffffffc0100000 t bpf_prog_6deef7357e7b4530\t[bpf]\n';

describe('splitKallsyms', () => {
  test.each([
    ['modules behind', own + loaded, own, loaded],
    ['no modules', own, own, ''],
    ['modules only', loaded, '', loaded],
    ['nothing', '', '', ''],
    ['a last line without its end', own.trimEnd(), own.trimEnd(), ''],
    ['a module whose line has no end', own + loaded.trimEnd(), own, loaded.trimEnd()],
    [
      'a module whose name is cut off',
      `${own}ffffffffc0000000 t f\t[`,
      own,
      'ffffffffc0000000 t f\t[',
    ],
  ])('%s', (_, text, vmlinux, rest) => {
    const split = splitKallsyms(Buffer.from(text, 'latin1'));
    expect([split.vmlinux.text, split.rest]).toEqual([vmlinux, rest]);
  });
});

describe('isRestOf', () => {
  test.each([
    ['nothing follows', own, '', true],
    ['modules follow', own, loaded, true],
    ['modules alone', '', loaded, true],
    ['one more line of vmlinux follows', own, `ffffffff81000020 T more\n${loaded}`, false],
    ['the last line goes on', own.trimEnd(), loaded, false],
    ['a tab and no module follow', own, 'ffffffffc0000000 t f\tx\n', false],
    ['half a line follows', own, 'ffffffffc0000000 t f', false],
  ])('%s', (_, text, remainder, expected) => {
    expect(isRestOf(new VmlinuxCode(text), Buffer.from(remainder, 'latin1'))).toBe(expected);
  });
});
