import assert from 'node:assert/strict';
import fc from 'fast-check';
import Long from 'long';
import { EventCursor } from '../../plugin/src/events/cursor.ts';
import { Dictionary } from '../../plugin/src/events/dictionary.ts';
import { JsonRenderer } from '../../plugin/src/render/json.ts';
import type { EventRenderer } from '../../plugin/src/render/renderer.ts';
import { TableRenderer } from '../../plugin/src/render/table.ts';
import { plainStyle } from '../../plugin/src/terminal/style.ts';
import { Random } from '../../plugin/testing/random.ts';
import { randomBatch } from '../../plugin/testing/random-batch.ts';
import { RenderedSession } from '../../plugin/testing/rendered-text.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { editedBytes } from './edited-bytes.ts';
import { oddWords } from './edited-text.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { valueUnless } from './outcome.ts';

const name = oddWords([
  'ip_rcv',
  'eth0',
  'curl',
  'NO_SOCKET',
  'shop',
  'web-1',
  '0xffffffff81000000',
]);
/** Ids that the batches have, too. */
const id = fc.constantFrom(0, 1, 127, 128, 0xffff_ffff);

const entry: fc.Arbitrary<pwru.v1.DictionaryEntry.$Properties> = fc.oneof(
  fc.record({ id, function: fc.record({ name, module: name, tracepoint: fc.boolean() }) }),
  fc.record({ id, interface: fc.record({ name, index: id, netnsInode: id }) }),
  fc.record({ id, process: fc.record({ name, pid: id, context: fc.nat(4) }) }),
  fc.record({ id, dropReason: fc.record({ name, dropClass: fc.nat(9), note: name }) }),
  fc.record({ id, codeLocation: fc.record({ symbol: name, offsetBytes: id, module: name }) }),
  fc.record({
    id,
    networkNamespace: fc.record({
      ...{ inode: id, name, node: fc.boolean() },
      pod: fc.option(fc.record({ namespace: name, name, uid: name }), { nil: null }),
    }),
  }),
);
const entries = fc.array(entry, { maxLength: 8 });
const batches = editedBytes(fc.nat().map((seed) => randomBatch(new Random(seed))));

/** What could move a terminal's cursor, change its colours, or hide what was written. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Cs}]/u;

/** What is printed of each event, up to where the batch is damaged. */
function printed(
  renderer: EventRenderer,
  list: readonly pwru.v1.DictionaryEntry.$Properties[],
  batch: Uint8Array,
): string[] {
  const dictionary = new Dictionary('shop');
  dictionary.add(list);
  const started = new pwru.v1.Started({ node: 'n', bootToWallNs: Long.fromNumber(1e18) });
  const session = new RenderedSession(renderer, { node: 'n', started, dictionary });
  const cursor = new EventCursor();
  cursor.reset(batch);
  const texts: string[] = [];
  valueUnless(
    () => {
      while (cursor.next()) texts.push(session.textOf(cursor));
    },
    (thrown) => thrown instanceof RangeError && /^Cannot decode /.test(thrown.message),
  );
  return texts;
}

function table(terminalWidth: number | undefined): TableRenderer {
  return new TableRenderer({
    ...{ headers: true, style: plainStyle, place: 'machine', timestamp: 'absolute' },
    terminalWidth,
  });
}

export const rows: FuzzSubject = {
  name: 'rows',
  properties: [
    property(
      'of the table: whole lines without a sign that a terminal obeys, whatever things are called',
      fc.tuple(entries, batches, fc.constantFrom(undefined, 40, 80, 200)),
      ([list, batch, width]) => {
        for (const text of printed(table(width), list, batch)) {
          assert(text.endsWith('\n'));
          assert.doesNotMatch(text.replaceAll('\n', ''), unprintable);
        }
      },
      { boundedCases: 400 },
    ),
    property(
      'of JSON: one line each, an object that can be read',
      fc.tuple(entries, batches),
      ([list, batch]) => {
        for (const text of printed(new JsonRenderer(), list, batch)) {
          assert.equal(text.indexOf('\n'), text.length - 1);
          assert.doesNotMatch(text.slice(0, -1), unprintable);
          assert.equal(typeof JSON.parse(text), 'object');
        }
      },
      { boundedCases: 400 },
    ),
  ],
};
