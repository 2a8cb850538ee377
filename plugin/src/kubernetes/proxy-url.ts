import { configurationError } from './configuration-error.ts';

/** @throws KubeError "InvalidConfiguration" */
export function parseProxy(text: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    throw configurationError(`invalid proxy url "${text}"`);
  }
  if (!/^(https?|socks5h?):$/.test(url.protocol) || url.hostname === '') {
    throw configurationError(
      `unsupported scheme "${url.protocol.slice(0, -1)}", must be http, https, or socks5`,
    );
  }
  return url;
}
