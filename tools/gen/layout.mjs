// Generates agent/src/core/record/layout.ts: sizes, offsets and constants of the headers that programs and agent share.
import { writeFileSync } from 'node:fs';
import { headers, membersOf } from './record-btf.mjs';

const output = 'agent/src/core/record/layout.ts';

function structSource(types, struct) {
  const name = struct.name.replace(/^pwru_/, '').toUpperCase();
  return [
    `/** struct ${struct.name}. */`,
    `export const ${name} = {`,
    `  SIZE: ${struct.size},`,
    // What it begins with has a layout of its own.
    ...membersOf(types, struct)
      .filter((member) => !member.name.startsWith('head_'))
      .map((member) => `  ${member.name}: { offset: ${member.offset}, size: ${member.size} },`),
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

/** @param types of `readTypes` */
export function generateLayout(types) {
  const ours = (type) => /^(pwru_|macros$)/.test(type.name);
  const structs = types.filter((type) => type.kind === 'STRUCT' && ours(type));
  const enums = types.filter((type) => type.kind === 'ENUM' && ours(type));
  const title = `// Generated from ${headers.join(' and ')} by tools/gen/layout.mjs: npm run gen. Offsets and sizes in bytes.\n`;
  const parts = [...structs.map((type) => structSource(types, type)), ...enums.map(enumSource)];
  writeFileSync(output, `${title}\n${parts.join('\n')}`);
}
