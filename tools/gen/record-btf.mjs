// What clang says of the headers that programs and agent share: it compiles them for BPF, and the types are read back from the
// BTF that it wrote. Needs clang and bpftool.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const recordHeader = 'bpf/include/record.h';
export const headers = [recordHeader, 'bpf/include/session.h'];

const matches = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

/**
 * A C file that makes clang describe everything that the headers declare: one object of each struct, and one enum with
 * the values of the macros.
 */
function probeSource(text) {
  const structs = matches(text, /^struct (pwru_\w+) \{/gm);
  const macros = matches(text, /^#define (PWRU_\w+) /gm);
  const declared = matches(text, /^enum (pwru_\w+) \{/gm);
  return [
    ...[8, 16, 32, 64].map((bits) => `typedef __UINT${bits}_TYPE__ __u${bits};`),
    ...headers.map((header) => `#include "${header}"`),
    ...structs.map((name) => `struct ${name} object_${name};`),
    ...declared.map((name) => `enum ${name} object_${name};`),
    `enum macros { ${macros.map((name) => `MACRO_${name} = ${name}`).join(', ')} } object_macros;`,
    '',
  ].join('\n');
}

/** The types in bpftool's form; the type with id N is the element N - 1. */
export function readTypes() {
  const folder = mkdtempSync(join(tmpdir(), 'pwru-layout-'));
  try {
    const object = join(folder, 'layout.o');
    const flags = ['-target', 'bpf', '-g', '-O2', '-I.', '-x', 'c', '-c', '-', '-o', object];
    const text = headers.map((header) => readFileSync(header, 'utf8')).join('\n');
    execFileSync('clang', flags, { input: probeSource(text) });
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

/** Tags of a struct itself, or of a member: each in its parts. */
export function tagsOf(types, struct, memberIndex = -1) {
  const structId = types.indexOf(struct) + 1;
  return types
    .filter((type) => type.kind === 'DECL_TAG' && type.type_id === structId)
    .filter((type) => type.component_idx === memberIndex)
    .map((type) => type.name.split(':'));
}

/**
 * The members of a struct; instead of one that is a struct itself, the members of that one, with its name before theirs.
 * `prefix` is that name with an underscore. Offsets and sizes in bytes; tags as in record.h.
 */
export function membersOf(types, struct, { prefix = '', startBits = 0 } = {}) {
  return struct.members.flatMap(({ name, bits_offset: bits, type_id: id }, index) => {
    if (bits % 8 !== 0)
      throw new Error(`Cannot describe ${struct.name}.${name}: it is a bit field`);
    const place = { prefix: `${prefix}${name}_`, startBits: startBits + bits };
    if (types[id - 1].kind === 'STRUCT') return membersOf(types, types[id - 1], place);
    const tags = tagsOf(types, struct, index);
    const offset = (startBits + bits) / 8;
    return [{ name: `${prefix}${name}`, prefix, offset, size: sizeOf(types, id), tags }];
  });
}
