import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Dictionary } from '../../plugin/src/events/dictionary.ts';
import { EventCursor } from '../../plugin/src/events/cursor.ts';
import type { EventRenderer } from '../../plugin/src/render/renderer.ts';
import { JsonRenderer } from '../../plugin/src/render/json.ts';
import type { JsonEvent } from '../../plugin/src/events/json-shapes.ts';
import { colourStyle, plainStyle } from '../../plugin/src/terminal/style.ts';
import { TableRenderer } from '../../plugin/src/render/table.ts';
import { eventBatchOf } from '../../plugin/src/events/trace-response.ts';
import { encodeResponse, recordedResponses } from '../../plugin/testing/recorded-session.ts';
import { RenderedSession } from '../../plugin/testing/rendered-text.ts';
import { pwru } from '../../proto/gen/pwru.js';

/** What a session prints on standard output; `onEvent` is called before each event with its number, from 1. */
function render(renderer: EventRenderer, onEvent: (number: number) => void = () => {}): string {
  const dictionary = new Dictionary();
  const cursor = new EventCursor();
  let session: RenderedSession | undefined;
  let text = '';
  let events = 0;
  for (const response of recordedResponses.map(encodeResponse)) {
    const batch = eventBatchOf(response);
    if (batch === undefined) {
      const { started, dictionary: entries } = pwru.v1.TraceResponse.decode(response);
      if (started) {
        text += renderer.start();
        const node = started.node ?? '';
        session = new RenderedSession(renderer, {
          ...{ node, started: new pwru.v1.Started(started), dictionary },
        });
      }
      dictionary.add(entries?.entries ?? []);
      continue;
    }
    cursor.reset(batch);
    while (cursor.next()) {
      onEvent(++events);
      text += session?.textOf(cursor) ?? '';
    }
  }
  return text;
}

const plain = { headers: true, style: plainStyle, place: 'machine' } as const;

describe('TableRenderer', () => {
  test.each([
    ['80', { ...plain, timestamp: 'none', terminalWidth: 80 }],
    ['80-absolute', { ...plain, timestamp: 'absolute', terminalWidth: 80 }],
    ['120-relative', { ...plain, timestamp: 'relative', terminalWidth: 120 }],
    ['200', { ...plain, timestamp: 'none', terminalWidth: 200 }],
    ['200-colour', { ...plain, style: colourStyle, timestamp: 'none', terminalWidth: 200 }],
    ['pipe', { ...plain, timestamp: 'none', terminalWidth: undefined }],
    ['pipe-absolute', { ...plain, timestamp: 'absolute', terminalWidth: undefined }],
    [
      'pipe-delta-no-headers',
      { ...plain, headers: false, timestamp: 'delta', terminalWidth: undefined },
    ],
  ] as const)('prints the recorded session: %s', async (name, options) => {
    await expect(render(new TableRenderer(options))).toMatchFileSnapshot(`render-${name}.txt`);
  });

  test.each([
    80, 100, 120, 160, 200,
  ])('nothing but the name of a function is beyond a terminal of %i', (terminalWidth) => {
    const options = { ...plain, timestamp: 'absolute', terminalWidth } as const;
    const rows = render(new TableRenderer(options)).split('\n');
    const tooWide = rows.filter((row) => row.length > terminalWidth);
    // It is what one looks for, so it is never cut.
    for (const row of tooWide) {
      expect(row).toMatch(/ tcp_v6_rcv_with_a_name_longer_than_its_column$/);
      expect(row.lastIndexOf(' ')).toBeLessThan(terminalWidth - 20);
    }
    expect(rows.length).toBeGreaterThan(tooWide.length + 5);
  });

  test('prints the header again after a resize, once, and none without headers', () => {
    const countHeaders = (headers: boolean) => {
      const renderer = new TableRenderer({
        ...plain,
        headers,
        timestamp: 'none',
        terminalWidth: 80,
      });
      const text = render(renderer, (number) => {
        if (number === 4) renderer.resize(200);
      });
      return text.match(/TUPLE/g)?.length ?? 0;
    };
    expect(countHeaders(true)).toBe(2);
    expect(countHeaders(false)).toBe(0);
  });
});

/** A value of each type that a field may have, next to null. */
const shape: { readonly [K in keyof JsonEvent]: JsonEvent[K] } = {
  type: 'event',
  time: '',
  bootTimeNs: '',
  sinceFirstNs: 0,
  sincePreviousNs: 0,
  node: '',
  session: '',
  cpu: 0,
  skb: '',
  packetId: '',
  function: { name: '', module: '', tracepoint: false },
  process: { name: '', pid: 0, interrupted: false },
  netns: { inode: 0, name: '', pod: { namespace: '', name: '', uid: '' }, node: false },
  interface: { name: '', index: 0 },
  mark: 0,
  etherType: 0,
  mtuBytes: 0,
  mtuSource: '',
  mtuInterfaceIndex: 0,
  lengthBytes: 0,
  vlan: { id: 0, priority: 0, dropEligible: false },
  tuple: {
    ipVersion: 0,
    sourceAddress: '',
    sourcePort: 0,
    destinationAddress: '',
    destinationPort: 0,
    protocol: '',
    protocolNumber: 0,
    tcpFlags: [],
    icmpType: 0,
    icmpCode: 0,
    fragmentOffsetBytes: 0,
    sourceName: { kind: '', namespace: '', name: '' },
    destinationName: { kind: '', namespace: '', name: '' },
    inner: {
      ...{ kind: '', value: 0, ipVersion: 0, sourceAddress: '', sourcePort: 0 },
      ...{ destinationAddress: '', destinationPort: 0, protocol: '', protocolNumber: 0 },
      ...{ tcpFlags: [], icmpType: 0, icmpCode: 0, fragmentOffsetBytes: 0 },
    },
  },
  drop: {
    reason: '',
    location: { symbol: '', offsetBytes: 0, module: '' },
    class: 'lost',
    note: '',
  },
  stack: [{ symbol: '', offsetBytes: 0, module: '' }],
};

/**
 * Every field of `expected` in its order and of its type, and no other.
 * @param seen takes the paths of fields that have a value
 */
function expectShape(actual: unknown, expected: unknown, path: string, seen: Set<string>): void {
  if (actual === null) return;
  seen.add(path);
  expect(typeof actual, path).toBe(typeof expected);
  if (Array.isArray(expected)) {
    for (const item of actual as unknown[]) expectShape(item, expected[0] ?? '', `${path}[]`, seen);
  } else if (typeof expected === 'object' && expected !== null) {
    const fields = Object.entries(expected);
    expect(Object.keys(actual as object), path).toEqual(fields.map(([name]) => name));
    for (const [name, value] of fields) {
      expectShape((actual as Record<string, unknown>)[name], value, `${path}.${name}`, seen);
    }
  }
}

function pathsOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const within = Array.isArray(value)
    ? value.flatMap((item) => pathsOf(item, `${path}[]`))
    : Object.entries(value).flatMap(([name, field]) => pathsOf(field, `${path}.${name}`));
  return [path, ...within];
}

describe('JsonRenderer', () => {
  test('prints the recorded session', async () => {
    await expect(render(new JsonRenderer())).toMatchFileSnapshot('render.ndjson');
  });

  test('prints every field of JsonEvent, in its order and of its type, in every line', () => {
    const lines = render(new JsonRenderer()).trimEnd().split('\n');
    expect(lines).toHaveLength(9);
    const seen = new Set<string>();
    for (const line of lines) expectShape(JSON.parse(line), shape, 'event', seen);
    // Of pods and names the session of a cluster has some.
    const ofCluster = readFileSync(join(import.meta.dirname, 'cluster.ndjson'), 'utf8');
    for (const line of ofCluster.trimEnd().split('\n')) {
      expectShape(JSON.parse(line), shape, 'event', seen);
    }
    // A renderer that prints null is of the right shape as well.
    const missing = pathsOf(shape, 'event').filter((path) => !seen.has(path));
    // Packets in packets: plugin/src/render/tuple.test.ts.
    expect(missing.filter((path) => !path.startsWith('event.tuple.inner'))).toEqual([]);
  });
});
