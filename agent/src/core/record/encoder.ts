import { pwru } from '../../../../proto/gen/pwru.js';
import { Dictionary } from './dictionary.ts';
import type { EventNames } from './event-names.ts';
import { FieldWriter } from './field-writer.ts';
import {
  FIELDS_MAX_BYTES,
  putEnd,
  putIdentity,
  putPacket,
  putRepeat,
  putSections,
} from './fields.ts';
import { HIT, PWRU_FLAG_FREED } from './layout.ts';
import { DETAILS_MAX_BYTES, hasDetails, packetDetails } from './packet-details.ts';
import { putVarint32, varint32Bytes } from './proto-writer.ts';
import type { EventRecord } from './record-view.ts';
import { RepeatedPacket } from './repeated-packet.ts';

const { EventKind } = pwru.v1;

/** Largest pwru.v1.EventBatch, and the size from which dictionary entries end a batch. */
const BATCH_MAX_BYTES = 64 * 1024;

/** Fields, details, their tag and length, kind and end, and the event's own tag and length. */
const EVENT_MAX_BYTES = FIELDS_MAX_BYTES + DETAILS_MAX_BYTES + 16;

/** Tag and length of TraceResponse.events, written before the batch when its length is known. */
const HEADER_MAX_BYTES = 4;
const TAG_RESPONSE_EVENTS = 0x1a;
const TAG_BATCH_EVENT = 0x0a;

/** Tags of fields that are not copied from a member: field << 3 | wire type, in two bytes. */
const TAG_DETAILS = [0xda, 0x01] as const;
const TAG_KIND = [0x80, 0x04] as const;
const TAG_ENDS_BUFFER = [0x88, 0x04] as const;

export interface EventEncoderOptions {
  /** Any 32 bits that strangers do not know. */
  readonly hashSeed: number;
  /** StartTrace.short_repeats; false. */
  readonly shortRepeats?: boolean;
  /** StartTrace.event_kinds has EVENT_KIND_END; false. */
  readonly tellsEnds?: boolean;
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
  readonly #tellsEnds: boolean;
  /** The last event that is in the batch with all its fields. */
  readonly #packet = new RepeatedPacket();

  constructor(names: EventNames, options: EventEncoderOptions) {
    const { hashSeed, shortRepeats = false, tellsEnds = false } = options;
    this.dictionary = new Dictionary(names, hashSeed);
    this.#shortRepeats = shortRepeats;
    this.#tellsEnds = tellsEnds;
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

  /** Adds an end's well-formed record to the batch, which must not be full. What comes next repeats nothing. */
  appendEnd(record: EventRecord): void {
    const out = this.#out;
    const lengthAt = out.open(TAG_BATCH_EVENT, 0);
    putEnd(out, record, this.dictionary);
    out.longField(...TAG_KIND, EventKind.EVENT_KIND_END);
    out.longField(...TAG_ENDS_BUFFER, 1);
    out.close(lengthAt);
    this.#packet.forget();
    this.eventCount += 1;
  }

  /** Adds a hit's well-formed record to the batch, which must not be full. */
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
        out.longBytes(...TAG_DETAILS, packetDetails(record).view());
      }
    }
    if (this.#tellsEnds && (record.flags & PWRU_FLAG_FREED) !== 0) {
      out.longField(...TAG_ENDS_BUFFER, 1);
    }
    if (record.usedBytes > HIT.SIZE) putSections(out, record, dictionary);
    out.close(lengthAt);
    this.eventCount += 1;
  }
}
