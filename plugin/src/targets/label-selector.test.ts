import { expect, test } from 'vitest';
import { labelSelectorText } from './selected-objects.ts';

test('labelSelectorText writes all operators as a query has them', () => {
  expect(
    labelSelectorText({
      matchLabels: { app: 'web', 'example.com/tier': '' },
      matchExpressions: [
        { key: 'a', operator: 'In', values: ['b', 'c'] },
        { key: 'd', operator: 'NotIn', values: ['e'] },
        { key: 'f', operator: 'Exists' },
        { key: 'g', operator: 'DoesNotExist' },
      ],
    }),
  ).toBe('app=web,example.com/tier=,a in (b,c),d notin (e),f,!g');
  expect(labelSelectorText(undefined)).toBe('');
  expect(() =>
    labelSelectorText({ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] }),
  ).toThrow(new RangeError('A label selector has the unknown operator Gt'));
});
