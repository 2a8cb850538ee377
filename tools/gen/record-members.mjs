// The members of hits and of their sections with what becomes of each, checked against event.proto. The tags are described in
// record.h.
import { proto } from './event-proto.mjs';
import { membersOf, recordHeader, tagsOf } from './record-btf.mjs';

/** Protobuf type of a field by the size of the member that is copied to it. */
const typesOfSize = {
  1: ['uint32'],
  2: ['uint32'],
  4: ['uint32'],
  8: ['fixed64', 'uint64'],
};

/**
 * Of struct pwru_hit.
 * @param types of `readTypes`
 * @param fields of `readEventFields`
 * @returns per member `{name, prefix, offset, size, use, field?, bits?, with?, isOfPacket}`: `use` is the first of its tags;
 * `bits` is `{field, mask, maskName}`; `with` is `{member, mask, maskName}`; `maskName` is a constant of layout.ts or a number;
 * `isOfPacket`: a repeat has the same.
 */
export function hitMembers(types, fields) {
  return describeAll(structNamed(types, 'pwru_hit'), types, fields);
}

/** Of struct pwru_end, in the same form. */
export function endMembers(types, fields) {
  return describeAll(structNamed(types, 'pwru_end'), types, fields);
}

/**
 * The structs that may follow a hit, by type.
 * @returns per section `{name, type, members}`; `type` is a constant of layout.ts, members are as of `hitMembers`
 */
export function sections(types, fields) {
  const numberOf = constantsOf(types);
  const found = types
    .filter(({ kind }) => kind === 'STRUCT')
    .flatMap((struct) =>
      tagsOf(types, struct)
        .filter(([tag]) => tag === 'section')
        .map(([, type]) => ({ struct, type })),
    )
    .sort((a, b) => numberOf.get(a.type) - numberOf.get(b.type));
  return found.map(({ struct, type }) => {
    // Its header is the reader's.
    const members = describeAll(struct, types, fields, ({ prefix }) => prefix !== 'head_');
    const ofPacket = members.find((member) => member.isOfPacket);
    if (ofPacket !== undefined)
      fail(struct, ofPacket.name, 'is of the packet: a section is of the hit');
    return { name: struct.name.replace(/^pwru_/, ''), type, members };
  });
}

function structNamed(types, wanted) {
  return types.find(({ kind, name }) => kind === 'STRUCT' && name === wanted);
}

function constantsOf(types) {
  const enums = types.filter(({ kind }) => kind === 'ENUM');
  return new Map(enums.flatMap(({ values }) => values.map(({ name, val }) => [name, val])));
}

function describeAll(struct, types, fields, isWanted = () => true) {
  const constants = constantsOf(types);
  const maskOf = (maskName) => ({ maskName, mask: constants.get(maskName) ?? Number(maskName) });
  const members = membersOf(types, struct).filter(isWanted);
  return members.map((member) => describe(member, { struct, members, fields, maskOf }));
}

function fail(struct, name, what) {
  throw new Error(`${recordHeader}: ${struct.name}.${name} ${what}`);
}

function describe({ name, prefix, offset, size, tags }, { struct, members, fields, maskOf }) {
  const fieldNamed = (fieldName, allowed) => {
    const field = fields.find((each) => each.name === fieldName);
    if (field === undefined)
      fail(struct, name, `goes to ${fieldName}, which ${proto} does not have`);
    if (field.isRepeated || !allowed.includes(field.type))
      fail(
        struct,
        name,
        `goes to ${fieldName}, which is ${field.type} and not ${allowed.join(' or ')}`,
      );
    return field;
  };
  const repeatedNamed = (fieldName) => {
    const field = fields.find((each) => each.name === fieldName);
    if (field === undefined || !field.isRepeated || field.type !== 'uint32')
      fail(struct, name, `goes to ${fieldName}, which is no list of ids of ${proto}`);
    return field;
  };
  const described = { name, prefix, offset, size };
  for (const [tag, ...words] of tags) {
    if (tag === 'bits') {
      described.bits = { field: fieldNamed(words[0], ['bool']), ...maskOf(words[1]) };
    } else if (tag === 'with') {
      const found = members.find((each) => each.name === `${prefix}${words[0]}`);
      if (found === undefined) fail(struct, name, `depends on ${words[0]}, which is no member`);
      described.with = { member: found, ...maskOf(words[1]) };
    } else {
      if (described.use !== undefined) fail(struct, name, `is both ${described.use} and ${tag}`);
      described.use = tag;
      if (tag === 'event') described.field = fieldNamed(words[0], typesOfSize[size] ?? []);
      else if (tag === 'id') described.field = fieldNamed(words[0], ['uint32']);
      else if (tag === 'address') described.field = fieldNamed(words[0], ['bytes']);
      else if (tag === 'stack') described.field = repeatedNamed(words[0]);
      else if (tag !== 'packet' && tag !== 'own')
        fail(struct, name, `has the tag ${tag}, which means nothing`);
    }
  }
  if (described.use === undefined) fail(struct, name, 'has no tag that says what becomes of it');
  if (offset % Math.min(size, 4) !== 0)
    fail(struct, name, `lies at ${offset}, where it cannot be read at once`);
  described.isOfPacket = described.use === 'packet' || described.field?.class === 'packet';
  return described;
}
