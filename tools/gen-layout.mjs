// Generates agent/src/core/record/layout.ts from bpf/include/event.h: clang compiles the header for BPF, and the layouts
// are read back from the BTF that it wrote. Needs clang and bpftool.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const header = 'bpf/include/event.h';
const output = 'agent/src/core/record/layout.ts';

const matches = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

/**
 * A C file that makes clang describe everything that the header declares: one object of each struct, and one enum with
 * the values of the macros.
 */
function probeSource(text) {
  const structs = matches(text, /^struct (pwru_\w+) \{/gm);
  const macros = matches(text, /^#define (PWRU_\w+) /gm);
  const declared = matches(text, /^enum (pwru_\w+) \{/gm);
  return [
    ...[8, 16, 32, 64].map((bits) => `typedef __UINT${bits}_TYPE__ __u${bits};`),
    `#include "${header}"`,
    ...structs.map((name) => `struct ${name} object_${name};`),
    ...declared.map((name) => `enum ${name} object_${name};`),
    `enum macros { ${macros.map((name) => `MACRO_${name} = ${name}`).join(', ')} } object_macros;`,
    '',
  ].join('\n');
}

function readBtf(source) {
  const folder = mkdtempSync(join(tmpdir(), 'pwru-layout-'));
  try {
    const object = join(folder, 'layout.o');
    const flags = ['-target', 'bpf', '-g', '-O2', '-I.', '-x', 'c', '-c', '-', '-o', object];
    execFileSync('clang', flags, { input: source });
    const json = execFileSync('bpftool', ['-j', 'btf', 'dump', 'file', object]);
    return JSON.parse(json.toString()).types;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Size in bytes of a type by its BTF id. */
function sizeOf(types, id) {
  const type = types[id - 1];
  if (type.kind === 'ARRAY') return type.nr_elems * sizeOf(types, type.type_id);
  return type.size ?? sizeOf(types, type.type_id);
}

/** A member's line; of a struct, those of its members, with its name before theirs. */
function memberLines(types, struct, { prefix = '', startBits = 0 } = {}) {
  return struct.members.flatMap(({ name, bits_offset: bits, type_id: id }) => {
    if (bits % 8 !== 0)
      throw new Error(`Cannot describe ${struct.name}.${name}: it is a bit field`);
    const place = { prefix: `${prefix}${name}_`, startBits: startBits + bits };
    if (types[id - 1].kind === 'STRUCT') return memberLines(types, types[id - 1], place);
    return [
      `  ${prefix}${name}: { offset: ${(startBits + bits) / 8}, size: ${sizeOf(types, id)} },`,
    ];
  });
}

function structSource(types, struct) {
  const members = memberLines(types, struct);
  const name = struct.name.replace(/^pwru_/, '').toUpperCase();
  return [
    `/** struct ${struct.name}. */`,
    `export const ${name} = {`,
    `  SIZE: ${struct.size},`,
    ...members,
    '} as const;',
    '',
  ].join('\n');
}

function enumSource(type) {
  const constants = type.values.map(
    ({ name, val }) => `export const ${name.replace(/^MACRO_/, '')} = ${val};\n`,
  );
  const title = type.name === 'macros' ? 'Macros' : `enum ${type.name}`;
  return `// ${title}.\n${constants.join('')}`;
}

/** Writes the layout module. */
export function generateLayout() {
  const text = readFileSync(header, 'utf8');
  const types = readBtf(probeSource(text));
  const ours = (type) => /^(pwru_|macros$)/.test(type.name);
  const structs = types.filter((type) => type.kind === 'STRUCT' && ours(type));
  const enums = types.filter((type) => type.kind === 'ENUM' && ours(type));
  const title = `// Generated from ${header} by tools/gen-layout.mjs: npm run gen. Offsets and sizes in bytes.\n`;
  const parts = [...structs.map((type) => structSource(types, type)), ...enums.map(enumSource)];
  writeFileSync(output, `${title}\n${parts.join('\n')}`);
}
