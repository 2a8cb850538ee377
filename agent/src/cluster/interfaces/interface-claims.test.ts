import { expect, test } from 'vitest';
import { assignInterfaces, type InterfaceClaim } from './host-interfaces.ts';

function assigned(claims: Record<string, readonly InterfaceClaim[]>): Record<string, number[]> {
  return Object.fromEntries(assignInterfaces(new Map(Object.entries(claims))));
}

test('each pod gets what only it claims', () => {
  expect(
    assigned({
      a: [
        { index: 4, source: 'cni' },
        { index: 9, source: 'sandbox' },
      ],
      b: [{ index: 5, source: 'sandbox' }],
      c: [],
    }),
  ).toEqual({ a: [4, 9], b: [5], c: [] });
});

test('what CNI told goes before what a sandbox shows', () => {
  expect(
    assigned({ thief: [{ index: 4, source: 'sandbox' }], owner: [{ index: 4, source: 'cni' }] }),
  ).toEqual({ thief: [], owner: [4] });
});

test.each(['cni', 'sandbox'] as const)('what two pods claim by %s goes to neither', (source) => {
  expect(
    assigned({
      a: [{ index: 4, source }],
      b: [
        { index: 4, source },
        { index: 5, source },
      ],
    }),
  ).toEqual({ a: [], b: [5] });
});
