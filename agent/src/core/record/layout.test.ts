import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as layout from './layout.ts';

/** Prints sizeof and offsetof of everything in `layout`, as the C compiler for this machine sees it. */
function compileAndRun(): string[] {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(layout)) {
    if (typeof value === 'number') {
      lines.push(`printf("${name} %ld\\n", (long)${name});`);
      continue;
    }
    const struct = `struct pwru_${name.toLowerCase()}`;
    lines.push(`printf("${name} SIZE %zu\\n", sizeof(${struct}));`);
    for (const field of Object.keys(value).filter((key) => key !== 'SIZE')) {
      const member = memberOf(name, field);
      const size = `sizeof(((${struct} *)0)->${member})`;
      lines.push(`printf("${name} ${field} %zu %zu\\n", offsetof(${struct}, ${member}), ${size});`);
    }
  }
  const source = [
    '#include <stdio.h>',
    '#include <stddef.h>',
    '#include <linux/types.h>',
    '#include "bpf/include/record.h"',
    '#include "bpf/include/session.h"',
    `int main(void) { ${lines.join('\n')} }`,
  ].join('\n');
  const folder = mkdtempSync(join(tmpdir(), 'pwru-layout-test-'));
  try {
    const program = join(folder, 'layout');
    execFileSync('clang', ['-I.', '-x', 'c', '-', '-o', program], { input: source });
    return execFileSync(program).toString().trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The C name of a field: members of a struct inside carry its name in front. */
function memberOf(struct: string, field: string): string {
  const inside = { HIT: /^outer_/, PORT: /^address_/ }[struct];
  return inside === undefined
    ? field
    : field.replace(inside, (prefix) => `${prefix.slice(0, -1)}.`);
}

function describeLayout(): string[] {
  return Object.entries(layout).flatMap(([name, value]) => {
    if (typeof value === 'number') return [`${name} ${value}`];
    return Object.entries(value).map(([field, of]) =>
      typeof of === 'number' ? `${name} SIZE ${of}` : `${name} ${field} ${of.offset} ${of.size}`,
    );
  });
}

it('layout.ts: sizes, offsets and constants equal what the C compiler says', () => {
  const described = describeLayout();
  expect(described).toEqual(compileAndRun());
  expect(described).toContain('RECORD time_ns 0 8');
});

it('layout.ts: fields that are read as words and half-words are aligned to them', () => {
  const structs = [
    layout.RECORD,
    layout.HIT,
    layout.END,
    layout.SECTION,
    layout.DROP,
    layout.STACK,
  ];
  for (const [name, field] of structs.flatMap((struct) => Object.entries(struct))) {
    if (typeof field === 'number') continue;
    const unit = field.size === 1 ? 1 : Math.min(field.size, 4);
    expect(field.offset % unit, name).toBe(0);
  }
});
