import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventNames } from '../../agent/src/core/record/event-names.ts';
import { EventRecord } from '../../agent/src/core/record/record-view.ts';
import { type EventFields, eventBytes } from '../support/event-records.ts';

/** wire.ndjson, a line per record: its fields, and from `responses` on what had to be sent before the next one. */
export interface WireLine {
  readonly shortRepeats: boolean;
  readonly cpu: number;
  /** 64-bit integers as "123n", bytes as "hex:0a00". */
  readonly fields: Record<string, number | string | readonly string[]>;
  /** Encoded pwru.v1.TraceResponse messages in hexadecimal: the dictionary's, then the batch. */
  readonly responses?: readonly string[];
}

/** What everything in them is called. */
export const recordedNames: EventNames = {
  functionAt: (address) => ({
    name: `function_${address.toString(16)}`,
    module: address % 2n === 0n ? '' : 'nf_nat',
    tracepoint: address < 4096n,
  }),
  codeLocationAt: (address) => ({
    ...{ symbol: `symbol_${address.toString(16)}`, offsetBytes: Number(address & 0xffn) },
    module: '',
  }),
  dropReasonName: (value) => `REASON_${value}`,
  networkNamespaceOf: (inode) => ({ name: inode % 2 === 0 ? '' : `ns-${inode}` }),
};

function fieldOf(value: number | string | readonly string[]): unknown {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return value.map(fieldOf);
  if (value.startsWith('hex:')) return new Uint8Array(Buffer.from(value.slice(4), 'hex'));
  return /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value;
}

export function recordOf({ fields, cpu }: WireLine): EventRecord {
  const entries = Object.entries(fields).map(([name, value]) => [name, fieldOf(value)] as const);
  const bytes = eventBytes(Object.fromEntries(entries) as EventFields, true);
  const memory = new ArrayBuffer(bytes.length);
  new Uint8Array(memory).set(bytes);
  return new EventRecord(cpu, memory);
}

export const wireLines: readonly WireLine[] = readFileSync(
  join(import.meta.dirname, 'wire.ndjson'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as WireLine);
