// Generates plugin/src/events/fields.ts: where the decoder keeps each field of pwru.v1.Event, how a field is read, and the
// properties with which it is asked for.
import { writeFileSync } from 'node:fs';
import { camel, packetNumbers, proto, upper } from './event-proto.mjs';

const output = 'plugin/src/events/fields.ts';

/** What the decoder makes of a field; as constants in the generated module. */
const kinds = ['UNKNOWN', 'UINT32', 'UINT64', 'FIXED64', 'BOOL', 'BYTES', 'PACKED'];

function kindOf({ type, isRepeated }) {
  if (isRepeated) return 'PACKED';
  const known = { uint32: 'UINT32', uint64: 'UINT64', fixed64: 'FIXED64', bool: 'BOOL' };
  return known[type] ?? 'BYTES';
}

/** What follows the name of a field's second place. */
const secondOf = { UINT64: 'HIGH', FIXED64: 'HIGH', BYTES: 'LENGTH' };

/** Places of the decoder's array of numbers, from 1 on: 0 is that of no field. */
function placesOf(fields) {
  const places = [];
  for (const field of fields) {
    const kind = kindOf(field);
    const second = secondOf[kind];
    if (kind === 'PACKED') continue;
    places.push({ field, kind, name: upper(field.name) });
    if (second !== undefined)
      places.push({ field, kind, name: `${upper(field.name)}_${second}`, isSecond: true });
  }
  return places.map((place, index) => ({ ...place, index: index + 1 }));
}

/** Neighbours with one value, by number. */
function runsOf(values) {
  const runs = [];
  for (const [at, value] of values) {
    const run = runs.at(-1);
    if (run?.value === value && run.last === at - 1) run.last = at;
    else runs.push({ first: at, last: at, value });
  }
  return runs;
}

function table(name, comment, values) {
  const entries = runsOf(values)
    .map(({ first, last, value }) =>
      first === last
        ? `  table[${first}] = ${value};`
        : `  table.fill(${value}, ${first}, ${last + 1});`,
    )
    .join('\n');
  return `/** ${comment} */
export const ${name} = byFieldNumber((table) => {
${entries}
});
`;
}

function getter(name, place, comment) {
  const doc = comment === undefined ? '' : `  /** ${comment.replaceAll('\n', ' ')} */\n`;
  return `${doc}  get ${name}(): number {
    return this.numbers[${place}] as number;
  }
`;
}

function gettersOf(field) {
  const name = camel(field.name);
  const place = upper(field.name);
  switch (kindOf(field)) {
    case 'PACKED':
      return '';
    case 'BOOL':
      return `  /** ${field.comment.replaceAll('\n', ' ')} */
  get ${name}(): boolean {
    return this.numbers[${place}] !== 0;
  }
`;
    case 'UINT32':
      return getter(name, place, field.comment);
    case 'BYTES':
      return [
        getter(`${name}Start`, place, `Where in the batch it begins. ${field.comment}`),
        getter(`${name}Length`, `${place}_LENGTH`, 'Bytes; 0 without it.'),
      ].join('\n');
    default:
      return [
        getter(`${name}Low`, place, field.comment),
        getter(`${name}High`, `${place}_HIGH`),
      ].join('\n');
  }
}

/** @param fields of `readEventFields` */
export function generateEventFields(fields) {
  const places = placesOf(fields);
  // The decoder itself says of an event whether it repeats the packet of another.
  const marker = 'repeats_packet';
  const ofPacket = places.filter(({ field }) => field.class === 'packet');
  const compared = ofPacket.filter(({ kind, isSecond }) => kind !== 'BYTES' || isSecond);
  const own = places.filter(({ field }) => field.class === 'event' && field.name !== marker);
  const byteStarts = ofPacket.filter(({ kind, isSecond }) => kind === 'BYTES' && !isSecond);
  const first = places.filter(({ isSecond }) => !isSecond);
  const numberOf = (name) => fields.find((field) => field.name === name).number;
  const head = [
    ((numberOf(marker) << 3) & 0x7f) | 0x80,
    numberOf(marker) >>> 4,
    1,
    (numberOf('boot_time_ns') << 3) | 1,
  ];
  const beginning = head.reduce((sum, byte, index) => sum + byte * 256 ** index, 0) | 0;
  writeFileSync(
    output,
    `// Generated from ${proto} by tools/gen/event-fields.mjs: npm run gen.

// Places in the decoder's array of numbers. A field of 64 bits has two, for its halves, and bytes have two, for where they
// begin and for their length.
${places.map(({ name, index }) => `export const ${name} = ${index};`).join('\n')}
export const PLACES = ${places.length + 1};

// How a field is read.
${kinds.map((kind, index) => `export const KIND_${kind} = ${index};`).join('\n')}

/** Numbers below this one have an entry in the tables. */
export const TABLE_FIELDS = 128;

function byFieldNumber(fill: (table: Uint8Array) => void): Uint8Array {
  const table = new Uint8Array(TABLE_FIELDS);
  fill(table);
  return table;
}

${table(
  'KIND_OF',
  'By field number: how it is read; KIND_UNKNOWN when this version does not know it.',
  fields.map((field) => [field.number, `KIND_${kindOf(field)}`]),
)}
${table(
  'PLACE_OF',
  'By field number: its place, or the first one.',
  first.map(({ field, name }) => [field.number, name]),
)}
${table(
  'UINT32_PLACE_OF',
  'As PLACE_OF, of fields of 32 bits alone.',
  first.filter(({ kind }) => kind === 'UINT32').map(({ field, name }) => [field.number, name]),
)}
${table(
  'IS_OF_PACKET',
  'By field number, also of fields that this version does not know: 1 where `repeats_packet` stands for it.',
  packetNumbers().map((number) => [number, 1]),
)}
/** What an event that repeats a packet has to have as the one before, beside the bytes of BYTE_PLACES. */
export const REPEATED_PLACES = Uint8Array.of(${compared.map(({ name }) => name).join(', ')});
/** Where fields of bytes begin; the lengths have the next places. */
export const BYTE_PLACES = Uint8Array.of(${byteStarts.map(({ name }) => name).join(', ')});

/** The bytes with which our agents begin an event that repeats a packet: \`repeats_packet: true\`, then the tag of its time. */
export const REPEAT_BEGINS = 0x${(beginning >>> 0).toString(16)}${beginning < 0 ? ' | 0' : ''};
/** With the time and the tag of the function. */
export const REPEAT_HEAD_BYTES = ${head.length + 8 + 1};
export const FUNCTION_ID_TAG = ${numberOf('function_id') << 3};

/** The fields of an event. */
export abstract class EventFields {
  /** By place. */
  protected numbers = new Uint32Array(PLACES);

  /** What is the event's own, and not its packet's, is not known yet. */
  protected forgetOwn(): void {
    const { numbers } = this;
${own.map(({ name }) => `    numbers[${name}] = 0;`).join('\n')}
  }

${fields
  .filter(({ name }) => name !== marker)
  .map(gettersOf)
  .filter((text) => text !== '')
  .join('\n')}}
`,
  );
}
