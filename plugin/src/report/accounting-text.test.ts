import Long from 'long';
import { describe, expect, it } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { dropsText } from './summary.ts';

const {
  DROP_CLASS_LOST: lost,
  DROP_CLASS_COPY: copy,
  DROP_CLASS_NOT_KNOWN: notKnown,
} = pwru.v1.DropClass;

/** Of packets by class. */
const textOf = (...packets: readonly (readonly [pwru.v1.DropClass, number])[]) =>
  dropsText({
    droppedPackets: packets.map(([dropClass, n]) => ({ dropClass, packets: Long.fromNumber(n) })),
  });

describe('what --drops came to', () => {
  it('is nothing where nothing was dropped', () => {
    expect(textOf()).toBeUndefined();
  });

  it('tells losses from what was none', () => {
    expect(textOf([lost, 1])).toBe('1 packet lost');
    expect(textOf([copy, 30], [lost, 2])).toBe(
      '2 packets lost; no loss: 30 dropped while another copy arrived or lived',
    );
    expect(textOf([copy, 1])).toBe(
      '0 packets lost; no loss: 1 dropped while another copy arrived or lived',
    );
  });

  it('calls what is not known neither', () => {
    expect(textOf([notKnown, 3])).toBe(
      "0 packets lost; 3 may be lost (another sk_buff had their bytes, perhaps a capture's)",
    );
    expect(textOf([copy, 4], [notKnown, 3], [lost, 1])).toBe(
      "1 packet lost; 3 may be lost (another sk_buff had their bytes, perhaps a capture's); no loss: 4 dropped while another copy arrived or lived",
    );
  });

  it('has a place for a class of a later agent', () => {
    expect(textOf([99 as pwru.v1.DropClass, 1])).toBe(
      '0 packets lost; 1 of a class that this version does not know',
    );
  });
});
