import { BlockList, isIP } from 'node:net';
import { hostOf, portOf } from './server-url.ts';

/**
 * The proxy that the environment names for a server: HTTPS_PROXY or HTTP_PROXY by the server's scheme, unless NO_PROXY
 * exempts it. As Go reads them (golang.org/x/net/http/httpproxy), and so kubectl: lower case counts as well, loopback
 * addresses and `localhost` never have a proxy.
 * @returns text of a URL, `http://` where none is named, or undefined
 */
export function proxyOfEnvironment(
  server: URL,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const variable = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = variableOf(environment, variable);
  if (proxy === '' || isExempt(server, variableOf(environment, 'NO_PROXY'))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function variableOf(environment: NodeJS.ProcessEnv, variable: string): string {
  const upper = environment[variable] ?? '';
  return (upper === '' ? environment[variable.toLowerCase()] : upper) ?? '';
}

function isExempt(server: URL, noProxy: string): boolean {
  const host = hostOf(server).toLowerCase().replace(/\.$/, '');
  if (host === 'localhost' || isLoopback(host)) return true;
  return noProxy
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .some((entry) => matches(entry, host, portOf(server)));
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  const version = isIP(host);
  return version !== 0 && loopback.check(host, familyOf(version));
}

function familyOf(version: number): 'ipv4' | 'ipv6' {
  return version === 6 ? 'ipv6' : 'ipv4';
}

/** `*`, an address, a network, a domain with all below it, `.domain` or `*.domain` for only those below; each with `:PORT`. */
function matches(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true;
  const [, name = '', portText] =
    /^(\[[^\]]*\]|[^:]*|[^[]*:.*:[^\]]*?)(?::(\d+))?$/.exec(entry) ?? [];
  const bare = isIP(entry) === 6 ? entry : name.replace(/^\[(.*)\]$/, '$1');
  if (isIP(entry) !== 6 && portText !== undefined && Number(portText) !== port) return false;
  if (bare.includes('/')) return isInNetwork(bare, host);
  if (isIP(bare) !== 0) return isIP(host) === isIP(bare) && sameAddress(bare, host);
  const domain = bare.replace(/^\*/, '');
  return domain.startsWith('.')
    ? host.endsWith(domain)
    : host === domain || host.endsWith(`.${domain}`);
}

function isInNetwork(network: string, host: string): boolean {
  const [address = '', prefix = ''] = network.split('/');
  const version = isIP(address);
  if (version === 0 || isIP(host) !== version || !/^\d{1,3}$/.test(prefix)) return false;
  if (Number(prefix) > (version === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(prefix), familyOf(version));
  return list.check(host, familyOf(version));
}

function sameAddress(left: string, right: string): boolean {
  const list = new BlockList();
  const family = familyOf(isIP(left));
  list.addAddress(left, family);
  return list.check(right, family);
}
