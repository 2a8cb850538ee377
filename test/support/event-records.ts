import { EVENT, PWRU_EVENT_STACK, STACK } from '../../agent/src/core/record/layout.ts';

/** Deterministic random numbers (xorshift32), so that a failing case can be run again. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 1;
  }

  word(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }

  /** An integer from 0 to `limit` - 1. */
  below(limit: number): number {
    return this.word() % limit;
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }
}

type EventField = Exclude<keyof typeof EVENT, 'SIZE'>;

/** Values for the fields of a struct pwru_event; text and addresses as bytes; what is absent is zero. */
export type EventFields = Partial<Record<EventField, number | bigint | Uint8Array | string>> & {
  readonly stack?: readonly bigint[];
};

/** The bytes of a ring record, written independently of the encoder's own reading. */
export function eventBytes(fields: EventFields, withStackRoom = fields.stack !== undefined) {
  const record = Buffer.alloc(EVENT.SIZE + (withStackRoom ? STACK.SIZE : 0));
  const { stack, ...plain } = fields;
  for (const [name, value] of Object.entries(plain)) {
    const { offset, size } = EVENT[name as EventField];
    if (typeof value === 'string') record.write(value, offset, size, 'latin1');
    else if (value instanceof Uint8Array) record.set(value.subarray(0, size), offset);
    else if (size === 8) record.writeBigUInt64LE(BigInt(value), offset);
    else record.writeUIntLE(Number(value), offset, size);
  }
  if (stack !== undefined) {
    record.writeUInt8(Number(fields.flags ?? 0) | PWRU_EVENT_STACK, EVENT.flags.offset);
    record.writeUInt32LE(8 * stack.length, EVENT.stack_bytes.offset);
    for (const [index, address] of stack.entries()) {
      record.writeBigUInt64LE(address, EVENT.SIZE + 8 * index);
    }
  }
  return record;
}
