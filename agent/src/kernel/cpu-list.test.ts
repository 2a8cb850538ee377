import { describe, expect, test } from 'vitest';
import { parseCpuList } from './cpus.ts';

describe('parseCpuList()', () => {
  test.each([
    { text: '0\n', cpus: [0] },
    { text: '0-1\n', cpus: [0, 1] },
    { text: '0-1,4,6-7', cpus: [0, 1, 4, 6, 7] },
  ])('reads $text', ({ text, cpus }) => {
    expect(parseCpuList(text)).toEqual(cpus);
  });

  test.each([
    ...['', 'x', '0-', '-1', '0,,1'],
    // More CPUs than there can be, in one range, in many, by one number.
    ...['0-4294967295', '9'.repeat(400), '65536', Array(3).fill('0-65535').join()],
  ])('refuses "%s"', (text) => {
    expect(() => parseCpuList(text)).toThrow(`Cannot read the CPU list "${text}"`);
  });
});
