import {
  DROP,
  END,
  HIT,
  PWRU_FLAG_DROP,
  PWRU_KIND_END,
  PWRU_KIND_HIT,
  PWRU_SECTION_DROP,
  PWRU_SECTION_STACK,
  RECORD,
  SECTION,
  STACK,
} from '../../agent/src/core/record/layout.ts';

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

type FieldName =
  | keyof typeof RECORD
  | keyof typeof HIT
  | keyof typeof DROP
  | keyof typeof END
  | 'stack';
type FieldValue = number | bigint | Uint8Array | string;

/**
 * Values for the members of a record and its sections; text and addresses as bytes; what is absent is zero. Of a kind END with
 * `kind`; flags say whether there is a drop.
 */
export type EventFields = Partial<Record<Exclude<FieldName, 'SIZE' | 'stack'>, FieldValue>> & {
  readonly stack?: readonly bigint[];
};

type Layout = Readonly<Record<string, { readonly offset: number; readonly size: number } | number>>;

function put(record: Buffer, start: number, layout: Layout, fields: EventFields): void {
  for (const [name, value] of Object.entries(fields)) {
    const place = layout[name];
    if (typeof place !== 'object' || Array.isArray(value)) continue;
    const { size } = place;
    const offset = start + place.offset;
    if (typeof value === 'string') record.write(value, offset, size, 'latin1');
    else if (value instanceof Uint8Array) record.set(value.subarray(0, size), offset);
    else if (size === 8) record.writeBigUInt64LE(BigInt(value as bigint), offset);
    else record.writeUIntLE(Number(value), offset, size);
  }
}

function section(type: number, bytes: number): Buffer<ArrayBuffer> {
  const record = Buffer.alloc(bytes);
  record.writeUInt16LE(type, SECTION.type.offset);
  record.writeUInt16LE(bytes, SECTION.bytes.offset);
  return record;
}

/**
 * The bytes of a ring record, written independently of the encoder's own reading.
 * @param withStackRoom as reserved in a session whose records have stacks
 */
export function eventBytes(fields: EventFields, withStackRoom = fields.stack !== undefined) {
  const isEnd = fields.kind === PWRU_KIND_END;
  const body: Buffer<ArrayBuffer> = Buffer.alloc(isEnd ? END.SIZE : HIT.SIZE);
  put(body, 0, isEnd ? END : HIT, fields);
  const parts = [body];
  if ((Number(fields.flags ?? 0) & PWRU_FLAG_DROP) !== 0 && !isEnd) {
    const drop = section(PWRU_SECTION_DROP, DROP.SIZE);
    put(drop, 0, DROP, fields);
    parts.push(drop);
  }
  const { stack: addresses = [] } = fields;
  if (addresses.length > 0) {
    const stack = section(PWRU_SECTION_STACK, SECTION.SIZE + 8 * addresses.length);
    for (const [index, address] of addresses.entries())
      stack.writeBigUInt64LE(address, STACK.address.offset + 8 * index);
    parts.push(stack);
  }
  const used = Buffer.concat(parts);
  put(used, 0, RECORD, { kind: PWRU_KIND_HIT, ...fields, bytes: used.length });
  const usedStackBytes = addresses.length > 0 ? (parts.at(-1)?.length ?? 0) : 0;
  const room = withStackRoom ? Math.max(0, STACK.SIZE - usedStackBytes) : 0;
  return Buffer.concat([used, Buffer.alloc(room)]);
}
