import { describe, expect, test } from 'vitest';
import { type KallsymsText, splitKallsyms, withLoaded, withPrograms } from './kallsyms-text.ts';
import { LoadedLines } from './loaded-lines.ts';
import { VmlinuxCode } from './vmlinux-code.ts';

const own = 'ffffffff81000000 T _stext\nffffffff81000010 D __this_module\n';
const veth = 'ffffffffc0000000 t veth_xmit\t[veth]\n';
const program = 'ffffffffc0100000 t bpf_prog_6deef7357e7b4530\t[bpf]\n';
const page = 'ffffffffc0200000 t ftrace_trampoline\t[__builtin__ftrace]\n';
const cutMark = 'ffffffffc0000000 t f\t[';

const bytesOf = (text: string) => Buffer.from(text, 'latin1');
const partsOf = (text: KallsymsText | undefined) =>
  text && [text.vmlinux.text, text.modules.text, text.programs.text];

test.each([
  ['all', own + veth + page + program, [own, veth, page + program]],
  ['no modules', own + program, [own, '', program]],
  ['modules only', veth, ['', veth, '']],
  ['vmlinux only', own, [own, '', '']],
  ['nothing', '', ['', '', '']],
  ['a module behind programs', own + program + veth, [own, '', program + veth]],
  ['a last line without its end', own.trimEnd(), [own.trimEnd(), '', '']],
  ['a module whose line has no end', own + veth.trimEnd(), [own, veth.trimEnd(), '']],
  ['a module whose name is cut off', own + cutMark, [own, cutMark, '']],
])('splitKallsyms: %s', (_, text, parts) => {
  expect(partsOf(splitKallsyms(bytesOf(text)))).toEqual(parts);
});

describe('withLoaded', () => {
  test.each([
    ['nothing follows', own, ''],
    ['modules and programs follow', own, veth + program],
    ['programs follow', own, program],
    ['modules alone', '', veth],
  ])('splits as a whole text is split: %s', (_, text, remainder) => {
    const vmlinux = new VmlinuxCode(text);
    const split = withLoaded(vmlinux, bytesOf(remainder));
    expect(split?.vmlinux).toBe(vmlinux);
    expect(partsOf(split)).toEqual(partsOf(splitKallsyms(bytesOf(text + remainder))));
  });

  test.each([
    ['one more line of vmlinux follows', own, `ffffffff81000020 T more\n${veth}`],
    ['the last line goes on', own.trimEnd(), veth],
    ['a tab and no module follow', own, 'ffffffffc0000000 t f\tx\n'],
    ['half a line follows', own, 'ffffffffc0000000 t f'],
  ])('does not split elsewhere: %s', (_, text, remainder) => {
    expect(withLoaded(new VmlinuxCode(text), bytesOf(remainder))).toBeUndefined();
  });
});

describe('withPrograms', () => {
  const known = (vmlinux: string, modules: string) => ({
    vmlinux: new VmlinuxCode(vmlinux),
    modules: new LoadedLines(modules),
  });

  test.each([
    ['nothing follows', own, veth, ''],
    ['programs follow', own, veth, program],
    ['pages follow', own, veth, page + program],
    ['there are no modules', own, '', program],
    ['programs alone', '', '', program],
  ])('splits as a whole text is split: %s', (_, vmlinux, modules, remainder) => {
    const before = known(vmlinux, modules);
    const split = withPrograms(before, bytesOf(remainder));
    expect(split).toMatchObject(before);
    expect(partsOf(split)).toEqual([vmlinux, modules, remainder]);
    expect(partsOf(splitKallsyms(bytesOf(vmlinux + modules + remainder)))).toEqual(partsOf(split));
  });

  test.each([
    ['one more module follows', own, veth, veth + program],
    ['a module follows where there was none', own, '', veth],
    ['one more line of vmlinux follows', own, '', `ffffffff81000020 T more\n${program}`],
    ['the last line goes on', own, veth.trimEnd(), program],
    ["vmlinux's last line goes on", own.trimEnd(), '', program],
  ])('does not split elsewhere: %s', (_, vmlinux, modules, remainder) => {
    expect(withPrograms(known(vmlinux, modules), bytesOf(remainder))).toBeUndefined();
  });
});
