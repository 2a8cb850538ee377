import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeProgramFolder, type ProgramFolder } from '../../testing/program-folder.ts';

let programs: ProgramFolder;
beforeAll(async () => {
  programs = await makeProgramFolder();
});
afterAll(() => programs[Symbol.asyncDispose]());

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${programs.path}:${process.env['PATH']}`,
    ...{ HOME: programs.path, KUBECONFIG: '', KUBERNETES_SERVICE_HOST: '', TERM: 'dumb', PS1: '' },
  };
}

/** What an interactive bash makes of these keys; a tab completes. The line is not run but shown. */
async function typeInBash(keys: string): Promise<string> {
  const bash = spawn('script', ['-qec', 'bash --norc --noprofile -i', '/dev/null'], {
    env: environment(),
  });
  const output = text(bash.stdout);
  const startOfLine = '\x01';
  bash.stdin.end(
    `source <(kubectl-pwru completion bash)\nkubectl-pwru ${keys}${startOfLine}echo line: \nexit\n`,
  );
  const shown = /^line: kubectl-pwru (.*?)\r?$/m.exec(await output);
  return shown?.[1] ?? '';
}

describe('completion bash', () => {
  test.each([
    ['sta\t', 'status '],
    ['status --no-h\t', 'status --no-headers '],
    // More is to be typed behind the slash.
    ['cron\t', 'cronjob/'],
    ['--sort=no\t', '--sort=none '],
    ['--sort no\t', '--sort none '],
    ['netns/x -o js\t', 'netns/x -o json '],
    ['-- js\t', '-- js'],
    ['--kubeconfig=/proc/self/mountin\t', '--kubeconfig=/proc/self/mountinfo '],
  ])('makes %j "%s"', async (keys, line) => {
    // echo takes away the blank at the end; "|" shows it.
    expect(await typeInBash(`${keys}'|'`)).toBe(`${line}|`);
  });
});

test('kubectl_complete-pwru prints what kubectl reads', () => {
  const printed = execFileSync(join(programs.path, 'kubectl_complete-pwru'), ['completion', 'z'], {
    env: environment(),
    encoding: 'utf8',
  });
  expect(printed).toBe('zsh\n:4\n');
});
