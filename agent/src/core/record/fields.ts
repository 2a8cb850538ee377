// Generated from bpf/include/record.h and proto/pwru/v1/event.proto by tools/gen/encoder-fields.mjs: npm run gen.
import type { Dictionary } from './dictionary.ts';
import type { FieldWriter } from './field-writer.ts';
import { HIT, PWRU_FLAG_VLAN, PWRU_SECTION_DROP, PWRU_SECTION_STACK } from './layout.ts';
import type { EventRecord } from './record-view.ts';
import { putStackIds } from './stack-ids.ts';

/** Most bytes that the put functions of a whole event write. */
export const FIELDS_MAX_BYTES = 420;

/** What a repeat has, but for its sections. */
export function putRepeat(out: FieldWriter, record: EventRecord, dictionary: Dictionary): void {
  const { words, offset } = record;
  const base = offset >>> 2;
  out.longField(0xd0, 0x01, 1);
  out.fixed64(0x09, words[base] as number, words[base + 1] as number);
  out.field(0x20, dictionary.functionId(record));
}

/** Fields 1 to 8. */
export function putIdentity(out: FieldWriter, record: EventRecord, dictionary: Dictionary): void {
  const { words, offset } = record;
  const base = offset >>> 2;
  out.fixed64(0x09, words[base] as number, words[base + 1] as number);
  out.fixed64(0x11, words[base + 8] as number, words[base + 9] as number);
  out.varint64(0x18, words[base + 4] as number, words[base + 5] as number);
  out.field(0x20, dictionary.functionId(record));
  out.field(0x28, record.cpu);
  out.field(0x30, words[base + 10] as number);
  out.field(0x38, dictionary.interfaceId(record));
  out.field(0x40, dictionary.processId(record));
}

/** Fields 9 to 31. */
export function putPacket(out: FieldWriter, record: EventRecord, _dictionary: Dictionary): void {
  const { words, halves, bytes, offset } = record;
  const base = offset >>> 2;
  const half = offset >>> 1;
  out.field(0x48, words[base + 12] as number);
  out.field(0x50, words[base + 13] as number);
  out.field(0x58, words[base + 14] as number);
  out.field(0x60, halves[half + 36] as number);
  out.field(0x68, bytes[offset + 120] as number);
  if ((bytes[offset + 120] as number) !== 0) {
    out.address(0x72, words, base + 20, (bytes[offset + 120] as number) === 4 ? 1 : 4);
    out.address(0x7a, words, base + 24, (bytes[offset + 120] as number) === 4 ? 1 : 4);
  }
  out.longField(0x80, 0x01, bytes[offset + 121] as number);
  out.longField(0x88, 0x01, halves[half + 56] as number);
  out.longField(0x90, 0x01, halves[half + 57] as number);
  out.longField(0x98, 0x01, bytes[offset + 122] as number);
  out.longField(0xa0, 0x01, halves[half + 58] as number);
  if (((halves[half + 13] as number) & PWRU_FLAG_VLAN) !== 0) {
    out.longField(0xa8, 0x01, halves[half + 37] as number);
    out.longField(0xb0, 0x01, 1);
  }
}

/** What an end has, but for what says that it is one. */
export function putEnd(out: FieldWriter, record: EventRecord, dictionary: Dictionary): void {
  const { words, offset } = record;
  const base = offset >>> 2;
  out.fixed64(0x09, words[base] as number, words[base + 1] as number);
  out.fixed64(0x11, words[base + 8] as number, words[base + 9] as number);
  out.varint64(0x18, words[base + 4] as number, words[base + 5] as number);
  out.field(0x20, dictionary.functionId(record));
  out.field(0x28, record.cpu);
}

/** Fields of the sections of a well-formed record; those of types that are not known here are left out. */
export function putSections(out: FieldWriter, record: EventRecord, dictionary: Dictionary): void {
  const { halves, end } = record;
  for (let at = record.offset + HIT.SIZE; at < end; at += halves[(at >>> 1) + 1] as number) {
    switch (halves[at >>> 1] as number) {
      case PWRU_SECTION_DROP:
        putDrop(out, record, dictionary, at);
        break;
      case PWRU_SECTION_STACK:
        putStack(out, record, dictionary, at);
        break;
      default:
    }
  }
}

function putDrop(
  out: FieldWriter,
  record: EventRecord,
  dictionary: Dictionary,
  _offset: number,
): void {
  out.longField(0xb8, 0x01, dictionary.dropReasonId(record));
  out.longField(0xc0, 0x01, dictionary.dropLocationId(record));
}

function putStack(
  out: FieldWriter,
  record: EventRecord,
  dictionary: Dictionary,
  offset: number,
): void {
  const lengthAt = out.open(0xca, 0x01);
  putStackIds(out, record, dictionary, offset);
  out.close(lengthAt);
}

/**
 * Whether two records of one CPU are of one packet and say the same of it.
 * @param words where one of them begins at `base`
 * @param own the other one, from its first word on
 */
export function isSamePacket(words: Int32Array, base: number, own: Int32Array): boolean {
  if (
    (((words[base + 4] as number) ^ (own[4] as number)) |
      ((words[base + 5] as number) ^ (own[5] as number)) |
      (((words[base + 6] as number) ^ (own[6] as number)) & 0x10000) |
      ((words[base + 8] as number) ^ (own[8] as number)) |
      ((words[base + 9] as number) ^ (own[9] as number)) |
      ((words[base + 10] as number) ^ (own[10] as number)) |
      ((words[base + 11] as number) ^ (own[11] as number)) |
      ((words[base + 12] as number) ^ (own[12] as number)) |
      ((words[base + 13] as number) ^ (own[13] as number)) |
      ((words[base + 14] as number) ^ (own[14] as number)) |
      ((words[base + 15] as number) ^ (own[15] as number)) |
      ((words[base + 16] as number) ^ (own[16] as number)) |
      ((words[base + 17] as number) ^ (own[17] as number)) |
      ((words[base + 18] as number) ^ (own[18] as number)) |
      (((words[base + 19] as number) ^ (own[19] as number)) & 0xffffff) |
      ((words[base + 28] as number) ^ (own[28] as number)) |
      ((words[base + 29] as number) ^ (own[29] as number)) |
      ((words[base + 30] as number) ^ (own[30] as number)) |
      ((words[base + 32] as number) ^ (own[32] as number)) |
      ((words[base + 33] as number) ^ (own[33] as number)) |
      ((words[base + 34] as number) ^ (own[34] as number)) |
      ((words[base + 35] as number) ^ (own[35] as number)) |
      ((words[base + 36] as number) ^ (own[36] as number)) |
      ((words[base + 37] as number) ^ (own[37] as number)) |
      ((words[base + 38] as number) ^ (own[38] as number)) |
      ((words[base + 39] as number) ^ (own[39] as number))) !==
    0
  )
    return false;
  if (
    ((own[19] as number) & 0xff00) !== 0 &&
    (((words[base + 40] as number) ^ (own[40] as number)) |
      ((words[base + 41] as number) ^ (own[41] as number)) |
      ((words[base + 42] as number) ^ (own[42] as number)) |
      ((words[base + 43] as number) ^ (own[43] as number)) |
      ((words[base + 44] as number) ^ (own[44] as number)) |
      ((words[base + 45] as number) ^ (own[45] as number)) |
      ((words[base + 46] as number) ^ (own[46] as number)) |
      ((words[base + 47] as number) ^ (own[47] as number)) |
      ((words[base + 48] as number) ^ (own[48] as number)) |
      ((words[base + 49] as number) ^ (own[49] as number)) |
      ((words[base + 50] as number) ^ (own[50] as number)) |
      ((words[base + 51] as number) ^ (own[51] as number)) |
      ((words[base + 52] as number) ^ (own[52] as number)) |
      ((words[base + 53] as number) ^ (own[53] as number))) !==
      0
  )
    return false;
  const ipVersion = (own[30] as number) & 0xff;
  if (ipVersion === 0) return true;
  if (
    (((words[base + 20] as number) ^ (own[20] as number)) |
      ((words[base + 24] as number) ^ (own[24] as number))) !==
    0
  )
    return false;
  return (
    ipVersion === 0x04 ||
    (((words[base + 21] as number) ^ (own[21] as number)) |
      ((words[base + 22] as number) ^ (own[22] as number)) |
      ((words[base + 23] as number) ^ (own[23] as number)) |
      ((words[base + 25] as number) ^ (own[25] as number)) |
      ((words[base + 26] as number) ^ (own[26] as number)) |
      ((words[base + 27] as number) ^ (own[27] as number))) ===
      0
  );
}
