import { expect, test } from 'vitest';
import { colourStyle, plainStyle, styleFor } from './style.ts';

test.each([
  [true, { TERM: 'xterm' }, colourStyle],
  [true, { TERM: 'xterm', NO_COLOR: '' }, colourStyle],
  [true, { TERM: 'xterm', NO_COLOR: '1' }, plainStyle],
  [true, { TERM: 'dumb' }, plainStyle],
  [false, { TERM: 'xterm' }, plainStyle],
])('styleFor a terminal: %s, environment %j', (isTerminal, environment, style) => {
  expect(styleFor(isTerminal, environment)).toBe(style);
});
