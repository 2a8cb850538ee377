import { getEventListeners } from 'node:events';
import { createSecureContext } from 'node:tls';
import { expect, test, vi } from 'vitest';
import { ServerAgent } from './dial.ts';

const target = {
  ...{ server: new URL('https://127.0.0.1'), proxy: undefined, serverName: undefined },
  ...{ secureContext: createSecureContext(), verify: true },
};

test('ServerAgent is destroyed when its connection is closed', () => {
  const closing = new AbortController();
  const agent = new ServerAgent(target, '', closing.signal);
  const destroy = vi.spyOn(agent, 'destroy');
  closing.abort();
  expect(destroy).toHaveBeenCalledTimes(1);
});

test('ServerAgent that is replaced leaves the connection', () => {
  const { signal } = new AbortController();
  const agents = [1, 2].map(() => new ServerAgent(target, '', signal));
  expect(getEventListeners(signal, 'abort')).toHaveLength(2);
  for (const agent of agents) agent.destroy();
  agents[0]?.destroy();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
