import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readJsonList } from '../../agent/src/cluster/api/json-list.ts';
import { ApiFailure, jsonLines as agentJsonLines } from '../../agent/src/cluster/api/request.ts';
import { addressBytes, parsePod } from '../../agent/src/cluster/pod-record.ts';
import { parseIpNetwork } from '../../plugin/src/events/ip-address.ts';
import { errorOfRefusal, errorOfStatus } from '../../plugin/src/kubernetes/errors.ts';
import { KubeError } from '../../plugin/src/kubernetes/kube-api.ts';
import { watchEventOf } from '../../plugin/src/kubernetes/object-shape.ts';
import { kinds } from '../../plugin/src/kubernetes/resources.ts';
import type { ServerConnection } from '../../plugin/src/kubernetes/server-connection.ts';
import { listAll, jsonLines as pluginJsonLines } from '../../plugin/src/kubernetes/watch.ts';
import { editedBytes } from './edited-bytes.ts';
import { editedJson } from './edited-json.ts';
import { oddWords } from './edited-text.ts';
import { asyncProperty, type FuzzSubject, property } from './fuzz-property.ts';
import { valueUnless } from './outcome.ts';

const pod = {
  metadata: {
    ...{ name: 'client-0', namespace: 'demo', uid: '2d5e', resourceVersion: '7' },
    annotations: { 'kubernetes.io/config.mirror': 'x', 'kubernetes.io/config.hash': 'abc' },
  },
  spec: { nodeName: 'n1', hostNetwork: false },
  status: { phase: 'Running', podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] },
};
const list = {
  ...{ kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '12', continue: '' } },
  items: [pod, { ...pod, metadata: { name: 'a"]}', namespace: '\\', uid: 'items' } }],
};
const status = {
  ...{ kind: 'Status', reason: 'Invalid', message: 'Pod "x" is invalid', code: 422 },
  details: { kind: 'Pod', name: 'x', causes: [{ field: 'spec', message: 'Required value' }] },
};
const events = [
  ...[
    { type: 'ADDED', object: pod },
    { type: 'ERROR', object: { ...status, code: 410 } },
  ],
  { type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } },
];

/** Cuts bytes where a connection might. */
function cut(bytes: Uint8Array, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let start = 0;
  for (let index = 0; start < bytes.length; index++) {
    const size = 1 + (sizes[index % (sizes.length || 1)] ?? bytes.length);
    chunks.push(Buffer.from(bytes.subarray(start, start + size)));
    start += size;
  }
  return chunks;
}

const sizes = fc.array(fc.oneof(fc.nat(8), fc.nat(300)), { maxLength: 6 });

async function* streamOf(chunks: readonly Buffer[]): AsyncGenerator<Buffer, void, void> {
  yield* chunks;
}

async function collected<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

const isMalformed = (thrown: unknown) =>
  thrown instanceof ApiFailure && thrown.kind === 'malformed';
const isUnreadable = (thrown: unknown) => thrown instanceof KubeError && thrown.message !== '';

/** Undefined for a failure of the kind that is known. */
async function awaitedUnless<T>(
  promise: Promise<T>,
  isKnown: (thrown: unknown) => boolean,
): Promise<T | undefined> {
  try {
    return await promise;
  } catch (thrown) {
    if (!isKnown(thrown)) throw thrown;
    return undefined;
  }
}

/** The lines that have an end, up to the first that is no JSON. */
function naiveLines(bytes: Uint8Array): { values: unknown[]; isWhole: boolean } {
  const lines = Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1);
  const values: unknown[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    try {
      values.push(JSON.parse(Buffer.from(line, 'latin1').toString('utf8')));
    } catch {
      return { values, isWhole: false };
    }
  }
  return { values, isWhole: true };
}

const MAX_LINE_BYTES = 64 * 1_024;
const lines = fc
  .array(editedJson(events), { maxLength: 4 })
  .map((values) =>
    Buffer.from(values.map((value) => `${JSON.stringify(value ?? null)}\n`).join('')),
  );

const compactList = Buffer.from(JSON.stringify(list));
const spacedList = Buffer.from(JSON.stringify(list, null, 2));
const listLimits = { itemBytes: 64 * 1_024, restBytes: 16 * 1_024 };

/** What JSON.parse makes of a list; undefined where that has nothing to compare with. */
function parsedList(bytes: Uint8Array): { items: unknown[]; rest: unknown } | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  // Of names that come twice or are escaped, the last one counts for JSON.parse.
  if (text.split('"items"').length !== 3 || text.includes('\\u')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || !('items' in parsed)) return undefined;
    const { items, ...rest } = parsed;
    if (!Array.isArray(items) || items.some((item) => typeof item !== 'object' || item === null))
      return undefined;
    return { items, rest };
  } catch {
    return undefined;
  }
}

/** A server that gives these answers, one after the other, then the last again and again without more pages. */
function answering(answers: readonly unknown[]): ServerConnection {
  let index = 0;
  const ask = async () => {
    const answer = answers[index++];
    return index <= answers.length ? answer : { items: [] };
  };
  return { ask } as unknown as ServerConnection;
}

const pages = editedJson([
  list,
  { ...list, metadata: { resourceVersion: '12', continue: 'next' } },
]);

export const apiAnswers: FuzzSubject = {
  name: 'API answers',
  properties: [
    asyncProperty(
      'watches in pieces: the values of the whole lines, or what is wrong with one',
      fc.tuple(editedBytes(lines), sizes),
      async ([bytes, pieces]) => {
        const expected = naiveLines(bytes);
        const seen: unknown[] = [];
        const reading = (async () => {
          for await (const value of pluginJsonLines(streamOf(cut(bytes, pieces)))) seen.push(value);
          return true;
        })();
        const isWhole = await awaitedUnless(reading, (thrown) => thrown instanceof SyntaxError);
        assert.deepEqual({ values: seen, isWhole: isWhole === true }, expected);
        const values = await awaitedUnless(
          collected(agentJsonLines(streamOf(cut(bytes, pieces)), MAX_LINE_BYTES)),
          isMalformed,
        );
        if (values !== undefined) assert.deepEqual(values, expected.values);
      },
      { boundedCases: 800 },
    ),
    asyncProperty(
      'lists in pieces: the items that JSON.parse finds, or "malformed"',
      fc.tuple(editedBytes(fc.constantFrom(compactList, spacedList)), sizes),
      async ([bytes, pieces]) => {
        const items: unknown[] = [];
        const rest = await awaitedUnless(
          readJsonList(streamOf(cut(bytes, pieces)), (item) => items.push(item), listLimits),
          isMalformed,
        );
        assert(items.length <= bytes.length / 2);
        const expected = parsedList(bytes);
        if (expected === undefined) return;
        assert.deepEqual(items, expected.items);
        assert.deepEqual(
          { ...(rest as object), items: [] },
          { ...(expected.rest as object), items: [] },
        );
      },
      { boundedCases: 800 },
    ),
    property(
      'pods: what is kept of one is text and addresses',
      editedJson([pod]),
      (value) => {
        const record = parsePod(value);
        if (record === undefined) return;
        for (const text of Object.values(record.pod))
          assert(typeof text === 'string' && text !== '');
        assert.equal(typeof record.sandboxUid, 'string');
        assert(record.addresses.length <= 16);
        for (const { length } of record.addresses) assert(length === 4 || length === 16);
      },
      { boundedCases: 4_000 },
    ),
    property(
      'addresses: the same bytes for the agent and for the plugin',
      oddWords(['10.0.0.1', '::1', '2001:db8::1', '::ffff:192.0.2.1', '1:2:3:4:5:6:7:8', 'fe80::']),
      (text) => {
        if (text.includes('/')) return;
        assert.deepEqual(addressBytes(text), parseIpNetwork(text)?.address);
      },
      { boundedCases: 5_000 },
    ),
    property(
      'errors: a message in words, whatever the server sends',
      fc.tuple(
        editedJson([status]),
        fc.constantFrom(0, 200, 400, 403, 409, 410, 422, 500, 599),
        oddWords(['/api/v1/namespaces/demo/pods/x', '/apis/apps/v1/daemonsets', '/']),
      ),
      ([value, code, path]) => {
        const body = JSON.stringify(value) ?? '';
        for (const contentType of ['application/json', 'text/html']) {
          const error = errorOfRefusal({ method: 'POST', path, status: code, contentType, body });
          assert(isUnreadable(error) && error.status === code);
          assert.equal(typeof error.reason, 'string');
        }
        const error = errorOfStatus(value);
        assert(typeof error.reason === 'string' && typeof error.status === 'number');
      },
      { boundedCases: 3_000 },
    ),
    asyncProperty(
      'lists: objects with names that are text, or "cannot read a list"',
      fc.array(pages, { minLength: 1, maxLength: 3 }),
      async (answers) => {
        const listing = await awaitedUnless(
          listAll(answering(answers), kinds.pod, {
            keep: ({ metadata }) => ({ ...(metadata && { metadata }) }),
          }),
          isUnreadable,
        );
        assert.equal(typeof (listing?.resourceVersion ?? ''), 'string');
        for (const { metadata } of listing?.items ?? [])
          assert.equal(typeof (metadata?.uid ?? ''), 'string');
      },
      { boundedCases: 1_500 },
    ),
    property(
      'events: an object, a Status, or "cannot read a watch"',
      editedJson(events),
      (value) => {
        const event = valueUnless(() => watchEventOf(value, kinds.pod), isUnreadable);
        if (event === undefined) return;
        if (event.type === 'ERROR') assert(isUnreadable(errorOfStatus(event.object)));
        else assert.equal(typeof (event.object.metadata?.uid ?? ''), 'string');
      },
      { boundedCases: 3_000 },
    ),
  ],
};
