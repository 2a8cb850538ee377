// The fields of pwru.v1.Event, as event.proto has them.
import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';

export const proto = 'proto/pwru/v1/event.proto';

/**
 * What `repeats_packet` does with a field: `packet`: it stands for it; `event`: it is the event's own, and there in each.
 * By number, so that a decoder knows it of a field that came later.
 */
const classes = [
  { first: 1, last: 1, class: 'event' },
  { first: 2, last: 3, class: 'packet' },
  { first: 4, last: 4, class: 'event' },
  { first: 5, last: 22, class: 'packet' },
  { first: 23, last: 26, class: 'event' },
  { first: 27, last: 27, class: 'packet' },
  { first: 32, last: 63, class: 'packet' },
  { first: 64, last: 127, class: 'event' },
];

export const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
export const upper = (name) => name.toUpperCase();

/**
 * In the order of their numbers. `type` is protobuf's, of the elements when the field is repeated; an enum's is uint32.
 * @returns {{name: string, number: number, type: string, isRepeated: boolean, class: string, comment: string}[]}
 */
export function readEventFields() {
  const root = new protobuf.Root();
  protobuf.parse(readFileSync(proto, 'utf8'), root, {
    keepCase: true,
    alternateCommentMode: true,
  });
  root.resolveAll();
  return root
    .lookupType('pwru.v1.Event')
    .fieldsArray.map((field) => {
      const { name, id: number, repeated: isRepeated, comment } = field;
      const type = field.resolvedType instanceof protobuf.Enum ? 'uint32' : field.type;
      const found = classes.find(({ first, last }) => first <= number && number <= last);
      if (found === undefined)
        throw new Error(`${proto}: field ${name} has the number ${number}, which is of no class`);
      return { name, number, type, isRepeated, class: found.class, comment };
    })
    .sort((a, b) => a.number - b.number);
}

/** Numbers below 64 of the fields that `repeats_packet` stands for, also of those that are not known yet. */
export function packetNumbers() {
  return classes
    .filter((each) => each.class === 'packet')
    .flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
}
