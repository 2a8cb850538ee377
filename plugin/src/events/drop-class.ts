import { pwru } from '../../../proto/gen/pwru.js';

const { DropClass } = pwru.v1;

/** Classes of drops, in the order of a summary. */
export const dropClassNames = [
  'lost',
  'not-known',
  'copy',
  'discarded',
  'unwanted',
  'not-a-packet',
] as const;

export type DropClassName = (typeof dropClassNames)[number];

interface DropClassWords {
  readonly name: DropClassName | 'unknown';
  /** Behind a row's reason; empty for a loss, which needs no words. */
  readonly inRow: string;
}

const words: Readonly<Record<number, DropClassWords>> = {
  [DropClass.DROP_CLASS_LOST]: { name: 'lost', inRow: '' },
  [DropClass.DROP_CLASS_COPY]: {
    name: 'copy',
    inRow: 'copy dropped',
  },
  [DropClass.DROP_CLASS_DISCARDED]: {
    name: 'discarded',
    inRow: 'discarded after delivery',
  },
  [DropClass.DROP_CLASS_UNWANTED]: {
    name: 'unwanted',
    inRow: 'for nobody here',
  },
  [DropClass.DROP_CLASS_NOT_A_PACKET]: {
    name: 'not-a-packet',
    inRow: 'not a packet',
  },
  [DropClass.DROP_CLASS_NOT_KNOWN]: {
    name: 'not-known',
    inRow: 'not known whether lost',
  },
};

export function wordsOfDropClass(dropClass: number): DropClassWords {
  return words[dropClass] ?? { name: 'unknown', inRow: '' };
}

/** Packets with drops by class, of one or several sessions, in the order of a summary; only classes with packets. */
export function droppedPackets(
  dropped: readonly pwru.v1.DroppedPackets.$Properties[],
): ReadonlyMap<DropClassName | 'unknown', bigint> {
  const packets = new Map<DropClassName | 'unknown', bigint>();
  for (const name of [...dropClassNames, 'unknown'] as const) {
    const sum = dropped
      .filter(({ dropClass }) => wordsOfDropClass(dropClass ?? 0).name === name)
      .reduce((total, { packets: more }) => total + BigInt((more ?? 0).toString()), 0n);
    if (sum > 0n) packets.set(name, sum);
  }
  return packets;
}
