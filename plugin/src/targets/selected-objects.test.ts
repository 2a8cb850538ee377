import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { MemoryKubeApi } from '../../testing/memory-kube-api.ts';
import { kinds } from '../kubernetes/resources.ts';
import { WatchTroubles } from '../kubernetes/watch.ts';
import { SourceContext } from './pod-source.ts';
import { SelectedObjects } from './selected-objects.ts';

test('SelectedObjects that are tried again wait together, without a word of Node, until the context ends', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => void warnings.push(warning);
  process.on('warning', onWarning);
  const api = new MemoryKubeApi();
  api.forbid(kinds.pod, 'demo');
  const context = new SourceContext({
    ...{ api, namespace: 'demo', onChange: () => {} },
    troubles: new WatchTroubles(() => {}),
  });
  const waiting = () => getEventListeners(context.closing, 'abort').length;
  for (let index = 0; index < 12; index++) {
    new SelectedObjects(context, kinds.pod).change(`app=${index}`);
  }
  await expect.poll(waiting).toBe(12);
  context[Symbol.dispose]();
  await expect.poll(waiting).toBe(0);
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});
