import { configurationError } from './configuration-error.ts';

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
