import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecordedOutput } from '../../testing/commands/recorded-output.ts';
import { parseCommand } from '../cli/parse-command.ts';
import { withAgents } from './ask-agents.ts';

beforeEach(() => {
  for (const name of ['KUBECONFIG', 'KUBERNETES_SERVICE_HOST']) vi.stubEnv(name, '');
  vi.stubEnv('HOME', '/nonexistent');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['status', ['There is no kubeconfig: this is about this machine']],
  ['status --local', []],
  ['functions', ['There is no kubeconfig: this is about this machine']],
])('without a cluster "%s" says %j', async (line, told) => {
  const command = parseCommand(line.split(' '));
  if (command.kind !== 'status' && command.kind !== 'functions') throw new Error(command.kind);
  const output = new RecordedOutput();
  const asked = await withAgents(command.options, output, (agents) =>
    Promise.resolve(agents.length),
  );
  expect(asked).toBe(1);
  expect(output.stderr).toEqual(told);
});
