import { expect, test } from 'vitest';
import { EventEncoder } from '../../agent/src/core/record/encoder.ts';
import { recordedNames, recordOf, wireLines } from './wire-lines.ts';

test.each([false, true])(
  'records become the bytes that were recorded (short repeats: %s)',
  (shortRepeats) => {
    const encoder = new EventEncoder(recordedNames, { hashSeed: 1, shortRepeats });
    let batches = 0;
    for (const line of wireLines.filter((each) => each.shortRepeats === shortRepeats)) {
      encoder.append(recordOf(line));
      if (line.responses === undefined) continue;
      const sent = [encoder.dictionary.take(), encoder.take()].map((response) =>
        Buffer.from(response ?? []).toString('hex'),
      );
      expect(sent, `batch ${++batches}`).toEqual(line.responses);
    }
    expect(batches).toBe(10);
  },
);
