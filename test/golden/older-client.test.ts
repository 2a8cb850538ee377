import { join } from 'node:path';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { EventEncoder } from '../../agent/src/core/record/encoder.ts';
import { PWRU_FLAG_FREED, PWRU_KIND_END } from '../../agent/src/core/record/layout.ts';
import { recordedNames, recordOf, wireLines } from './wire-lines.ts';

/** The protocol as of revision 3 (GetInfoResponse.api_revision), before there were kinds of events; and of today. */
const older = protobuf.loadSync(join(import.meta.dirname, 'revision-3', 'trace.proto'));
const newer = new protobuf.Root();
newer.resolvePath = (_, path) => join(import.meta.dirname, '../../proto', path);
newer.loadSync('pwru/v1/trace.proto');

type PlainEvent = Record<string, unknown>;

function eventsOf(root: protobuf.Root, response: Uint8Array): PlainEvent[] {
  const type = root.lookupType('pwru.v1.TraceResponse');
  const decoded = type.toObject(type.decode(response), { longs: String, bytes: String });
  return (decoded as { events: { events: PlainEvent[] } }).events.events;
}

test('a client of an older revision reads all that it knows of a stream with newer fields', () => {
  const encoder = new EventEncoder(recordedNames, { hashSeed: 1, tellsEnds: true });
  for (const line of wireLines.slice(0, 100)) encoder.append(recordOf(line));
  const end = { packet_id: '7n', place: '9n', flags: PWRU_FLAG_FREED, kind: PWRU_KIND_END };
  encoder.appendEnd(recordOf({ shortRepeats: false, cpu: 1, fields: end }));
  const response = encoder.take() ?? new Uint8Array();
  const events = eventsOf(newer, response);
  expect(events.filter(({ endsBuffer }) => endsBuffer === true).length).toBeGreaterThan(20);
  expect(events.at(-1)).toMatchObject({ kind: 1, packetId: '7' });
  const isKnown = ([name]: [string, unknown]) => name !== 'kind' && name !== 'endsBuffer';
  const known = events.map((event) => Object.fromEntries(Object.entries(event).filter(isKnown)));
  expect(eventsOf(older, response)).toEqual(known);
});

test('a client that asks for nothing new is sent nothing new', () => {
  const encoder = new EventEncoder(recordedNames, { hashSeed: 1 });
  for (const line of wireLines.slice(0, 100)) encoder.append(recordOf(line));
  const events = eventsOf(newer, encoder.take() ?? new Uint8Array());
  expect(events).toHaveLength(100);
  expect(events.some((event) => 'kind' in event || 'endsBuffer' in event)).toBe(false);
});
