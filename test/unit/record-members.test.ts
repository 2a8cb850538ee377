import { describe, expect, test } from 'vitest';
// @ts-expect-error: tools are JavaScript without declarations.
import { readEventFields } from '../../tools/gen/event-proto.mjs';
// @ts-expect-error: as above.
import { hitMembers } from '../../tools/gen/record-members.mjs';

const U32 = 2;
const U64 = 3;

interface Member {
  readonly name: string;
  readonly type: number;
  readonly tags: readonly string[];
  readonly offsetBytes?: number;
}

/** Types in bpftool's form: a struct pwru_hit with these members one after the other, unless they say where they lie. */
function typesOf(members: readonly Member[]): unknown[] {
  let end = 0;
  const placed = members.map(({ name, type, offsetBytes = end }) => {
    end = offsetBytes + (type === U64 ? 8 : 4);
    return { name, type_id: type, bits_offset: 8 * offsetBytes };
  });
  const tags = members.flatMap((member, component_idx) =>
    member.tags.map((name) => ({ kind: 'DECL_TAG', name, type_id: 1, component_idx })),
  );
  return [
    { kind: 'STRUCT', name: 'pwru_hit', size: end, members: placed },
    { kind: 'INT', name: 'unsigned int', size: 4 },
    { kind: 'INT', name: 'unsigned long long', size: 8 },
    { kind: 'ENUM', name: 'pwru_record_flag', values: [{ name: 'PWRU_FLAG_VLAN', val: 1 }] },
    ...tags,
  ];
}

const described = (...members: Member[]) => hitMembers(typesOf(members), readEventFields());

describe('hitMembers', () => {
  test('says what becomes of each member, and whether a repeat has the same', () => {
    const members = described(
      { name: 'time_ns', type: U64, tags: ['event:boot_time_ns'] },
      { name: 'flags', type: U32, tags: ['own', 'bits:has_vlan:PWRU_FLAG_VLAN'] },
      { name: 'vlan_tci', type: U32, tags: ['event:vlan_tci', 'with:flags:PWRU_FLAG_VLAN'] },
      { name: 'ifname', type: U32, tags: ['packet'] },
    );
    expect(members).toMatchObject([
      { name: 'time_ns', use: 'event', field: { number: 1 }, isOfPacket: false },
      {
        name: 'flags',
        use: 'own',
        bits: { field: { name: 'has_vlan' }, mask: 1 },
        isOfPacket: false,
      },
      { name: 'vlan_tci', with: { member: { name: 'flags' }, mask: 1 }, isOfPacket: true },
      { name: 'ifname', use: 'packet', isOfPacket: true },
    ]);
  });

  test.each([
    ['without a tag', { type: U32, tags: [] }, 'has no tag that says what becomes of it'],
    ['with two uses', { type: U32, tags: ['own', 'packet'] }, 'is both own and packet'],
    [
      'of a field that is not there',
      { type: U32, tags: ['event:colour'] },
      'colour, which proto/pwru/v1/event.proto does not have',
    ],
    [
      'of a field of another kind',
      { type: U32, tags: ['event:skb_address'] },
      'skb_address, which is fixed64 and not uint32',
    ],
    [
      'of a repeated field',
      { type: U32, tags: ['event:stack_location_ids'] },
      'stack_location_ids, which is uint32',
    ],
    [
      'with a tag of no meaning',
      { type: U32, tags: ['evnt:mark'] },
      'has the tag evnt, which means nothing',
    ],
    [
      'that depends on nobody',
      { type: U32, tags: ['own', 'with:colour:1'] },
      'depends on colour, which is no member',
    ],
    [
      'between two words',
      { type: U32, tags: ['own'], offsetBytes: 2 },
      'lies at 2, where it cannot be read at once',
    ],
  ] as const)('refuses a member %s', (_, member, words) => {
    expect(() => described({ name: 'it', ...member })).toThrow(`pwru_hit.it `);
    expect(() => described({ name: 'it', ...member })).toThrow(words);
  });
});
