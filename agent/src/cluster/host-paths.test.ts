import { expect, test } from 'vitest';
import { runPath } from './host-paths.ts';

const paths = { run: '/host/run', proc: '/host/proc', sys: '/host/sys', nodeProcess: '1' };

test.each([
  ['/run/netns/cni-1', '/host/run/netns/cni-1'],
  ['/var/run/netns/cni-1', '/host/run/netns/cni-1'],
  ['/run//netns/./cni-1', '/host/run/netns/cni-1'],
])('runPath translates %s', (path, expected) => {
  expect(runPath(paths, path)).toBe(expected);
});

test.each([
  '/run/../etc/passwd',
  '/var/run/netns/../../../proc/1/ns/net',
  '/runner/netns/x',
  '/proc/1/ns/net',
  'run/netns/x',
  '/run',
])('runPath refuses %s', (path) => {
  expect(runPath(paths, path)).toBeUndefined();
});
