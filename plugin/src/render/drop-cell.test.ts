import { expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { RenderedSession } from '../../testing/rendered-text.ts';
import { EventCursor } from '../events/cursor.ts';
import { Dictionary } from '../events/dictionary.ts';
import { plainStyle } from '../terminal/style.ts';
import { TableRenderer } from './table.ts';

/** What a table shows of a drop for this reason. */
function rowOf(reason: string, terminalWidth: number | undefined): string {
  const dictionary = new Dictionary();
  dictionary.add([
    { id: 1, function: { name: 'kfree_skb' } },
    { id: 1, dropReason: { name: reason } },
    { id: 1, codeLocation: { symbol: 'nf_hook_slow', offsetBytes: 158 } },
  ]);
  const renderer = new TableRenderer({
    ...{ timestamp: 'none', headers: false, style: plainStyle, terminalWidth, place: 'machine' },
  });
  const started = new pwru.v1.Started({ node: 'node-1' });
  const cursor = new EventCursor();
  cursor.reset(
    pwru.v1.EventBatch.encode({
      events: [{ functionId: 1, dropReasonId: 1, dropLocationId: 1 }],
    }).finish(),
  );
  cursor.next();
  return new RenderedSession(renderer, { node: 'node-1', started, dictionary }).textOf(cursor);
}

test.each([
  ['NO_SOCKET', undefined, /kfree_skb +NO_SOCKET at nf_hook_slow\+0x9e\n$/],
  ['NO_SOCKET', 80, /kfree_skb\n +dropped: NO_SOCKET at nf_hook_slow\+0x9e\n$/],
  // Before Linux 5.17 the kernel gives none.
  ['', undefined, /kfree_skb +at nf_hook_slow\+0x9e\n$/],
  ['', 80, /kfree_skb\n +dropped at nf_hook_slow\+0x9e\n$/],
])('a drop for the reason "%s" in a terminal of %s columns', (reason, width, expected) => {
  expect(rowOf(reason, width)).toMatch(expected);
});
