import { describe, expect, test } from 'vitest';
import { timestampModes } from '../cli/trace-options.ts';
import { layoutFor } from './layout.ts';

const headers = (...args: Parameters<typeof layoutFor>) =>
  layoutFor(...args).columns.map(({ column }) => column.header);
const all = [
  'SKB',
  'CPU',
  'PROCESS',
  'NODE',
  'NETNS',
  'MARK/x',
  'IFACE',
  'PROTO',
  'MTU',
  'LEN',
  'TUPLE',
];

describe('layoutFor', () => {
  test.each([
    [60, ['TUPLE']],
    [80, ['IFACE', 'TUPLE']],
    [100, ['CPU', 'NETNS', 'IFACE', 'LEN', 'TUPLE']],
    [120, ['CPU', 'PROCESS', 'NETNS', 'IFACE', 'NODE', 'LEN', 'TUPLE']],
    [160, all],
    [200, all],
  ])('shows the most useful columns at a width of %i', (width, expected) => {
    expect(headers(width, 'none').sort()).toEqual([...expected].sort());
  });

  test('shows all columns at their full width where there is no terminal', () => {
    const layout = layoutFor(undefined, 'absolute');
    expect(layout.columns.map(({ column }) => column.header)).toEqual(['TIME', ...all]);
    expect(layout.columns.every(({ column, width }) => width === column.maxWidth)).toBe(true);
    expect(layout).toMatchObject({ hasReasonColumn: true, rowWidth: undefined });
  });

  test.each([80, 120, 200, 240])(
    'has a column for the reason at a width of %i only if both fit',
    (width) => {
      expect(layoutFor(width, 'none').hasReasonColumn).toBe(width >= 200);
    },
  );

  test.each([
    [80, ['POD', 'TUPLE']],
    [100, ['IFACE', 'NODE', 'POD', 'TUPLE']],
    [160, ['IFACE', 'NODE', 'POD', 'TUPLE']],
    [200, ['CPU', 'IFACE', 'LEN', 'NODE', 'POD', 'PROCESS', 'SKB', 'TUPLE']],
  ])('shows where in the cluster at a width of %i', (width, expected) => {
    expect(headers(width, 'none', 'cluster').sort()).toEqual(expected);
    expect(layoutFor(width, 'none', 'cluster').hasReasonColumn).toBe(width >= 160);
  });

  test.each(
    timestampModes.flatMap((timestamp) => [
      ['machine', timestamp] as const,
      ['cluster', timestamp] as const,
    ]),
  )(
    'of a %s keeps at least 28 characters for FUNC and fills the line, with --timestamp %s',
    (place, timestamp) => {
      for (let width = 80; width <= 400; width++) {
        const { columns, functionWidth, hasReasonColumn } = layoutFor(width, timestamp, place);
        const used =
          columns.reduce((sum, column) => sum + column.width + 1, 0) +
          functionWidth +
          (hasReasonColumn ? 40 : 0);
        expect(used, `at ${width}`).toBe(width);
        expect(functionWidth, `at ${width}`).toBeGreaterThanOrEqual(28);
      }
    },
  );
});
