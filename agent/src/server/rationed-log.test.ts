import { expect, test } from 'vitest';
import { pass, playTime } from '../../../test/support/played-time.ts';
import { RationedLog } from './rationed-log.ts';

playTime();

function openLog() {
  const lines: string[] = [];
  const write = (level: string) => (fields: object, message: string) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  };
  const log = new RationedLog({
    ...{ debug: write('debug'), info: write('info') },
    ...{ warn: write('warn'), error: write('error') },
  });
  return { lines, log };
}

test('lines beyond fifty a second are left out, counted, and told', async () => {
  const { lines, log } = openLog();
  for (let call = 0; call < 1_000; call += 1) log.info({ call }, 'Trace call failed');
  expect(lines).toHaveLength(50);
  await pass(1_000);
  expect(lines.slice(50)).toEqual(['info Too many lines within a second: left out {"lines":950}']);
  log.info({}, 'Session ended');
  expect(lines.at(-1)).toBe('info Session ended {}');
});

test('one level takes nothing from another', () => {
  const { lines, log } = openLog();
  for (let call = 0; call < 100; call += 1) log.debug({}, 'because');
  log.error({}, 'defect');
  expect(lines.at(-1)).toBe('error defect {}');
});

test('a few lines are written at once and nothing beside them', async () => {
  const { lines, log } = openLog();
  for (let line = 0; line < 50; line += 1) log.info({}, 'Session ended');
  await pass(5_000);
  expect(lines).toHaveLength(50);
});
