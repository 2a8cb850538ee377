import { BlockList, isIP } from 'node:net';
import { configurationError } from './errors.ts';

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

/** A login that stands in a URL. */
export interface UrlLogin {
  readonly username: string;
  readonly password: string;
}

/**
 * The address of an API server: a URL, or `HOST:PORT`, which means https when TLS is configured.
 * @returns a URL without a slash at the end of its path, and apart from it the login that stood there
 * @throws KubeError "InvalidConfiguration"
 */
export function parseServer(
  text: string,
  options: { tlsIsConfigured: boolean },
): { server: URL; login: UrlLogin | undefined } {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = urlOf(hasScheme ? text : `${options.tlsIsConfigured ? 'https' : 'http'}://${text}`);
  if (url === undefined || url.hostname === '' || !/^https?:$/.test(url.protocol)) {
    throw configurationError(`host must be a URL or a host:port pair: "${withoutPassword(text)}"`);
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  url.search = '';
  url.hash = '';
  const login = loginOf(url);
  url.username = '';
  url.password = '';
  return { server: url, login };
}

/** @throws URIError for a broken %-code */
export function loginOf({ username, password }: URL): UrlLogin | undefined {
  if (username === '' && password === '') return undefined;
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/** For messages, in Go's way (net/url: Redacted). @param text need not be a URL */
export function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/:@]*):.*@/s, '$1:xxxxx@');
}

function urlOf(text: string): URL | undefined {
  try {
    const url = new URL(text);
    loginOf(url);
    return url;
  } catch {
    return undefined;
  }
}

/** Host name or address as a socket takes it: IPv6 without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  const known: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80, 'socks5:': 1080 };
  return known[url.protocol] ?? 443;
}

/** A path below the server's own: `/api/v1/pods` of `https://rancher/k8s/clusters/c-1`. */
export function requestPath(server: URL, path: string): string {
  return `${server.pathname.replace(/\/$/, '')}${path}`;
}
