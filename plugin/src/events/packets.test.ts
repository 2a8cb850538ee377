import Long from 'long';
import { expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { EventCursor } from './cursor.ts';
import { PacketClock } from './packets.ts';

function clockReader() {
  const clock = new PacketClock();
  const cursor = new EventCursor();
  return (packetId: string, bootTimeNs: string): [number, number] => {
    const event = {
      packetId: Long.fromString(packetId, true),
      bootTimeNs: Long.fromString(bootTimeNs, true),
    };
    cursor.reset(pwru.v1.EventBatch.encode({ events: [event] }).finish());
    cursor.next();
    clock.advance(cursor);
    return [clock.sinceFirstNs, clock.sincePreviousNs];
  };
}

test('PacketClock measures each packet by itself', () => {
  const at = clockReader();
  expect(at('1', '1000')).toEqual([0, 0]);
  expect(at('2', '1500')).toEqual([0, 0]);
  expect(at('1', '1700')).toEqual([700, 700]);
  expect(at('2', '1501')).toEqual([1, 1]);
  expect(at('1', '1600')).toEqual([600, -100]);
});

test('PacketClock gives a packet without identity no past', () => {
  const at = clockReader();
  expect(at('0', '1000')).toEqual([0, 0]);
  expect(at('0', '2000')).toEqual([0, 0]);
});

test('PacketClock is exact to the nanosecond beyond 2^53, for times and identities', () => {
  const at = clockReader();
  expect(at('18446744073709551615', '9223372036854775807')).toEqual([0, 0]);
  expect(at('18446744073709551614', '9223372036854775808')).toEqual([0, 0]);
  expect(at('18446744073709551615', '9223372036854775810')).toEqual([3, 3]);
  expect(at('9007199254740993', '9223372036854775811')).toEqual([0, 0]);
  expect(at('9007199254740992', '9223372036854775812')).toEqual([0, 0]);
});

test('PacketClock remembers the last 32,768 packets and forgets those of long ago', () => {
  const at = clockReader();
  at('1', '0');
  for (let id = 2; id <= 32_769; id++) at(String(id), '10');
  expect(at('1', '20')).toEqual([20, 20]);
  for (let id = 100_000; id <= 100_000 + 65_536; id++) at(String(id), '30');
  expect(at('1', '40')).toEqual([0, 0]);
});
