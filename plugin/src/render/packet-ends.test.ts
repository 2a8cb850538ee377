import Long from 'long';
import { expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { EventCursor } from '../events/cursor.ts';
import { Dictionary } from '../events/dictionary.ts';
import type { JsonPacketEnd } from '../events/json-shapes.ts';
import { colourStyle, plainStyle } from '../terminal/style.ts';
import { TextBuffer } from '../terminal/text-buffer.ts';
import { SessionConsumers } from '../trace/session-consumers.ts';
import { JsonRenderer } from './json.ts';
import type { EventRenderer } from './renderer.ts';
import { TableRenderer } from './table.ts';

const { EventKind, DropClass } = pwru.v1;
const inode = 4_026_532_000;

/** Three events: in a namespace, dropped there, gone. `dropClass`: of the drop. */
function dropped(dropClass: pwru.v1.DropClass): pwru.v1.Event.$Properties[] {
  const id = { packetId: Long.fromNumber(7, true), skbAddress: Long.fromNumber(64, true) };
  const place = { netnsInode: inode, interfaceId: 1 };
  return [0, 123_000, 456_000].map((sinceNs, index) => ({
    ...{ ...id, ...place, functionId: index + 1 },
    bootTimeNs: Long.fromNumber(1_000_000 + sinceNs, true),
    ...(index === 1 ? { dropReasonId: dropClass, dropLocationId: 1 } : {}),
    ...(index === 2 ? { endsBuffer: true, kind: EventKind.EVENT_KIND_END } : {}),
  }));
}

/** What is printed of them and of the packet's end, when nothing else comes. */
function printed(renderer: EventRenderer, events: pwru.v1.Event.$Properties[], node = 'node-1') {
  const dictionary = new Dictionary('demo');
  dictionary.add([
    { id: 1, function: { name: 'ip_rcv' } },
    { id: 2, function: { name: 'kfree_skb', tracepoint: true } },
    { id: 3, function: { name: 'kfree_skbmem' } },
    { id: 1, interface: { netnsInode: inode, index: 2, name: 'eth0' } },
    { id: 1, codeLocation: { symbol: 'nft_do_chain', offsetBytes: 0x40f, module: 'nf_tables' } },
    {
      id: 1,
      networkNamespace: { inode, name: '', pod: { namespace: 'demo', name: 'web-1', uid: 'u' } },
    },
    ...[DropClass.DROP_CLASS_LOST, DropClass.DROP_CLASS_COPY, DropClass.DROP_CLASS_NOT_KNOWN].map(
      (dropClass) => ({ id: dropClass, dropReason: { name: 'NETFILTER_DROP', dropClass } }),
    ),
  ]);
  const started = new pwru.v1.Started({ node, sessionId: 's1', bootToWallNs: Long.fromNumber(0) });
  const out = new TextBuffer();
  const consumer = {
    needs: renderer.needs,
    hearsOfEnds: renderer.showsEnds,
    open: (session: Parameters<EventRenderer['open']>[0]) => {
      const opened = renderer.open(session);
      return {
        event: (cursor: EventCursor) => opened.event(cursor, out),
        packetEnded: (end: Parameters<NonNullable<typeof opened.packetEnded>>[0]) =>
          opened.packetEnded?.(end, out),
      };
    },
  };
  let nowMs = 0;
  const session = new SessionConsumers({ node, started, dictionary }, [consumer], () => nowMs);
  const cursor = new EventCursor();
  cursor.reset(pwru.v1.EventBatch.encode({ events }).finish());
  while (cursor.next()) session.event(cursor);
  nowMs = 100;
  session.settle();
  return new TextDecoder().decode(out.view()).split('\n');
}

const table = (style = plainStyle) =>
  new TableRenderer({
    ...{ timestamp: 'none', headers: false, style, terminalWidth: undefined, place: 'cluster' },
  });

test('the table closes a lost packet with how, where and after how long', () => {
  const lines = printed(table(), dropped(DropClass.DROP_CLASS_LOST));
  expect(lines.slice(2)).toEqual([
    '    0x0000000000000040 lost: NETFILTER_DROP at nft_do_chain+0x40f [nf_tables] in web-1 on eth0:2 of node-1, 0.456 ms after it was first seen (2 events)',
    '',
  ]);
});

test('it names the packet by its addresses where those are known', () => {
  const tuple = {
    ...{ ipVersion: 4, ipProtocol: 6, sourcePort: 4000, destinationPort: 80 },
    sourceAddress: Uint8Array.of(10, 0, 0, 1),
    destinationAddress: Uint8Array.of(10, 0, 0, 2),
  };
  const events = dropped(DropClass.DROP_CLASS_LOST).map((event) => ({ ...event, ...tuple }));
  expect(printed(table(), events)[2]).toMatch(
    /^ {4}10\.0\.0\.1:4000->10\.0\.0\.2:80\(tcp\) lost: /,
  );
});

test('it stands out as the drop does', () => {
  const [plain, coloured] = [plainStyle, colourStyle].map(
    (style) => printed(table(style), dropped(DropClass.DROP_CLASS_LOST))[2]?.trim() ?? '',
  );
  expect(coloured).toBe(colourStyle.drop(plain ?? ''));
});

test.each([80, 132])('it fits a terminal of %i columns', (terminalWidth) => {
  const narrow = new TableRenderer({
    ...{ timestamp: 'none', headers: false, style: plainStyle, terminalWidth, place: 'cluster' },
  });
  const lines = printed(narrow, dropped(DropClass.DROP_CLASS_LOST));
  const closing = lines.slice(
    lines.findIndex((line) => / lost: /.test(line)),
    -1,
  );
  expect(closing.length).toBeGreaterThan(1);
  expect(closing.filter((line) => line.length > terminalWidth || !line.startsWith('    '))).toEqual(
    [],
  );
  expect(closing.map((line) => line.trim()).join(' ')).toMatch(
    /^0x0{14}40 lost: NETFILTER_DROP at .* after it was first seen \(2 events\)$/,
  );
});

test('a drop that is no loss gets no such line', () => {
  expect(printed(table(), dropped(DropClass.DROP_CLASS_COPY))).toHaveLength(3);
});

test('of a packet that may have arrived it says that it may be lost', () => {
  const events = dropped(DropClass.DROP_CLASS_NOT_KNOWN);
  const copy = { ...events[0], skbAddress: Long.fromNumber(128, true) };
  const lines = printed(table(), [copy, ...events, { ...copy, endsBuffer: true }]);
  expect(lines.at(-2)).toMatch(
    /^ {4}0x0{14}40 may be lost: NETFILTER_DROP at nft_do_chain.* \(4 events\)$/,
  );
});

test('while a copy lives nothing is told', () => {
  const events = dropped(DropClass.DROP_CLASS_NOT_KNOWN);
  const copy = { ...events[0], skbAddress: Long.fromNumber(128, true) };
  expect(printed(table(), [copy, ...events]).filter((line) => / lost: /.test(line))).toEqual([]);
});

test('JSON has a line for each packet where it was asked for, and none else', () => {
  const events = dropped(DropClass.DROP_CLASS_LOST);
  expect(printed(new JsonRenderer(), events)).toHaveLength(3);
  const lines = printed(new JsonRenderer(undefined, true), events);
  const place = {
    netns: { inode, name: '', pod: { namespace: 'demo', name: 'web-1', uid: 'u' }, node: false },
    interface: { name: 'eth0', index: 2 },
  };
  const functionNamed = (name: string, tracepoint: boolean) => ({ name, module: '', tracepoint });
  expect(JSON.parse(lines[2] ?? '')).toEqual({
    ...{ type: 'packetEnd', node: 'node-1', session: 's1', packetId: '7', end: 'dropped' },
    ...{ firstTime: '1970-01-01T00:00:00.001000000Z', durationNs: 456_000, events: 2 },
    first: { function: functionNamed('ip_rcv', false), ...place },
    last: { function: functionNamed('kfree_skb', true), ...place },
    drop: {
      reason: 'NETFILTER_DROP',
      location: { symbol: 'nft_do_chain', offsetBytes: 0x40f, module: 'nf_tables' },
      ...{ class: 'lost', note: '' },
      ...{ function: functionNamed('kfree_skb', true), ...place },
    },
  } satisfies JsonPacketEnd);
});
