// The members of struct pwru_event with what becomes of each, checked against event.proto. The tags are described in event.h.

import { proto } from './event-proto.mjs';
import { header, membersOf } from './record-btf.mjs';

/** Protobuf type of a field by the size of the member that is copied to it. */
const typesOfSize = {
  1: ['uint32'],
  2: ['uint32'],
  4: ['uint32'],
  8: ['fixed64', 'uint64'],
};

/**
 * @param types of `readTypes`
 * @param fields of `readEventFields`
 * @returns per member `{name, prefix, offset, size, use, field?, bits?, with?, isOfPacket}`: `use` is the first of its tags;
 * `bits` is `{field, mask, maskName}`; `with` is `{member, mask, maskName}`; `maskName` is a constant of layout.ts or a number;
 * `isOfPacket`: a repeat has the same.
 */
export function recordMembers(types, fields) {
  const struct = types.find(({ kind, name }) => kind === 'STRUCT' && name === 'pwru_event');
  const members = membersOf(types, struct);
  const constants = new Map(
    types
      .filter(({ kind }) => kind === 'ENUM')
      .flatMap(({ values }) => values.map(({ name, val }) => [name, val])),
  );
  const maskOf = (maskName) => ({ maskName, mask: constants.get(maskName) ?? Number(maskName) });
  return members.map((member) => describe(member, { members, fields, maskOf }));
}

function describe({ name, prefix, offset, size, tags }, { members, fields, maskOf }) {
  const fail = (what) => {
    throw new Error(`${header}: pwru_event.${name} ${what}`);
  };
  const fieldNamed = (fieldName, allowed) => {
    const field = fields.find((each) => each.name === fieldName);
    if (field === undefined) fail(`goes to ${fieldName}, which ${proto} does not have`);
    if (field.isRepeated || !allowed.includes(field.type))
      fail(`goes to ${fieldName}, which is ${field.type} and not ${allowed.join(' or ')}`);
    return field;
  };
  const described = { name, prefix, offset, size };
  for (const [tag, ...words] of tags) {
    if (tag === 'bits') {
      described.bits = { field: fieldNamed(words[0], ['bool']), ...maskOf(words[1]) };
    } else if (tag === 'with') {
      const found = members.find((each) => each.name === `${prefix}${words[0]}`);
      if (found === undefined) fail(`depends on ${words[0]}, which is no member`);
      described.with = { member: found, ...maskOf(words[1]) };
    } else {
      if (described.use !== undefined) fail(`is both ${described.use} and ${tag}`);
      described.use = tag;
      if (tag === 'event') described.field = fieldNamed(words[0], typesOfSize[size] ?? []);
      else if (tag === 'id') described.field = fieldNamed(words[0], ['uint32']);
      else if (tag === 'address') described.field = fieldNamed(words[0], ['bytes']);
      else if (tag !== 'packet' && tag !== 'own') fail(`has the tag ${tag}, which means nothing`);
    }
  }
  if (described.use === undefined) fail('has no tag that says what becomes of it');
  if (offset % Math.min(size, 4) !== 0) fail(`lies at ${offset}, where it cannot be read at once`);
  described.isOfPacket = described.use === 'packet' || described.field?.class === 'packet';
  return described;
}
