import { expect, test } from 'vitest';
import { PodApi } from '../../../testing/pod-api.ts';
import { jsonLines, openApiStream } from './request.ts';

const maxLineBytes = 1024;

async function request(api: PodApi, silenceMs: number) {
  const { signal } = new AbortController();
  const endpoint = { server: new URL('below/', api.url), options: {}, headers: {} };
  return openApiStream(endpoint, { path: '/api/v1/pods', query: { a: 'b' }, silenceMs, signal });
}

test('a server that does not answer is given up after the silence that is allowed', async () => {
  await using api = await PodApi.start();
  api.answerNext(() => {});
  await expect(request(api, 200)).rejects.toMatchObject({
    kind: 'timeout',
    message: 'The API server was silent for 0.2 s',
  });
});

test('so is one that falls silent in the middle of an answer', async () => {
  await using api = await PodApi.start();
  api.answerNext((_request, response) => response.writeHead(200).write('{"n":1}\n{"n":'));
  const lines: unknown[] = [];
  await expect(
    (async () => {
      for await (const line of jsonLines(await request(api, 2_000), maxLineBytes)) lines.push(line);
    })(),
  ).rejects.toMatchObject({ kind: 'timeout' });
  expect(lines).toEqual([{ n: 1 }]);
});

test('a server may live below a path', async () => {
  await using api = await PodApi.start();
  (await request(api, 30_000)).destroy();
  expect(api.requests.map((url) => url.pathname + url.search)).toEqual(['/below/api/v1/pods?a=b']);
});
