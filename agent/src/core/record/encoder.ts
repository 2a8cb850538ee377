import { Dictionary } from './dictionary.ts';
import type { EventNames } from './event-names.ts';
import { EVENT, PWRU_EVENT_DROP, PWRU_EVENT_VLAN, STACK } from './layout.ts';
import { DETAILS_MAX_BYTES, hasDetails, packetDetails } from './packet-details.ts';
import { putVarint32, putVarint64, varint32Bytes } from './proto-writer.ts';
import type { EventRecord } from './record-view.ts';
import { RepeatedPacket } from './repeated-packet.ts';

/** Largest pwru.v1.EventBatch, and the size from which dictionary entries end a batch. */
const BATCH_MAX_BYTES = 64 * 1024;

/** 2 fixed64, 1 varint64, 18 varint32, 2 addresses, stack ids, details, 2 bytes of tag each, and the lengths: rounded up. */
const EVENT_MAX_BYTES =
  2 * 10 + 12 + 18 * 7 + 2 * 18 + 4 + (STACK.SIZE / 8) * 5 + DETAILS_MAX_BYTES + 20;

/** Tag and length of TraceResponse.events, written before the batch when its length is known. */
const HEADER_MAX_BYTES = 4;
const TAG_RESPONSE_EVENTS = 0x1a;
const TAG_BATCH_EVENT = 0x0a;

/** Tags of pwru.v1.Event (proto/pwru/v1/event.proto): field << 3 | wire type; from field 16 on, the second byte is 1. */
const TAG = {
  bootTimeNs: 0x09,
  skbAddress: 0x11,
  packetId: 0x18,
  functionId: 0x20,
  cpu: 0x28,
  netnsInode: 0x30,
  interfaceId: 0x38,
  processId: 0x40,
  mark: 0x48,
  lengthBytes: 0x50,
  mtuBytes: 0x58,
  etherType: 0x60,
  ipVersion: 0x68,
  sourceAddress: 0x72,
  destinationAddress: 0x7a,
  ipProtocol: 0x80,
  sourcePort: 0x88,
  destinationPort: 0x90,
  tcpFlags: 0x98,
  icmpTypeCode: 0xa0,
  vlanTci: 0xa8,
  hasVlan: 0xb0,
  dropReasonId: 0xb8,
  dropLocationId: 0xc0,
  stackLocationIds: 0xca,
  repeatsPacket: 0xd0,
  details: 0xda,
} as const;
const TAG_SECOND_BYTE = 1;

/** Word, half-word and byte indices of the record's fields. */
const WORD = {
  time: EVENT.time_ns.offset / 4,
  skb: EVENT.skb.offset / 4,
  packetId: EVENT.packet_id.offset / 4,
  location: EVENT.location.offset / 4,
  netns: EVENT.netns.offset / 4,
  mark: EVENT.mark.offset / 4,
  length: EVENT.len.offset / 4,
  mtu: EVENT.mtu.offset / 4,
  sourceAddress: EVENT.outer_saddr.offset / 4,
  destinationAddress: EVENT.outer_daddr.offset / 4,
  stack: EVENT.SIZE / 4,
} as const;
const HALF = {
  etherType: EVENT.ether_type.offset / 2,
  vlanTci: EVENT.vlan_tci.offset / 2,
  sourcePort: EVENT.outer_sport.offset / 2,
  destinationPort: EVENT.outer_dport.offset / 2,
  icmp: EVENT.outer_icmp.offset / 2,
} as const;
const BYTE = {
  ipVersion: EVENT.outer_ip_version.offset,
  l4Protocol: EVENT.outer_l4_proto.offset,
  tcpFlags: EVENT.outer_tcp_flags.offset,
  flags: EVENT.flags.offset,
} as const;

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
  readonly #out = new Uint8Array(HEADER_MAX_BYTES + BATCH_MAX_BYTES);
  readonly #view = new DataView(this.#out.buffer);
  readonly #shortRepeats: boolean;
  /** The last event that is in the batch with all its fields. */
  readonly #packet = new RepeatedPacket();
  /** Where the batch ends so far. */
  #end = HEADER_MAX_BYTES;

  constructor(names: EventNames, { hashSeed, shortRepeats = false }: EventEncoderOptions) {
    this.dictionary = new Dictionary(names, hashSeed);
    this.#shortRepeats = shortRepeats;
  }

  /** Whether the batch has to be taken before the next `append`. */
  get isFull(): boolean {
    return (
      this.#end > this.#out.length - EVENT_MAX_BYTES ||
      this.dictionary.pendingBytes >= BATCH_MAX_BYTES
    );
  }

  /**
   * The batch as an encoded pwru.v1.TraceResponse of its own memory; undefined when it has no events. Send
   * `dictionary.take()` first.
   */
  take(): Uint8Array | undefined {
    if (this.eventCount === 0) return undefined;
    const bodyBytes = this.#end - HEADER_MAX_BYTES;
    const start = HEADER_MAX_BYTES - 1 - varint32Bytes(bodyBytes);
    this.#out[start] = TAG_RESPONSE_EVENTS;
    putVarint32(this.#out, start + 1, bodyBytes);
    const response = this.#out.slice(start, this.#end);
    this.#end = HEADER_MAX_BYTES;
    this.eventCount = 0;
    this.#packet.forget();
    return response;
  }

  /** Adds a well-formed record to the batch, which must not be full. */
  append(record: EventRecord): void {
    const lengthAt = this.#end + 1;
    this.#out[this.#end] = TAG_BATCH_EVENT;
    const flags = record.bytes[record.offset + BYTE.flags] ?? 0;
    let end = lengthAt + 1;
    if (this.#shortRepeats && this.#packet.isRepeatedBy(record)) {
      end = this.#putRepeat(record, end);
    } else {
      if (this.#shortRepeats) this.#packet.remember(record);
      end = this.#putIdentity(record, end);
      end = this.#putPacket(record, end);
      if ((flags & PWRU_EVENT_VLAN) !== 0) end = this.#putVlan(record, end);
      if (hasDetails(record)) end = this.#putDetails(record, end);
    }
    if ((flags & PWRU_EVENT_DROP) !== 0) end = this.#putDrop(record, end);
    const stackBytes = record.stackBytes();
    if (stackBytes !== 0) end = this.#putStack(record, stackBytes, end);
    this.#end = this.#closeLength(lengthAt, end);
    this.eventCount += 1;
  }

  /** `repeats_packet` comes first: a decoder that sees it there need not forget the packet. */
  #putRepeat(record: EventRecord, start: number): number {
    const end = putHighField(this.#out, start, TAG.repeatsPacket, 1);
    const time = (record.offset >>> 2) + WORD.time;
    const functionAt = this.#putFixed64(TAG.bootTimeNs, record.words, time, end);
    return putField(this.#out, functionAt, TAG.functionId, this.dictionary.functionId(record));
  }

  /** Fields 1 to 8. */
  #putIdentity(record: EventRecord, start: number): number {
    const out = this.#out;
    const { words } = record;
    const base = record.offset >>> 2;
    const { dictionary } = this;
    let end = this.#putFixed64(TAG.bootTimeNs, words, base + WORD.time, start);
    end = this.#putFixed64(TAG.skbAddress, words, base + WORD.skb, end);
    const packetLow = words[base + WORD.packetId] ?? 0;
    const packetHigh = words[base + WORD.packetId + 1] ?? 0;
    if ((packetLow | packetHigh) !== 0) {
      out[end] = TAG.packetId;
      end = putVarint64(out, end + 1, packetLow, packetHigh);
    }
    end = putField(out, end, TAG.functionId, dictionary.functionId(record));
    end = putField(out, end, TAG.cpu, record.cpu);
    end = putField(out, end, TAG.netnsInode, words[base + WORD.netns] ?? 0);
    end = putField(out, end, TAG.interfaceId, dictionary.interfaceId(record));
    return putField(out, end, TAG.processId, dictionary.processId(record));
  }

  /** Fields 9 to 20. */
  #putPacket(record: EventRecord, start: number): number {
    const out = this.#out;
    const { words, halves, bytes, offset } = record;
    const base = offset >>> 2;
    const half = offset >>> 1;
    let end = putField(out, start, TAG.mark, words[base + WORD.mark] ?? 0);
    end = putField(out, end, TAG.lengthBytes, words[base + WORD.length] ?? 0);
    end = putField(out, end, TAG.mtuBytes, words[base + WORD.mtu] ?? 0);
    end = putField(out, end, TAG.etherType, halves[half + HALF.etherType] ?? 0);
    const ipVersion = bytes[offset + BYTE.ipVersion] ?? 0;
    if (ipVersion !== 0) {
      const addressWords = ipVersion === 4 ? 1 : 4;
      end = putField(out, end, TAG.ipVersion, ipVersion);
      out[end] = TAG.sourceAddress;
      end = this.#putAddress(words, base + WORD.sourceAddress, addressWords, end + 1);
      out[end] = TAG.destinationAddress;
      end = this.#putAddress(words, base + WORD.destinationAddress, addressWords, end + 1);
    }
    end = putHighField(out, end, TAG.ipProtocol, bytes[offset + BYTE.l4Protocol] ?? 0);
    end = putHighField(out, end, TAG.sourcePort, halves[half + HALF.sourcePort] ?? 0);
    end = putHighField(out, end, TAG.destinationPort, halves[half + HALF.destinationPort] ?? 0);
    end = putHighField(out, end, TAG.tcpFlags, bytes[offset + BYTE.tcpFlags] ?? 0);
    return putHighField(out, end, TAG.icmpTypeCode, halves[half + HALF.icmp] ?? 0);
  }

  #putVlan(record: EventRecord, start: number): number {
    const tci = record.halves[(record.offset >>> 1) + HALF.vlanTci] ?? 0;
    const end = putHighField(this.#out, start, TAG.vlanTci, tci);
    return putHighField(this.#out, end, TAG.hasVlan, 1);
  }

  #putDetails(record: EventRecord, start: number): number {
    const out = this.#out;
    const details = packetDetails(record).view();
    out[start] = TAG.details;
    out[start + 1] = TAG_SECOND_BYTE;
    const end = putVarint32(out, start + 2, details.length);
    out.set(details, end);
    return end + details.length;
  }

  #putDrop(record: EventRecord, start: number): number {
    const { dictionary } = this;
    const location = (record.offset >>> 2) + WORD.location;
    const end = putHighField(this.#out, start, TAG.dropReasonId, dictionary.dropReasonId(record));
    const locationId = dictionary.codeLocationId(record.words, location);
    return putHighField(this.#out, end, TAG.dropLocationId, locationId);
  }

  /** The ids are written with one byte kept for the packed field's length, and moved when it needs two. */
  #putStack(record: EventRecord, stackBytes: number, start: number): number {
    const out = this.#out;
    const { words } = record;
    let base = (record.offset >>> 2) + WORD.stack;
    const stackEnd = base + stackBytes / 4;
    while (base < stackEnd && this.dictionary.isTracingCode(words, base)) base += 2;
    out[start] = TAG.stackLocationIds;
    out[start + 1] = TAG_SECOND_BYTE;
    let end = start + 3;
    for (let word = base; word < stackEnd; word += 2) {
      end = putVarint32(out, end, this.dictionary.codeLocationId(words, word));
    }
    return this.#closeLength(start + 2, end);
  }

  #putFixed64(tag: number, words: Int32Array, word: number, end: number): number {
    const low = words[word] ?? 0;
    const high = words[word + 1] ?? 0;
    if ((low | high) === 0) return end;
    this.#out[end] = tag;
    this.#view.setInt32(end + 1, low, true);
    this.#view.setInt32(end + 5, high, true);
    return end + 9;
  }

  /** The length and the bytes of an address, which are in network order in memory and stay so. */
  #putAddress(words: Int32Array, word: number, wordCount: number, end: number): number {
    const view = this.#view;
    this.#out[end] = 4 * wordCount;
    let at = end + 1;
    for (let index = 0; index < wordCount; index++, at += 4) {
      view.setInt32(at, words[word + index] ?? 0, true);
    }
    return at;
  }

  /** Writes the length of what lies between `lengthAt` + 1 and `end`, moving it when the length needs two bytes. */
  #closeLength(lengthAt: number, end: number): number {
    const length = end - lengthAt - 1;
    if (length < 0x80) {
      this.#out[lengthAt] = length;
      return end;
    }
    this.#out.copyWithin(lengthAt + 2, lengthAt + 1, end);
    putVarint32(this.#out, lengthAt, length);
    return end + 1;
  }
}

/** A varint field below 16; nothing when it is zero. */
function putField(out: Uint8Array, end: number, tag: number, value: number): number {
  if (value === 0) return end;
  out[end] = tag;
  return putVarint32(out, end + 1, value);
}

/** A varint field from 16 on; nothing when it is zero. */
function putHighField(out: Uint8Array, end: number, tag: number, value: number): number {
  if (value === 0) return end;
  out[end] = tag;
  out[end + 1] = TAG_SECOND_BYTE;
  return putVarint32(out, end + 2, value);
}
