import { configurationError } from './errors.ts';
import { loginOf, withoutPassword } from './proxy-environment.ts';

/** @throws KubeError "InvalidConfiguration" */
export function parseProxy(text: string): URL {
  const url = read(text);
  if (typeof url === 'string') throw configurationError(url);
  return url;
}

/**
 * Refuses the proxy of a cluster of the kubeconfig.
 * @throws KubeError "InvalidConfiguration" in kubectl's words, but that they show no password
 */
export function checkClusterProxy(text: string, clusterName: string): void {
  const url = read(text);
  if (typeof url !== 'string') return;
  throw configurationError(
    `invalid 'proxy-url' "${withoutPassword(text)}" for cluster "${clusterName}": ${url}`,
  );
}

/** @returns text that says what is wrong with it */
function read(text: string): URL | string {
  let url: URL;
  try {
    url = new URL(text);
    loginOf(url);
  } catch {
    return `could not parse: ${withoutPassword(text)}`;
  }
  if (/^(https?|socks5h?):$/.test(url.protocol) && url.hostname !== '') return url;
  return `unsupported scheme "${url.protocol.slice(0, -1)}", must be http, https, or socks5`;
}
