import { describe, expect, test } from 'vitest';
import { parseFlags } from './agent-flags.ts';

describe('parseFlags', () => {
  test('no flags serve the default socket', () => {
    expect(parseFlags([], 'node-a')).toEqual({
      kind: 'serve',
      flags: {
        socketPath: '/run/pwru/agent.sock',
        listenAddress: undefined,
        allowRemote: false,
        maxSessions: 8,
        maxDurationMs: 3_600_000,
        node: 'node-a',
        logLevel: 'info',
      },
    });
  });

  test('every flag is taken', () => {
    const text =
      '--socket= --listen 127.0.0.1:1 --allow-remote --max-sessions 3 --max-duration 90s --node-name b --log-level debug';
    expect(parseFlags(text.split(' '), 'node-a')).toEqual({
      kind: 'serve',
      flags: {
        socketPath: undefined,
        listenAddress: '127.0.0.1:1',
        allowRemote: true,
        maxSessions: 3,
        maxDurationMs: 90_000,
        node: 'b',
        logLevel: 'debug',
      },
    });
  });

  test.each([
    { args: ['--help'], kind: 'help' },
    { args: ['-h', '--version'], kind: 'help' },
    { args: ['--version', '--max-sessions', 'nonsense'], kind: 'version' },
  ])('$args is $kind', ({ args, kind }) => {
    expect(parseFlags(args, 'node-a').kind).toBe(kind);
  });

  test.each([
    { args: ['--nonsense'], says: '--nonsense' },
    { args: ['extra'], says: 'extra' },
    { args: ['--socket', '--listen'], says: '--socket' },
    { args: ['--socket='], says: 'Nothing to serve' },
    { args: ['--max-sessions', '0'], says: 'from 1 to 128' },
    { args: ['--max-sessions', '129'], says: 'from 1 to 128' },
    { args: ['--max-sessions', '1e1'], says: 'from 1 to 128' },
    { args: ['--max-duration', '10'], says: '"10"' },
    { args: ['--max-duration', '999ms'], says: 'from 1s to 168h' },
    { args: ['--max-duration', '169h'], says: 'from 1s to 168h' },
    { args: ['--log-level', 'loud'], says: 'one of trace, debug' },
  ])('$args is refused', ({ args, says }) => {
    expect(() => parseFlags(args, 'node-a')).toThrow(says);
  });
});
