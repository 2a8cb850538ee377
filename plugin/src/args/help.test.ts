import { expect, test } from 'vitest';
import { readCommandLine } from './flags.ts';
import { helpText } from './help.ts';

test('helpText fits 80 columns', () => {
  const tooLong = helpText.split('\n').filter((line) => line.length > 80);
  expect(tooLong).toEqual([]);
});

test('helpText names every flag, and only flags that there are', () => {
  const named = new Set([...helpText.matchAll(/--([a-z][a-z-]*)/g)].map(([, name]) => `--${name}`));
  expect([...named].sort()).toEqual(
    (
      '--agent --all-kmods --backend --drops --dst --dst-port --filter --func --help --host --ifname --kmods --limit ' +
      '--local --mark --no-headers --output --port --proto --quiet --src --src-port --stack --timeout --timestamp ' +
      '--track --version'
    ).split(' '),
  );
  for (const flag of named) expect(() => readCommandLine([`${flag}=true`])).not.toThrow();
});
