import { Dictionary } from './dictionary.ts';
import type { EventNames } from './event-names.ts';
import { FieldWriter } from './field-writer.ts';
import { FIELDS_MAX_BYTES, putIdentity, putPacket, putRepeat } from './fields.ts';
import { EVENT, PWRU_EVENT_DROP, STACK } from './layout.ts';
import { DETAILS_MAX_BYTES, hasDetails, packetDetails } from './packet-details.ts';
import { putVarint32, varint32Bytes } from './proto-writer.ts';
import type { EventRecord } from './record-view.ts';
import { RepeatedPacket } from './repeated-packet.ts';

/** Largest pwru.v1.EventBatch, and the size from which dictionary entries end a batch. */
const BATCH_MAX_BYTES = 64 * 1024;

/** Fields, details, drop's two ids, stack ids, and the tags and lengths of what has one. */
const EVENT_MAX_BYTES = FIELDS_MAX_BYTES + DETAILS_MAX_BYTES + 2 * 7 + (STACK.SIZE / 8) * 5 + 20;

/** Tag and length of TraceResponse.events, written before the batch when its length is known. */
const HEADER_MAX_BYTES = 4;
const TAG_RESPONSE_EVENTS = 0x1a;
const TAG_BATCH_EVENT = 0x0a;

// The tags of what is encoded here: field << 3 | wire type, in two bytes, of which the second is 1.
const TAG_DROP_REASON_ID = 0xb8;
const TAG_DROP_LOCATION_ID = 0xc0;
const TAG_STACK_LOCATION_IDS = 0xca;
const TAG_DETAILS = 0xda;
const TAG_SECOND_BYTE = 1;

const LOCATION_WORD = EVENT.location.offset / 4;
const STACK_WORD = EVENT.SIZE / 4;

export interface EventEncoderOptions {
  /** Any 32 bits that strangers do not know. */
  readonly hashSeed: number;
  /** StartTrace.short_repeats; false. */
  readonly shortRepeats?: boolean;
}

/**
 * Encodes ring records as pwru.v1.TraceResponse messages: batches of events, and before each batch the dictionary
 * entries that it refers to. No object and no BigInt per event: fields go from the record's words into the batch.
 * Fields that are zero are left out, as proto3 has it; with `shortRepeats` also those that the event before has.
 */
export class EventEncoder {
  readonly dictionary: Dictionary;
  /** Events in the batch. */
  eventCount = 0;
  /** The batch so far, behind room for its header. */
  readonly #out = new FieldWriter(HEADER_MAX_BYTES + BATCH_MAX_BYTES);
  readonly #shortRepeats: boolean;
  /** The last event that is in the batch with all its fields. */
  readonly #packet = new RepeatedPacket();

  constructor(names: EventNames, { hashSeed, shortRepeats = false }: EventEncoderOptions) {
    this.dictionary = new Dictionary(names, hashSeed);
    this.#shortRepeats = shortRepeats;
    this.#out.end = HEADER_MAX_BYTES;
  }

  /** Whether the batch has to be taken before the next `append`. */
  get isFull(): boolean {
    return (
      this.#out.end > this.#out.bytes.length - EVENT_MAX_BYTES ||
      this.dictionary.pendingBytes >= BATCH_MAX_BYTES
    );
  }

  /**
   * The batch as an encoded pwru.v1.TraceResponse of its own memory; undefined when it has no events. Send
   * `dictionary.take()` first.
   */
  take(): Uint8Array | undefined {
    if (this.eventCount === 0) return undefined;
    const { bytes, end } = this.#out;
    const bodyBytes = end - HEADER_MAX_BYTES;
    const start = HEADER_MAX_BYTES - 1 - varint32Bytes(bodyBytes);
    bytes[start] = TAG_RESPONSE_EVENTS;
    putVarint32(bytes, start + 1, bodyBytes);
    const response = bytes.slice(start, end);
    this.#out.end = HEADER_MAX_BYTES;
    this.eventCount = 0;
    this.#packet.forget();
    return response;
  }

  /** Adds a well-formed record to the batch, which must not be full. */
  append(record: EventRecord): void {
    const out = this.#out;
    const { dictionary } = this;
    const lengthAt = out.open(TAG_BATCH_EVENT, 0);
    if (this.#shortRepeats && this.#packet.isRepeatedBy(record)) {
      // `repeats_packet` comes first: a decoder that sees it there need not forget the packet.
      putRepeat(out, record, dictionary);
    } else {
      if (this.#shortRepeats) this.#packet.remember(record);
      putIdentity(out, record, dictionary);
      putPacket(out, record, dictionary);
      if (hasDetails(record)) {
        out.longBytes(TAG_DETAILS, TAG_SECOND_BYTE, packetDetails(record).view());
      }
    }
    const flags = record.bytes[record.offset + EVENT.flags.offset] ?? 0;
    if ((flags & PWRU_EVENT_DROP) !== 0) this.#putDrop(record);
    const stackBytes = record.stackBytes();
    if (stackBytes !== 0) this.#putStack(record, stackBytes);
    out.close(lengthAt);
    this.eventCount += 1;
  }

  #putDrop(record: EventRecord): void {
    const { dictionary } = this;
    const location = (record.offset >>> 2) + LOCATION_WORD;
    const reasonId = dictionary.dropReasonId(record);
    this.#out.longField(TAG_DROP_REASON_ID, TAG_SECOND_BYTE, reasonId);
    const locationId = dictionary.codeLocationId(record.words, location);
    this.#out.longField(TAG_DROP_LOCATION_ID, TAG_SECOND_BYTE, locationId);
  }

  #putStack(record: EventRecord, stackBytes: number): void {
    const out = this.#out;
    const { words } = record;
    let word = (record.offset >>> 2) + STACK_WORD;
    const stackEnd = word + stackBytes / 4;
    while (word < stackEnd && this.dictionary.isTracingCode(words, word)) word += 2;
    const lengthAt = out.open(TAG_STACK_LOCATION_IDS, TAG_SECOND_BYTE);
    for (; word < stackEnd; word += 2) {
      out.end = putVarint32(out.bytes, out.end, this.dictionary.codeLocationId(words, word));
    }
    out.close(lengthAt);
  }
}
