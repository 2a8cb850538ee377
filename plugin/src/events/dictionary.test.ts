import { expect, test } from 'vitest';
import { pwru } from '../../../proto/gen/pwru.js';
import { Dictionary } from './dictionary.ts';

const { TaskContext } = pwru.v1;

test.each([
  [{ symbol: 'nf_hook_slow', offsetBytes: 0x9e }, 'nf_hook_slow+0x9e'],
  [{ symbol: 'ip_rcv' }, 'ip_rcv+0x0'],
  [
    { symbol: 'nft_do_chain', offsetBytes: 0x40f, module: 'nf_tables' },
    'nft_do_chain+0x40f [nf_tables]',
  ],
  [{ symbol: '0xffffffff820d0393' }, '0xffffffff820d0393'],
  [{}, 'unknown'],
])('a code location %j is shown as %s', (codeLocation, label) => {
  const dictionary = new Dictionary();
  dictionary.add([{ id: 1, codeLocation }]);
  expect(dictionary.codeLocation(1)?.label).toBe(label);
});

test.each([
  [TaskContext.TASK_CONTEXT_OWN, 'curl:403', false],
  [TaskContext.TASK_CONTEXT_INTERRUPTED, '(curl:403)', true],
  [TaskContext.TASK_CONTEXT_UNSPECIFIED, 'curl:403?', null],
  // Of an older agent, and of a newer one that knows more.
  [undefined, 'curl:403?', null],
  [3 as pwru.v1.TaskContext, 'curl:403?', null],
])('a process in the context %j is shown as %s', (context, label, interrupted) => {
  const dictionary = new Dictionary();
  dictionary.add([{ id: 1, process: { pid: 403, name: 'curl', context: context ?? null } }]);
  expect(dictionary.process(1)?.label).toBe(label);
  expect(JSON.parse(dictionary.process(1)?.json ?? '')).toEqual({
    ...{ name: 'curl', pid: 403 },
    interrupted,
  });
});
