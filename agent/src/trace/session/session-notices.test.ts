import { expect, test } from 'vitest';
import { SessionNotices } from './session-notices.ts';

test('each subject is told once, in the order in which they came up', () => {
  const notices = new SessionNotices();
  notices.tell('maps', '3 places are not traced');
  notices.tell('names', 'names were sent again');
  notices.tell('maps', '5 places are not traced');
  expect(notices.texts).toEqual(['3 places are not traced', 'names were sent again']);
});
