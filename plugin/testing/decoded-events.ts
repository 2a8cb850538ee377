import Long from 'long';
import protobuf from 'protobufjs/minimal.js';
import { pwru } from '../../proto/gen/pwru.js';
import { EventCursor } from '../src/events/cursor.ts';
import { detailsOf, type PacketDetails } from '../src/events/details.ts';

/** All fields of the event that the cursor stands on, in the form of the generated decoder's message. */
export function snapshot(cursor: EventCursor): pwru.v1.Event.$Properties {
  const { bytes } = cursor;
  const slice = (start: number, length: number) =>
    Uint8Array.from(bytes.subarray(start, start + length));
  return {
    bootTimeNs: new Long(cursor.bootTimeNsLow, cursor.bootTimeNsHigh, true),
    skbAddress: new Long(cursor.skbAddressLow, cursor.skbAddressHigh, true),
    packetId: new Long(cursor.packetIdLow, cursor.packetIdHigh, true),
    functionId: cursor.functionId,
    cpu: cursor.cpu,
    netnsInode: cursor.netnsInode,
    interfaceId: cursor.interfaceId,
    processId: cursor.processId,
    mark: cursor.mark,
    lengthBytes: cursor.lengthBytes,
    mtuBytes: cursor.mtuBytes,
    etherType: cursor.etherType,
    ipVersion: cursor.ipVersion,
    sourceAddress: slice(cursor.sourceAddressStart, cursor.sourceAddressLength),
    destinationAddress: slice(cursor.destinationAddressStart, cursor.destinationAddressLength),
    ipProtocol: cursor.ipProtocol,
    sourcePort: cursor.sourcePort,
    destinationPort: cursor.destinationPort,
    tcpFlags: cursor.tcpFlags,
    icmpTypeCode: cursor.icmpTypeCode,
    vlanTci: cursor.vlanTci,
    hasVlan: cursor.hasVlan,
    dropReasonId: cursor.dropReasonId,
    dropLocationId: cursor.dropLocationId,
    kind: cursor.kind,
    endsBuffer: cursor.endsBuffer,
    stackLocationIds: [...cursor.stackLocationIds],
    details: plainDetails(detailsOf(cursor)),
  };
}

/** An empty message says no more than none. */
function plainDetails(details: PacketDetails | undefined): Record<string, unknown> | null {
  if (details === undefined) return null;
  const { inner, ...own } = details;
  const plain = {
    ...own,
    inner: inner === undefined ? null : { kind: inner.kind, value: inner.value },
  };
  return Object.values(plain).some(Boolean) ? plain : null;
}

function decodedDetails(event: pwru.v1.Event.$Properties): Record<string, unknown> | null {
  if (!event.details) return null;
  const details = new pwru.v1.PacketDetails(event.details);
  const { noPorts, fragmentOffsetBytes, mtuSource, mtuInterfaceIndex, inner } = details;
  return plainDetails({
    ...{ noPorts, fragmentOffsetBytes, mtuSource, mtuInterfaceIndex },
    inner: inner ? new pwru.v1.InnerPacket(inner) : undefined,
  });
}

/** The same of a message of the generated decoder, its defaults filled in. */
function plain(decoded: pwru.v1.Event.$Properties): pwru.v1.Event.$Properties {
  const unsigned = (value: Long) => new Long(value.low, value.high, true);
  const event = new pwru.v1.Event(decoded);
  const { repeatsPacket: _, ...fields } = Object.fromEntries(Object.entries(event));
  return {
    ...snapshot(new EventCursor()),
    ...fields,
    bootTimeNs: unsigned(event.bootTimeNs),
    skbAddress: unsigned(event.skbAddress),
    packetId: unsigned(event.packetId),
    sourceAddress: Uint8Array.from(event.sourceAddress),
    destinationAddress: Uint8Array.from(event.destinationAddress),
    stackLocationIds: [...event.stackLocationIds],
    // A number that is no enum value is signed there.
    kind: event.kind >>> 0,
    details: decodedDetails(decoded),
  };
}

const ownFields = [
  ...(['bootTimeNs', 'functionId', 'dropReasonId', 'dropLocationId', 'stackLocationIds'] as const),
  ...(['kind', 'endsBuffer'] as const),
] as const;

/** What `repeats_packet` stands for: all of an event but these. */
const fieldsOfRepeats = new Set([1, 4, 23, 24, 25, 26]);
const firstOwnField = 64;

/** Numbers of the fields of each event, whatever their wire types. */
function fieldNumbers(batch: Uint8Array): number[][] {
  const reader = protobuf.Reader.create(batch);
  const events: number[][] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === ((1 << 3) | 2)) events.push(numbersIn(protobuf.Reader.create(reader.bytes())));
    else reader.skipType(tag & 7, 0, tag >>> 3);
  }
  return events;
}

function numbersIn(reader: protobuf.Reader): number[] {
  const numbers: number[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    numbers.push(tag >>> 3);
    reader.skipType(tag & 7, 0, tag >>> 3);
  }
  return numbers;
}

/** 1 to 22, 27, and 32 to 63. */
const isOfPacket = (field: number) =>
  (field < 28 || field > 31) && field < firstOwnField && !fieldsOfRepeats.has(field);

/**
 * What the generated decoder makes of a batch, with what `repeats_packet` leaves out filled in.
 * @throws Error when it refuses the batch, or when an event repeats none or has what it should leave out
 */
export function expectedEvents(batch: Uint8Array): pwru.v1.Event.$Properties[] {
  const events: pwru.v1.Event.$Properties[] = [];
  const decodedEvents = pwru.v1.EventBatch.decode(batch).events;
  const numbers = fieldNumbers(batch);
  for (const [index, decoded] of decodedEvents.entries()) {
    const event = plain(decoded);
    const before = events.at(-1);
    if (decoded.repeatsPacket !== true) {
      events.push(event);
      continue;
    }
    if (before === undefined || numbers[index]?.some(isOfPacket) !== false) {
      throw new Error('Not a repeat');
    }
    const own = Object.fromEntries(ownFields.map((name) => [name, event[name]]));
    events.push({ ...before, ...own });
  }
  return events;
}

/** The same by the cursor. */
export function decodeAll(batch: Uint8Array): pwru.v1.Event.$Properties[] {
  const cursor = new EventCursor();
  cursor.reset(batch);
  const events = [];
  while (cursor.next()) events.push(snapshot(cursor));
  return events;
}
