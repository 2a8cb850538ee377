import {
  BOOT_TIME_NS,
  BOOT_TIME_NS_HIGH,
  BYTE_PLACES,
  CPU,
  DESTINATION_ADDRESS_LENGTH,
  DESTINATION_PORT,
  DETAILS_LENGTH,
  EventFields,
  FUNCTION_ID,
  FUNCTION_ID_TAG,
  HAS_VLAN,
  ICMP_TYPE_CODE,
  IP_PROTOCOL,
  IP_VERSION,
  IS_OF_PACKET,
  KIND,
  KIND_BOOL,
  KIND_BYTES,
  KIND_FIXED64,
  KIND_OF,
  KIND_PACKED,
  KIND_UINT32,
  KIND_UINT64,
  KIND_UNKNOWN,
  PACKET_ID,
  PACKET_ID_HIGH,
  PLACE_OF,
  PLACES,
  REPEAT_BEGINS,
  REPEAT_HEAD_BYTES,
  REPEATED_PLACES,
  REPEATS_PACKET,
  SKB_ADDRESS,
  SKB_ADDRESS_HIGH,
  SOURCE_ADDRESS_LENGTH,
  SOURCE_PORT,
  TABLE_FIELDS,
  TCP_FLAGS,
  UINT32_PLACE_OF,
  VLAN_TCI,
} from './fields.ts';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const GROUP_START = 3;
const GROUP_END = 4;
const FIXED32 = 5;
const MAX_GROUP_DEPTH = 100;
const EVENTS_TAG = (1 << 3) | LENGTH_DELIMITED;
const EMPTY = new Uint8Array(0);

/** What tells a packet and its buffer from others. */
const IDENTITY_PLACES = Uint8Array.of(
  ...[SKB_ADDRESS, SKB_ADDRESS_HIGH, PACKET_ID, PACKET_ID_HIGH, CPU],
);

/** What is shown of a packet's headers, beside the bytes of its addresses and details. */
const TUPLE_PLACES = Uint8Array.of(
  ...[IP_VERSION, IP_PROTOCOL, SOURCE_PORT, DESTINATION_PORT, TCP_FLAGS, ICMP_TYPE_CODE],
  ...[VLAN_TCI, HAS_VLAN, SOURCE_ADDRESS_LENGTH, DESTINATION_ADDRESS_LENGTH, DETAILS_LENGTH],
);

/** Of what event.proto says of a field, by its number. */
const kindOf = (field: number) =>
  field < TABLE_FIELDS ? (KIND_OF[field] as number) : KIND_UNKNOWN;

/**
 * Reads the events of an encoded `pwru.v1.EventBatch` one after the other, without an object per event: its fields are
 * those of the event that `next` stood on last. What they are read from is one small array, so that decoding a field is
 * one store; 64-bit fields are two unsigned 32-bit halves, so that nothing is lost and no BigInt is made.
 *
 * Wire format: https://protobuf.dev/programming-guides/encoding. As there, the last value of a repeated singular field
 * counts, unknown fields and fields of another wire type are skipped, and repeated integers may be packed or not.
 */
export class EventCursor extends EventFields {
  #bytes: Uint8Array = EMPTY;
  /** Of #bytes. */
  #view: DataView = new DataView(EMPTY.buffer);
  #position = 0;
  #end = 0;
  /** Of the event before, with its batch. */
  #previousNumbers = new Uint32Array(PLACES);
  #previousBytes: Uint8Array = EMPTY;
  #eventBytes: Uint8Array = EMPTY;
  readonly #stackLocationIds: number[] = [];
  /** An event of this batch has been read: it can be repeated. */
  #hasPacket = false;
  /** This event says that it repeats the packet of the one before. */
  #isRepeat = false;
  // Result of #readVarint.
  #low = 0;
  #high = 0;

  /** The batch; addresses and details are read from it. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /**
   * Whether this event has everything that the one before it had, but for its time, function, drop and stack: what was
   * made of the rest can be used again. True of a first event with nothing.
   */
  get repeatsPacket(): boolean {
    return this.#isRepeat || (this.#repeats(REPEATED_PLACES) && this.#repeatsByteFields());
  }

  /** The same of skb, packet id and CPU alone. */
  get repeatsIdentity(): boolean {
    return this.#isRepeat || this.#repeats(IDENTITY_PLACES);
  }

  /** The same of addresses, ports, protocol, VLAN and details alone. */
  get repeatsTuple(): boolean {
    return this.#isRepeat || (this.#repeats(TUPLE_PLACES) && this.#repeatsByteFields());
  }

  #repeats(places: Uint8Array): boolean {
    const now = this.numbers;
    const before = this.#previousNumbers;
    // Nobody has made anything of an event that is no hit.
    if (before[KIND] !== 0) return false;
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number;
      if (now[place] !== before[place]) return false;
    }
    return true;
  }

  /** Where their lengths are the same. */
  #repeatsByteFields(): boolean {
    for (let i = 0; i < BYTE_PLACES.length; i++) {
      if (!this.#repeatsBytes(BYTE_PLACES[i] as number)) return false;
    }
    return true;
  }

  #repeatsBytes(place: number): boolean {
    const start = this.numbers[place] as number;
    const previousStart = this.#previousNumbers[place] as number;
    const length = this.numbers[place + 1] as number;
    for (let i = 0; i < length; i++) {
      if (this.#bytes[start + i] !== this.#previousBytes[previousStart + i]) return false;
    }
    return true;
  }

  /** Valid until the next `next`. */
  get stackLocationIds(): readonly number[] {
    return this.#stackLocationIds;
  }

  /** Stands before the first event of `batch`, which must not change until the first `next` of another one. */
  reset(batch: Uint8Array): void {
    this.#bytes = batch;
    this.#view = new DataView(batch.buffer, batch.byteOffset, batch.length);
    this.#position = 0;
    this.#hasPacket = false;
  }

  /**
   * Goes to the next event; false after the last one.
   * @throws RangeError when the batch is not valid protobuf; the fields are undefined then
   */
  next(): boolean {
    const batchEnd = this.#bytes.length;
    this.#end = batchEnd;
    while (this.#position < batchEnd) {
      const tag = this.#readTag();
      if (tag === EVENTS_TAG) {
        this.#end = this.#readLength() + this.#position;
        if (!this.#readUsualRepeat()) this.#readWhole();
        return true;
      }
      this.#skip(tag, 0);
    }
    return false;
  }

  /**
   * A repeat as our own agents write it: `repeats_packet`, time and function, in this order. What it leaves out is still there
   * from the event before. Most events are read here, in a tenth of the instructions that `#readWhole` takes.
   * @returns false, with nothing changed, for anything else
   */
  #readUsualRepeat(): boolean {
    const bytes = this.#bytes;
    const view = this.#view;
    const start = this.#position;
    const end = this.#end;
    const functionAt = start + REPEAT_HEAD_BYTES;
    if (functionAt >= end || view.getInt32(start, true) !== REPEAT_BEGINS || !this.#hasPacket) {
      return false;
    }
    let functionId = bytes[functionAt] as number;
    let position = functionAt + 1;
    if (functionId > 0x7f) {
      if (position >= end) return false;
      const second = bytes[position++] as number;
      if (second > 0x7f) return false;
      functionId = (functionId & 0x7f) | (second << 7);
    }
    if (bytes[functionAt - 1] !== FUNCTION_ID_TAG) return false;
    const numbers = this.numbers;
    this.forgetOwn();
    numbers[BOOT_TIME_NS] = view.getInt32(start + 4, true);
    numbers[BOOT_TIME_NS_HIGH] = view.getInt32(start + 8, true);
    numbers[FUNCTION_ID] = functionId;
    if (this.#stackLocationIds.length > 0) this.#stackLocationIds.length = 0;
    this.#isRepeat = true;
    this.#position = position;
    if (position < end) this.#readRest();
    return true;
  }

  #readWhole(): void {
    const start = this.#position;
    this.#isRepeat = false;
    this.#swapPrevious();
    this.#previousBytes = this.#eventBytes;
    this.#eventBytes = this.#bytes;
    this.numbers.fill(0);
    if (this.#stackLocationIds.length > 0) this.#stackLocationIds.length = 0;
    this.#readEvent();
    if (this.numbers[REPEATS_PACKET] === 0) {
      this.#hasPacket = true;
      return;
    }
    this.#swapPrevious();
    this.#position = start;
    this.#readRepeat();
  }

  #swapPrevious(): void {
    const numbers = this.#previousNumbers;
    this.#previousNumbers = this.numbers;
    this.numbers = numbers;
  }

  /** A repeat in any form: from #position on, with its fields in any order. */
  #readRepeat(): void {
    if (!this.#hasPacket) throw this.#malformed('repeat');
    this.#isRepeat = true;
    this.forgetOwn();
    this.#stackLocationIds.length = 0;
    this.#readRest();
  }

  /** Fields of a repeat, up to #end. */
  #readRest(): void {
    while (this.#position < this.#end) {
      const tag = this.#readTag();
      const field = tag >>> 3;
      if (field < TABLE_FIELDS && IS_OF_PACKET[field] !== 0) throw this.#malformed('repeat');
      this.#readField(tag);
    }
    this.numbers[REPEATS_PACKET] = 0;
  }

  /** From #position to #end. The short integers that most fields are do not leave this loop. */
  #readEvent(): void {
    const bytes = this.#bytes;
    const { numbers } = this;
    const end = this.#end;
    let position = this.#position;
    while (position < end) {
      let tag = bytes[position] as number;
      let valueAt = position + 1;
      if (tag > 0x7f) tag = (tag & 0x7f) | ((bytes[valueAt++] as number) << 7);
      const value = bytes[valueAt] as number;
      const place = tag < 8 * TABLE_FIELDS ? (UINT32_PLACE_OF[tag >>> 3] as number) : 0;
      if (place !== 0 && (tag & 7) === VARINT && value < 0x80 && valueAt < end) {
        numbers[place] = value;
        position = valueAt + 1;
      } else {
        this.#position = position;
        this.#readField(this.#readTag());
        position = this.#position;
      }
    }
    this.#position = position;
  }

  #readField(tag: number): void {
    const field = tag >>> 3;
    switch (tag & 7) {
      case VARINT:
        this.#readVarint();
        this.#setInteger(field);
        break;
      case FIXED64:
        this.#setFixed64(field);
        break;
      case LENGTH_DELIMITED:
        this.#setBytes(field);
        break;
      default:
        this.#skip(tag, 0);
    }
  }

  #setInteger(field: number): void {
    const { numbers } = this;
    switch (kindOf(field)) {
      case KIND_UINT32:
        numbers[PLACE_OF[field] as number] = this.#low;
        break;
      case KIND_UINT64: {
        const place = PLACE_OF[field] as number;
        numbers[place] = this.#low;
        numbers[place + 1] = this.#high;
        break;
      }
      case KIND_BOOL:
        numbers[PLACE_OF[field] as number] = this.#low | this.#high;
        break;
      case KIND_PACKED:
        this.#stackLocationIds.push(this.#low);
        break;
      default:
        this.#checkNumber(field);
    }
  }

  #setFixed64(field: number): void {
    const position = this.#position;
    this.#advance(8);
    if (kindOf(field) === KIND_FIXED64) {
      const place = PLACE_OF[field] as number;
      this.numbers[place] = this.#int32At(position);
      this.numbers[place + 1] = this.#int32At(position + 4);
    } else {
      this.#checkNumber(field);
    }
  }

  #setBytes(field: number): void {
    const length = this.#readLength();
    const start = this.#position;
    const kind = kindOf(field);
    if (kind === KIND_BYTES) {
      const place = PLACE_OF[field] as number;
      this.numbers[place] = start;
      this.numbers[place + 1] = length;
    } else if (kind === KIND_PACKED) {
      this.#readPackedStack(start + length);
    } else {
      this.#checkNumber(field);
    }
    this.#position = start + length;
  }

  /** Of a field that is not read. */
  #checkNumber(field: number): void {
    if (field === 0) throw this.#malformed('field number 0');
  }

  #readPackedStack(stackEnd: number): void {
    const eventEnd = this.#end;
    this.#end = stackEnd;
    while (this.#position < stackEnd) {
      this.#readVarint();
      this.#stackLocationIds.push(this.#low);
    }
    this.#end = eventEnd;
  }

  /** Little-endian, as every fixed-size field of protobuf. */
  #int32At(position: number): number {
    const bytes = this.#bytes;
    return (
      (bytes[position] as number) |
      ((bytes[position + 1] as number) << 8) |
      ((bytes[position + 2] as number) << 16) |
      ((bytes[position + 3] as number) << 24)
    );
  }

  #readTag(): number {
    const first = this.#bytes[this.#position] as number;
    if (first < 0x80) {
      this.#position++;
      return first;
    }
    this.#readVarint();
    if (this.#high !== 0) throw this.#malformed('tag');
    return this.#low;
  }

  #readLength(): number {
    this.#readVarint();
    const length = this.#low;
    if (this.#high !== 0 || length > this.#end - this.#position) throw this.#malformed('length');
    return length;
  }

  /** Base-128, at most 10 bytes, into #low and #high. */
  #readVarint(): void {
    const bytes = this.#bytes;
    const end = this.#end;
    let position = this.#position;
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      if (position >= end) throw this.#malformed('end');
      const byte = bytes[position++] as number;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.#position = position;
        this.#low = low;
        this.#high = 0;
        return;
      }
    }
    this.#position = position;
    this.#readVarintEnd(low);
  }

  /** The fifth byte and on, above the low 28 bits. */
  #readVarintEnd(low28: number): void {
    let high = 0;
    for (let shift = -4; shift <= 31; shift += 7) {
      if (this.#position >= this.#end) throw this.#malformed('end');
      const byte = this.#bytes[this.#position++] as number;
      if (shift < 0) {
        this.#low = (low28 | (byte << 28)) >>> 0;
        high = (byte & 0x7f) >>> 4;
      } else {
        high |= (byte & 0x7f) << shift;
      }
      if (byte < 0x80) {
        this.#high = high >>> 0;
        return;
      }
    }
    throw this.#malformed('integer');
  }

  #skip(tag: number, depth: number): void {
    if (tag >>> 3 === 0) throw this.#malformed('field number 0');
    switch (tag & 7) {
      case VARINT:
        this.#readVarint();
        break;
      case FIXED64:
        this.#advance(8);
        break;
      case LENGTH_DELIMITED:
        this.#advance(this.#readLength());
        break;
      case GROUP_START:
        this.#skipGroup(tag >>> 3, depth);
        break;
      case FIXED32:
        this.#advance(4);
        break;
      default:
        throw this.#malformed('wire type');
    }
  }

  #skipGroup(field: number, depth: number): void {
    if (depth >= MAX_GROUP_DEPTH) throw this.#malformed('nesting');
    while (this.#position < this.#end) {
      const tag = this.#readTag();
      if ((tag & 7) === GROUP_END) {
        if (tag >>> 3 !== field) throw this.#malformed('group');
        return;
      }
      this.#skip(tag, depth + 1);
    }
    throw this.#malformed('end');
  }

  #advance(lengthBytes: number): void {
    if (lengthBytes > this.#end - this.#position) throw this.#malformed('end');
    this.#position += lengthBytes;
  }

  #malformed(what: string): RangeError {
    return new RangeError(
      `Cannot decode an event batch: wrong ${what} at byte ${this.#position} of ${this.#bytes.length}`,
    );
  }
}
