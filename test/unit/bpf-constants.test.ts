import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verdicts } from '../../agent/src/core/filter/compile-filter.ts';
import { NEAR_BYTES } from '../../agent/src/core/filter/packet-loader.ts';

/*
 * What both sides of the filter have to agree on and no generator carries over: bpf/include/filter.h has no layout.
 */

const header = readFileSync(join(import.meta.dirname, '../../bpf/include/filter.h'), 'utf8');

function defined(name: string): number {
  const value = new RegExp(`^#define ${name} (\\d+)\\b`, 'm').exec(header)?.[1];
  if (value === undefined) throw new Error(`filter.h does not define ${name}`);
  return Number(value);
}

test.each([
  { name: 'PWRU_FRAME_BYTES', value: NEAR_BYTES },
  { name: 'PWRU_FILTER_REJECT', value: verdicts.reject },
  { name: 'PWRU_FILTER_ACCEPT', value: verdicts.accept },
  { name: 'PWRU_FILTER_SHORT', value: verdicts.short },
])('$name is what the compiler of filters takes it for', ({ name, value }) => {
  expect(value).toBe(defined(name));
});
