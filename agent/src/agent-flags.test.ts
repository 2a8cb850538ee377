import { describe, expect, test } from 'vitest';
import { parseFlags } from './agent-flags.ts';

const outside = { node: 'node-a', isInPod: false };
const inPod = { node: 'node-a', isInPod: true };

describe('parseFlags', () => {
  test('no flags serve the default socket', () => {
    expect(parseFlags([], outside)).toEqual({
      kind: 'serve',
      flags: {
        socketPath: '/run/pwru/agent.sock',
        listenAddress: undefined,
        allowRemote: false,
        httpAddress: undefined,
        maxSessions: 8,
        maxDurationMs: 3_600_000,
        node: 'node-a',
        pods: undefined,
        nodeFolders: { run: '/run', proc: '/proc' },
        logLevel: 'info',
      },
    });
  });

  test('every flag is taken', () => {
    const text =
      '--socket= --listen 127.0.0.1:1 --allow-remote --http-address :9090 --max-sessions 3 --max-duration 90s --node-name b --cri-socket /c.sock --host-run /host/run --host-proc /host/proc --host-sys /host/sys --log-level debug';
    expect(parseFlags(text.split(' '), inPod)).toEqual({
      kind: 'serve',
      flags: {
        socketPath: undefined,
        listenAddress: '127.0.0.1:1',
        allowRemote: true,
        httpAddress: { host: '', port: 9090 },
        maxSessions: 3,
        maxDurationMs: 90_000,
        node: 'b',
        pods: {
          criSocket: '/c.sock',
          hostRun: '/host/run',
          hostProc: '/host/proc',
          hostSys: '/host/sys',
        },
        nodeFolders: { run: '/host/run', proc: '/host/proc' },
        logLevel: 'debug',
      },
    });
  });

  test('in a pod the pods of the node are followed, unless told otherwise', () => {
    const podsOf = (args: readonly string[]) => {
      const command = parseFlags(args, inPod);
      return command.kind === 'serve' && command.flags.pods !== undefined;
    };
    expect([podsOf([]), podsOf(['--no-kubernetes'])]).toEqual([true, false]);
  });

  test("in a pod nothing of its own is taken for the node's", () => {
    expect(parseFlags([], inPod)).toMatchObject({
      flags: { nodeFolders: { run: undefined, proc: undefined } },
    });
    expect(parseFlags(['--no-kubernetes', '--host-proc=/host/proc'], inPod)).toMatchObject({
      flags: { nodeFolders: { run: undefined, proc: '/host/proc' } },
    });
  });

  test.each([
    { args: ['--help'], kind: 'help' },
    { args: ['-h', '--version'], kind: 'help' },
    { args: ['--version', '--max-sessions', 'nonsense'], kind: 'version' },
  ])('$args is $kind', ({ args, kind }) => {
    expect(parseFlags(args, outside).kind).toBe(kind);
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
    { args: ['--http-address', '9090'], says: 'HOST:PORT or :PORT' },
    { args: ['--log-level', 'loud'], says: 'one of trace, debug' },
  ])('$args is refused', ({ args, says }) => {
    expect(() => parseFlags(args, outside)).toThrow(says);
  });
});
