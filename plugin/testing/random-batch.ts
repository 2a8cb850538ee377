import Long from 'long';
import protobuf from 'protobufjs/minimal.js';
import { pwru } from '../../proto/gen/pwru.js';
import type { Random } from './random.ts';

type Wire = (writer: protobuf.Writer) => void;

const integerFields = [
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 21, 23, 24, 64,
] as const;

/** Fields in any order, repeated, absent, unknown, of another wire type, packed or not. */
function randomFields(random: Random): Wire[] {
  const anyLong = () => new Long(random.anyUint32() | 0, random.anyUint32() | 0, true);
  const fields: Wire[] = [];
  for (const field of integerFields) {
    if (!random.oneIn(4)) fields.push((w) => w.uint32((field << 3) | 0).uint32(random.anyUint32()));
    if (random.oneIn(8)) fields.push((w) => w.uint32((field << 3) | 0).uint64(anyLong()));
    if (random.oneIn(20)) fields.push((w) => w.uint32((field << 3) | 5).fixed32(random.uint32()));
  }
  for (const field of [1, 2])
    if (!random.oneIn(4)) fields.push((w) => w.uint32((field << 3) | 1).fixed64(anyLong()));
  if (!random.oneIn(4)) fields.push((w) => w.uint32(3 << 3).uint64(anyLong()));
  for (const field of [22, 65])
    if (!random.oneIn(3)) fields.push((w) => w.uint32(field << 3).bool(random.oneIn(2)));
  for (const field of [14, 15]) {
    if (!random.oneIn(4))
      fields.push((w) =>
        w.uint32((field << 3) | 2).bytes(random.bytes(random.pick([0, 4, 16, 5]))),
      );
  }
  if (random.oneIn(3)) {
    const details = {
      ...{ noPorts: random.oneIn(2), fragmentOffsetBytes: random.anyUint32() },
      inner: random.oneIn(2) ? { kind: random.below(6), value: random.anyUint32() } : null,
    };
    const bytes = pwru.v1.PacketDetails.encode(details).finish();
    fields.push((w) => w.uint32((27 << 3) | 2).bytes(bytes));
  }
  fields.push(...randomStackAndUnknown(random));
  return fields.sort(() => random.below(3) - 1);
}

function randomStackAndUnknown(random: Random): Wire[] {
  const fields: Wire[] = [];
  const anyLong = () => new Long(random.anyUint32() | 0, random.anyUint32() | 0, true);
  const stack = Array.from({ length: random.below(6) }, () => random.anyUint32());
  if (random.oneIn(2)) {
    fields.push((w) => {
      w.uint32((25 << 3) | 2).fork();
      for (const id of stack) w.uint32(id);
      w.ldelim();
    });
  } else for (const id of stack) fields.push((w) => w.uint32(25 << 3).uint32(id));
  for (const field of [28, 31, 66, 127, 128, 400, 100_000]) {
    if (random.oneIn(3))
      fields.push((w) => w.uint32((field << 3) | 2).bytes(random.bytes(random.below(200))));
    if (random.oneIn(5)) fields.push((w) => w.uint32((field << 3) | 0).uint64(anyLong()));
    if (random.oneIn(9)) {
      const group = (w: protobuf.Writer, inner: Wire) => {
        w.uint32((field << 3) | 3);
        inner(w);
        w.uint32((field << 3) | 4);
      };
      fields.push((w) => group(w, (x) => group(x, (y) => y.uint32((4 << 3) | 5).fixed32(7))));
    }
  }
  return fields;
}

/** The fields of an event that repeats the packet of the one before; `repeats_packet` is the first, or not. */
function randomRepeat(random: Random): Wire[] {
  const fields = randomStackAndUnknown(random);
  if (!random.oneIn(6))
    fields.push((w) =>
      w.uint32((1 << 3) | 1).fixed64(new Long(random.anyUint32() | 0, random.anyUint32() | 0)),
    );
  if (random.oneIn(3)) fields.push((w) => w.uint32(65 << 3).bool(random.oneIn(2)));
  for (const field of [4, 23, 24, 64])
    if (random.oneIn(2)) fields.push((w) => w.uint32(field << 3).uint32(random.anyUint32()));
  const flag: Wire = (w) => w.uint32(26 << 3).bool(true);
  if (random.oneIn(2)) return [flag, ...fields];
  return [...fields, flag].sort(() => random.below(3) - 1);
}

/** An encoded `pwru.v1.EventBatch` as an agent of any version could write it. */
export function randomBatch(random: Random): Uint8Array {
  const writer = protobuf.Writer.create();
  for (let events = random.below(8), index = 0; index <= events; index++) {
    const isRepeat = index > 0 && random.oneIn(2);
    writer.uint32((1 << 3) | 2).fork();
    for (const write of isRepeat ? randomRepeat(random) : randomFields(random)) write(writer);
    writer.ldelim();
    if (random.oneIn(4)) writer.uint32((7 << 3) | 2).string('a field of a later version');
  }
  return writer.finish();
}
