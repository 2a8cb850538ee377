import { Writable } from 'node:stream';
import Long from 'long';
import { EventEncoder } from '../../agent/src/core/record/encoder.ts';
import type { RingMerge } from '../../agent/src/core/ring/ring-merge.ts';
import { EventCursor } from '../../plugin/src/events/cursor.ts';
import { Dictionary } from '../../plugin/src/events/dictionary.ts';
import { eventBatchOf } from '../../plugin/src/events/trace-response.ts';
import { JsonRenderer } from '../../plugin/src/render/json.ts';
import { PrintedEvents } from '../../plugin/src/render/printed-events.ts';
import type { EventRenderer } from '../../plugin/src/render/renderer.ts';
import { TableRenderer } from '../../plugin/src/render/table.ts';
import { Channel } from '../../plugin/src/terminal/channel.ts';
import { plainStyle } from '../../plugin/src/terminal/style.ts';
import { SessionConsumers } from '../../plugin/src/trace/session-consumers.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { names } from './pipeline-workload.ts';

const chunkBytes = 64 * 1024;

const nowhere = new Channel(new Writable());

const table = new TableRenderer({
  ...{ timestamp: 'none', headers: false, style: plainStyle },
  ...{ terminalWidth: undefined, place: 'machine' },
});

/** What a client of this process makes of the records that are read, as with --local; nothing is written anywhere. */
export const renderingStages: ReadonlyArray<{
  readonly name: string;
  read(merge: RingMerge): number;
}> = [
  { name: 'read, merge, encode, decode', read: decodeAll(undefined) },
  { name: 'read, merge, encode, decode, table', read: decodeAll(table) },
  { name: 'read, merge, encode, decode, JSON', read: decodeAll(new JsonRenderer()) },
];

function decodeAll(renderer: EventRenderer | undefined): (merge: RingMerge) => number {
  const encoder = new EventEncoder(names, { hashSeed: 1, shortRepeats: true });
  const dictionary = new Dictionary();
  const started = new pwru.v1.Started({ bootToWallNs: Long.fromString('1790000000123456789') });
  const printer = renderer && new PrintedEvents(renderer, nowhere);
  const consumers = printer === undefined ? [] : [printer];
  const session = new SessionConsumers({ node: 'node-1', started, dictionary }, consumers);
  const cursor = new EventCursor();
  const decode = () => {
    const entries = encoder.dictionary.take();
    if (entries !== undefined) {
      dictionary.add(pwru.v1.TraceResponse.decode(entries).dictionary?.entries ?? []);
    }
    let events = 0;
    cursor.reset(eventBatchOf(encoder.take() ?? new Uint8Array()) ?? new Uint8Array());
    for (; cursor.next(); events++) {
      session.event(cursor);
      if (printer !== undefined && printer.pendingBytes >= chunkBytes) printer.discard();
    }
    return events;
  };
  return (merge) => {
    let events = 0;
    for (let record = merge.next(); record !== undefined; record = merge.next()) {
      if (encoder.isFull) events += decode();
      encoder.append(record);
    }
    return events + decode();
  };
}
