import type { Dictionary } from './dictionary.ts';
import type { FieldWriter } from './field-writer.ts';
import { SECTION, STACK } from './layout.ts';
import { putVarint32 } from './proto-writer.ts';
import type { EventRecord } from './record-view.ts';

/**
 * The packed ids of a stack's code locations, innermost first, without the frames that are there only because the packet is traced.
 * @param at where struct pwru_stack begins, in bytes
 */
export function putStackIds(
  out: FieldWriter,
  record: EventRecord,
  dictionary: Dictionary,
  at: number,
): void {
  const { words, halves } = record;
  let word = (at + STACK.address.offset) >>> 2;
  const end = (at + (halves[(at + SECTION.bytes.offset) >>> 1] ?? 0)) >>> 2;
  while (word < end && dictionary.isTracingCode(words, word)) word += 2;
  for (; word < end; word += 2) {
    out.end = putVarint32(out.bytes, out.end, dictionary.codeLocationId(words, word));
  }
}
