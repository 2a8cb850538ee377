import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createSecureContext } from 'node:tls';
import type { CustomFetchOptions } from 'openid-client';
import { ServerAgent } from './dial.ts';
import { networkFailure } from './network-failure.ts';
import { hostOf, portOf, proxyOfEnvironment } from './proxy-environment.ts';
import { parseProxy } from './proxy-url.ts';

const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * A `fetch` for whom a login asks: by our own dialer, so with the given authorities and by the proxies of the environment.
 * Redirects are answers. Disposing it closes its connections.
 * @param authorities PEM
 */
export function fetchBy(authorities: readonly string[], signal: AbortSignal) {
  const secureContext = createSecureContext({ ca: [...authorities] });
  const agents: ServerAgent[] = [];
  const send = async (text: string, options: CustomFetchOptions): Promise<Response> => {
    const url = new URL(text);
    const proxy = proxyOfEnvironment(url, process.env);
    const target = {
      server: url,
      proxy: proxy === undefined ? undefined : parseProxy(proxy),
      secureContext,
      serverName: undefined,
      verify: true,
    };
    const agent = new ServerAgent(target, url.origin, signal);
    agents.push(agent);
    const peer = { host: hostOf(url), port: portOf(url) };
    const asking = httpRequest({
      ...peer,
      agent,
      method: options.method,
      path: url.pathname + url.search,
      headers: { ...options.headers, host: url.host },
      signal: options.signal ?? signal,
    });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      asking.once('response', resolve);
      asking.on('error', (error) => reject(networkFailure(error, peer)));
      asking.end(bytesOf(options.body));
    });
    const { statusCode: status = 0, headers } = response;
    return new Response(await bodyOf(response), {
      status,
      headers: { 'content-type': headers['content-type'] ?? '' },
    });
  };
  return {
    fetch: send,
    [Symbol.asyncDispose]: async () => {
      for (const agent of agents) agent.destroy();
    },
  };
}

function bytesOf(body: CustomFetchOptions['body']): string | Uint8Array {
  if (body instanceof URLSearchParams) return body.toString();
  if (body === undefined || body === null) return '';
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new TypeError('A login sends forms and text only');
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    lengthBytes += chunk.length;
    if (lengthBytes > MAX_ANSWER_BYTES) {
      throw new Error(`an answer is longer than ${MAX_ANSWER_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
