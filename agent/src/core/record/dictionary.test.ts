import { describe, expect, test } from 'vitest';
import { pwru } from '../../../../proto/gen/pwru.js';
import { type EventFields, eventBytes } from '../../../../test/support/event-records.ts';
import { EventEncoder } from './encoder.ts';
import type { EventNames } from './event-names.ts';
import { PWRU_FLAG_DROP } from './layout.ts';
import { EventRecord } from './record-view.ts';

const { TraceResponse } = pwru.v1;

/** Names that can be changed, and an encoder that uses them. */
function setUp(isTracingCode?: (address: bigint) => boolean) {
  const symbols = new Map<bigint, string>();
  const reasons = new Map<number, string>();
  const names: EventNames = {
    functionAt: () => ({ name: 'kfree_skb', module: '', tracepoint: true }),
    codeLocationAt: (address, isSettled) => ({
      symbol: (isSettled ? symbols.get(address) : undefined) ?? `0x${address.toString(16)}`,
      offsetBytes: 0,
      module: '',
    }),
    dropReasonName: (value) => reasons.get(value) ?? String(value),
    networkNamespaceOf: () => ({ name: '' }),
    ...(isTracingCode === undefined ? {} : { isTracingCode }),
  };
  const encoder = new EventEncoder(names, { hashSeed: 7 });
  const append = (fields: EventFields) => {
    const bytes = eventBytes({ place: 1n, flags: PWRU_FLAG_DROP, ...fields });
    const memory = new ArrayBuffer(bytes.length);
    new Uint8Array(memory).set(bytes);
    encoder.append(new EventRecord(0, memory));
  };
  const entriesOf = (response: Uint8Array | undefined) =>
    TraceResponse.decode(response ?? new Uint8Array()).dictionary?.entries ?? [];
  const events = () =>
    TraceResponse.decode(encoder.take() ?? new Uint8Array()).events?.events ?? [];
  return { symbols, reasons, encoder, append, entriesOf, events };
}

const location = 0xffffffffc025f4ffn;

describe('Dictionary names code locations and drop reasons', () => {
  test('when the batch is closed, not when the event comes', () => {
    const { symbols, reasons, encoder, append, entriesOf, events } = setUp();
    append({ location, reason: 0x30003 });
    expect(encoder.dictionary.unsettled).toEqual({ addresses: [location], dropReasons: [0x30003] });
    symbols.set(location, 'nft_do_chain');
    reasons.set(0x30003, 'OVS_DROP_METER');
    const [settled] = entriesOf(encoder.dictionary.takeSettled());
    expect(settled?.function?.name).toBe('kfree_skb');
    const [reason, place] = entriesOf(encoder.dictionary.takeUnsettled(true));
    expect(reason?.dropReason).toMatchObject({ value: 0x30003, name: 'OVS_DROP_METER' });
    expect(place?.codeLocation?.symbol).toBe('nft_do_chain');
    const [event] = events();
    expect([event?.dropReasonId, event?.dropLocationId]).toEqual([reason?.id, place?.id]);
    expect(encoder.dictionary.unsettled).toBeUndefined();
    expect(encoder.dictionary.takeUnsettled(true)).toBeUndefined();
  });

  test('by their number where they could not be settled, and again with a new id once they are', () => {
    const { symbols, encoder, append, entriesOf } = setUp();
    const place = () => entriesOf(encoder.dictionary.take())[0];
    symbols.set(location, 'nft_do_chain');
    append({ location, reason: 2 });
    const [, hidden] = entriesOf(encoder.dictionary.takeUnsettled(false));
    expect(hidden?.codeLocation?.symbol).toBe('0xffffffffc025f4ff');
    encoder.dictionary.take();
    encoder.dictionary.checkNames();
    append({ location, reason: 2 });
    const named = place();
    expect(named?.codeLocation?.symbol).toBe('nft_do_chain');
    expect(named?.id).toBeGreaterThan(hidden?.id ?? 0);
  });

  test('once, while they have the same names', () => {
    const { symbols, reasons, encoder, append, entriesOf } = setUp();
    symbols.set(location, 'nft_do_chain');
    append({ location, reason: 2 });
    encoder.dictionary.take();
    symbols.set(1n, 'another');
    reasons.set(9, 'ANOTHER');
    encoder.dictionary.checkNames();
    append({ location, reason: 2 });
    expect(entriesOf(encoder.dictionary.take())).toEqual([]);
  });

  test('again when another module lies in the same place', () => {
    const { symbols, reasons, encoder, append, entriesOf } = setUp();
    symbols.set(location, 'netem_enqueue');
    append({ location, reason: 0x30003 });
    encoder.dictionary.take();
    symbols.set(location, 'sfq_enqueue');
    reasons.set(0x30003, 'OVS_DROP_METER');
    encoder.dictionary.checkNames();
    append({ location, reason: 0x30003 });
    const [reason, place] = entriesOf(encoder.dictionary.take());
    expect(place?.codeLocation?.symbol).toBe('sfq_enqueue');
    expect(reason?.dropReason?.name).toBe('OVS_DROP_METER');
  });
});

describe('a stack', () => {
  const own = [0xffffffffc0007c43n, 0xffffffffc0006aecn];
  const glue = 0xffffffff81230081n;
  const callers = [0xffffffff81a042e0n, 0xffffffff81ad2f60n];

  function framesOf(stack: readonly bigint[], tracing: readonly bigint[]) {
    const { encoder, append, entriesOf, events } = setUp((address) => tracing.includes(address));
    for (let round = 0; round < 2; round++) append({ location, stack });
    const symbols = new Map(
      entriesOf(encoder.dictionary.take()).map(({ id, codeLocation }) => [
        id,
        codeLocation?.symbol,
      ]),
    );
    const [first, second] = events().map(({ stackLocationIds }) => stackLocationIds ?? []);
    expect(second).toEqual(first);
    return first?.map((id) => BigInt(symbols.get(id) ?? 0));
  }

  test('begins with the function that was hit', () => {
    expect(framesOf([...own, glue, ...callers], [...own, glue])).toEqual(callers);
    expect(framesOf(callers, [...own, glue])).toEqual(callers);
  });

  test('keeps the same code where it is not on top', () => {
    expect(framesOf([callers[0] ?? 0n, glue, ...callers], [...own, glue])).toEqual([
      ...[callers[0], glue],
      ...callers,
    ]);
  });

  test('may be empty then', () => {
    expect(framesOf([...own, glue], [...own, glue])).toEqual([]);
  });
});
