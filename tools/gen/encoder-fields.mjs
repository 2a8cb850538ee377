// Generates agent/src/core/record/fields.ts: straight-line code that encodes a record's members as fields of pwru.v1.Event,
// and that tells whether a record repeats the packet of another one.
import { writeFileSync } from 'node:fs';
import { camel, proto } from './event-proto.mjs';
import { recordHeader } from './record-btf.mjs';

const output = 'agent/src/core/record/fields.ts';

const wireTypes = { uint32: 0, uint64: 0, bool: 0, fixed64: 1, bytes: 2 };
const LENGTH_DELIMITED = 2;

/** Each is one function, small enough that V8 inlines what it calls. */
const groups = [
  { name: 'putIdentity', first: 1, last: 8 },
  { name: 'putPacket', first: 9, last: 31 },
];

const hex = (value) => `0x${value.toString(16).padStart(2, '0')}`;

function tagOf({ number, type, isRepeated }) {
  return (number << 3) | (isRepeated ? LENGTH_DELIMITED : wireTypes[type]);
}

const tagBytes = (field) => (tagOf(field) < 0x80 ? 1 : 2);

/** Of a field below 16: nothing else is made of fields with longer tags yet. */
function shortTagOf(field) {
  const tag = tagOf(field);
  if (tag > 0x7f)
    throw new Error(`${output}: no code for ${field.type} ${field.name} = ${field.number}`);
  return hex(tag);
}

const longTag = (tag) => `${hex((tag & 0x7f) | 0x80)}, ${hex(tag >>> 7)}`;

function putVarintField(field, value) {
  const tag = tagOf(field);
  return tag < 0x80
    ? `out.field(${hex(tag)}, ${value});`
    : `out.longField(${longTag(tag)}, ${value});`;
}

/** How the member's value is read. Without `?? 0`: a well-formed record lies in memory as a whole. */
function memberValue({ offset, size }) {
  if (size === 1) return `bytes[offset + ${offset}] as number`;
  if (size === 2) return `halves[half + ${offset / 2}] as number`;
  return wordAt(offset / 4);
}

const wordAt = (word) => `words[base${word === 0 ? '' : ` + ${word}`}] as number`;

function nextValue({ offset }) {
  return wordAt(offset / 4 + 1);
}

const isSet = (member, maskName) => `((${memberValue(member)}) & ${maskName}) !== 0`;

/** Statements in the order of the fields' numbers, each with the condition under which it is run. */
function statementsOf(members) {
  const ipVersionOf = ({ prefix }) =>
    members.find((member) => member.name === `${prefix}ip_version`);
  const statements = members.flatMap((member) => {
    const found = [];
    const condition =
      member.with === undefined ? undefined : isSet(member.with.member, member.with.maskName);
    if (member.use === 'id') {
      const id = `dictionary.${camel(member.field.name)}(record)`;
      found.push({ field: member.field, condition, code: putVarintField(member.field, id) });
    } else if (member.use === 'stack') {
      const code = `const lengthAt = out.open(${longTag(tagOf(member.field))});
putStackIds(out, record, dictionary, offset);
out.close(lengthAt);`;
      found.push({ field: member.field, condition, code });
    } else if (member.use === 'address') {
      found.push(addressStatement(member, ipVersionOf(member)));
    } else if (member.use === 'event') {
      found.push({ field: member.field, condition, code: copyCode(member) });
    }
    if (member.bits !== undefined) {
      const { field, maskName } = member.bits;
      const code = putVarintField(field, '1');
      found.push({ field, condition: isSet(member, maskName), code });
    }
    return found;
  });
  return statements.sort((a, b) => a.field.number - b.field.number);
}

function copyCode(member) {
  const { field } = member;
  if (field.type === 'uint32') return putVarintField(field, memberValue(member));
  const put = field.type === 'fixed64' ? 'fixed64' : 'varint64';
  return `out.${put}(${shortTagOf(field)}, ${memberValue(member)}, ${nextValue(member)});`;
}

function addressStatement(member, ipVersion) {
  const version = memberValue(ipVersion);
  const word = `base + ${member.offset / 4}`;
  return {
    field: member.field,
    condition: `(${version}) !== 0`,
    code: `out.address(${shortTagOf(member.field)}, words, ${word}, (${version}) === 4 ? 1 : 4);`,
  };
}

/** Neighbours of one condition share one `if`. */
function blockOf(statements) {
  const lines = [];
  let open;
  for (const { condition, code } of statements) {
    if (condition !== open) {
      if (open !== undefined) lines.push('}');
      if (condition !== undefined) lines.push(`if (${condition}) {`);
      open = condition;
    }
    lines.push(code);
  }
  if (open !== undefined) lines.push('}');
  return lines.join('\n');
}

/** @param where the code begins to read: at the record's offset, or at that of a section, which is a parameter */
function putFunction({ name, comment, statements, isOfSection = false }) {
  const body = blockOf(statements);
  const uses = (name) => new RegExp(`\\b${name}\\b`).test(body);
  const base = uses('base') ? 'const base = offset >>> 2;' : '';
  const half = uses('half') ? 'const half = offset >>> 1;' : '';
  const parts = ['words', 'halves', 'bytes'].filter(uses);
  if (!isOfSection && (uses('offset') || base !== '' || half !== '')) parts.push('offset');
  const parameters = [
    'out: FieldWriter',
    'record: EventRecord',
    `${uses('dictionary') ? '' : '_'}dictionary: Dictionary`,
    ...(isOfSection
      ? [`${uses('offset') || base !== '' || half !== '' ? '' : '_'}offset: number`]
      : []),
  ];
  return `${comment === undefined ? '' : `/** ${comment} */\nexport `}function ${name}(${parameters.join(', ')}): void {
  ${parts.length > 0 ? `const { ${parts.join(', ')} } = record;` : ''}
  ${[base, half].join('\n')}
  ${body}
}
`.replace(/\n\s*\n/g, '\n');
}

const putterOf = ({ name }) => `put${name[0].toUpperCase()}${name.slice(1)}`;

function sectionsFunction(sections) {
  const cases = sections.map(
    (section) => `case ${section.type}: ${putterOf(section)}(out, record, dictionary, at); break;`,
  );
  return `/** Fields of the sections of a well-formed record; those of types that are not known here are left out. */
export function putSections(out: FieldWriter, record: EventRecord, dictionary: Dictionary): void {
  const { halves, end } = record;
  for (let at = record.offset + HIT.SIZE; at < end; at += halves[(at >>> 1) + 1] as number) {
    switch (halves[at >>> 1] as number) {
      ${cases.join('\n')}
      default:
    }
  }
}
`;
}

/** Most bytes of the tag and the value of a field. */
function maxBytesOf({ field, size = 4, use }) {
  const value = { fixed64: 8, uint64: 10, bool: 1, bytes: 1 + size }[field.type];
  const varint = use === 'id' || size === 4 ? 5 : size + 1;
  if (use === 'stack') return tagBytes(field) + 3 + (size / 8) * 5;
  return tagBytes(field) + (value ?? varint);
}

function maxFieldsBytes(members) {
  const written = members.flatMap((member) => [
    ...(member.field === undefined ? [] : [member]),
    ...(member.bits === undefined ? [] : [{ field: member.bits.field }]),
  ]);
  return written.reduce((sum, member) => sum + maxBytesOf(member), 0);
}

/** Masks by word of what has to be the same. */
function maskWords(members) {
  const masks = new Map();
  const add = (offset, mask) => {
    const word = offset >>> 2;
    const shifted = (mask << (8 * (offset & 3))) >>> 0;
    masks.set(word, ((masks.get(word) ?? 0) | shifted) >>> 0);
  };
  for (const { offset, size, isOfPacket, bits } of members) {
    if (isOfPacket) for (let at = offset; at < offset + size; at++) add(at, 0xff);
    if (bits?.field.class === 'packet') add(offset, bits.mask);
  }
  return [...masks].sort(([a], [b]) => a - b);
}

function differenceOf(masks) {
  return masks
    .map(([word, mask]) => {
      const difference = `((words[base + ${word}] as number) ^ (own[${word}] as number))`;
      return mask === 0xffff_ffff ? difference : `(${difference} & ${hex(mask)})`;
    })
    .join(' | ');
}

/** A condition on the bits of a member, for members of which a repeat need not be compared when it does not hold. */
const ownBits = ({ offset }, mask) =>
  `(own[${offset >>> 2}] as number) & ${hex((mask << (8 * (offset & 3))) >>> 0)}`;

function comparison(members) {
  const ipVersion = members.find((member) => /(^|_)ip_version$/.test(member.name));
  const addresses = members.filter(({ use }) => use === 'address');
  // What is smaller than a word is compared with its neighbours: that takes less than a condition.
  const conditional = members.filter((member) => member.with !== undefined && member.size >= 4);
  const always = members.filter(
    (member) => !addresses.includes(member) && !conditional.includes(member),
  );
  const version = ownBits(ipVersion, 0xff);
  const firstWords = maskWords(addresses.map((address) => ({ ...address, size: 4 })));
  const otherWords = maskWords(
    addresses.map((address) => ({ ...address, offset: address.offset + 4, size: 12 })),
  );
  const lines = [`if ((${differenceOf(maskWords(always))}) !== 0) return false;`];
  for (const member of conditional) {
    lines.push(
      `if ((${ownBits(member.with.member, member.with.mask)}) !== 0 && (${differenceOf(maskWords([member]))}) !== 0) return false;`,
    );
  }
  return `/**
 * Whether two records of one CPU are of one packet and say the same of it.
 * @param words where one of them begins at \`base\`
 * @param own the other one, from its first word on
 */
export function isSamePacket(words: Int32Array, base: number, own: Int32Array): boolean {
  ${lines.join('\n  ')}
  const ipVersion = ${version};
  if (ipVersion === 0) return true;
  if ((${differenceOf(firstWords)}) !== 0) return false;
  return ipVersion === ${hex((4 << (8 * (ipVersion.offset & 3))) >>> 0)} || (${differenceOf(otherWords)}) === 0;
}
`;
}

/**
 * @param {object} description
 * @param description.members of `hitMembers`
 * @param description.ends of `endMembers`
 * @param description.sections of `sections`
 * @param description.fields of `readEventFields`
 */
export function generateEncoderFields({ members, ends, sections, fields }) {
  const cpu = fields.find(({ name }) => name === 'cpu');
  const withCpu = (statements) =>
    [...statements, { field: cpu, code: putVarintField(cpu, 'record.cpu') }].sort(
      (a, b) => a.field.number - b.field.number,
    );
  const statements = withCpu(statementsOf(members));
  const uncovered = statements.find(
    ({ field }) => !groups.some(({ first, last }) => first <= field.number && field.number <= last),
  );
  if (uncovered !== undefined) throw new Error(`Field ${uncovered.field.name} is of no function`);
  const marker = fields.find(({ name }) => name === 'repeats_packet');
  const own = statements.filter(({ field }) => field.class === 'event');
  const functions = [
    putFunction({
      name: 'putRepeat',
      comment: 'What a repeat has, but for its sections.',
      statements: [{ code: putVarintField(marker, '1') }, ...own],
    }),
    ...groups.map(({ name, first, last }) =>
      putFunction({
        name,
        comment: `Fields ${first} to ${last}.`,
        statements: statements.filter(({ field }) => first <= field.number && field.number <= last),
      }),
    ),
    putFunction({
      name: 'putEnd',
      comment: 'What an end has, but for what says that it is one.',
      // It has no VLAN tag.
      statements: withCpu(statementsOf(ends.filter(({ bits }) => bits === undefined))),
    }),
    sectionsFunction(sections),
    ...sections.map((section) =>
      putFunction({
        name: putterOf(section),
        statements: statementsOf(section.members),
        isOfSection: true,
      }),
    ),
    comparison(members),
  ].join('\n');
  const conditions = members.flatMap(({ with: on, bits }) => [on, bits]);
  const constants = conditions
    .map((condition) => condition?.maskName)
    .filter((name) => /^[A-Z]/.test(name ?? '') && functions.includes(name));
  const imported = ['HIT', ...new Set(constants), ...sections.map(({ type }) => type)];
  const allMembers = [...members, ...sections.flatMap((section) => section.members)];
  writeFileSync(
    output,
    `// Generated from ${recordHeader} and ${proto} by tools/gen/encoder-fields.mjs: npm run gen.
import type { Dictionary } from './dictionary.ts';
import type { FieldWriter } from './field-writer.ts';
import { ${imported.sort((a, b) => (a < b ? -1 : 1)).join(', ')} } from './layout.ts';
import type { EventRecord } from './record-view.ts';
import { putStackIds } from './stack-ids.ts';

/** Most bytes that the put functions of a whole event write. */
export const FIELDS_MAX_BYTES = ${maxFieldsBytes(allMembers) + maxBytesOf({ field: cpu })};

${functions}`,
  );
}
