import { pwru } from '../../../proto/gen/pwru.js';

/** TraceResponse.events: field 3, length-delimited. */
const EVENTS_TAG = (3 << 3) | 2;

/**
 * The encoded EventBatch when the response is one and nothing else, without decoding it: nearly all responses are.
 * Undefined when it has to be decoded to know.
 */
export function eventBatchOf(response: Uint8Array): Uint8Array | undefined {
  if (response[0] !== EVENTS_TAG) return undefined;
  let length = 0;
  let position = 1;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = response[position++] ?? 0;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return length === response.length - position ? response.subarray(position) : undefined;
}

/** An EventBatch that came in a response of an unusual form, in its usual encoding. */
export function encodeEventBatch(batch: pwru.v1.EventBatch.$Properties): Uint8Array {
  return pwru.v1.EventBatch.encode(batch).finish();
}
