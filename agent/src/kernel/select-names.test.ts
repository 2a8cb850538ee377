import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { selectNames } from './select-names.ts';

test('selects whole names', async () => {
  const selected = await selectNames(['ip_rcv', 'ip', 'xip_rcv'], RE2JS.compile('ip_.*'));
  expect([...selected]).toEqual(['ip_rcv']);
});

test('what else the process has to do comes in between, however slow the expression is', async () => {
  const tails = Array.from('abcdefghij', (letter) => `.*${letter}.{20}`);
  const names = Array.from(
    { length: 20_000 },
    (_, index) => `nf_hook_${index * 7_919}_${'abcdefghij'.repeat(3)}`,
  );
  let turns = 0;
  const ticking = setInterval(() => turns++, 0);
  const selected = await selectNames(names, RE2JS.compile(tails.join('|')));
  clearInterval(ticking);
  expect(selected.size).toBe(names.length);
  expect(turns).toBeGreaterThan(3);
});
