import { expect, test } from 'vitest';
import { pageOf } from './object-shape.ts';
import { kinds } from './resources.ts';

test.each([
  [null, 'it is no object'],
  [[], 'it is no object'],
  ['<html>', 'it is no object'],
  [{ items: {} }, 'its items are no list'],
  [{ items: [{}, null] }, 'its item 1 is no object'],
  [{ items: [{ metadata: { name: {} } }] }, 'its item 0 is no object'],
])('pageOf refuses %j', (answer, why) => {
  expect(() => pageOf(answer, kinds.pod)).toThrow(
    expect.objectContaining({ message: `error: cannot read a list of pods: ${why}`, status: 0 }),
  );
});

test.each([
  [{}, { items: [], next: '', resourceVersion: '' }],
  [
    { items: null, metadata: null },
    { items: [], next: '', resourceVersion: '' },
  ],
  [
    { items: [{ metadata: { uid: 'a' } }], metadata: { continue: 'x', resourceVersion: '7' } },
    { items: [{ metadata: { uid: 'a' } }], next: 'x', resourceVersion: '7' },
  ],
  [
    { metadata: { continue: 7, resourceVersion: {} } },
    { items: [], next: '', resourceVersion: '' },
  ],
])('pageOf reads %j', (answer, page) => {
  expect(pageOf(answer, kinds.pod)).toEqual(page);
});
