import { isIP } from 'node:net';
import type { PeerCertificate } from 'node:tls';

/** Whom one wanted to reach, for messages. */
export interface Peer {
  readonly host: string;
  readonly port: number;
}

/** A connection that could not be made, or broke. `message` is worded as Go's net packages word it, as kubectl prints it. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
  /** The server itself, not a proxy, refused the connection. */
  readonly refused: boolean;

  constructor(message: string, options: { refused?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.refused = options.refused ?? false;
  }
}

/** @param thrown what a socket, TLS or an HTTP request of Node failed with */
export function networkFailure(thrown: unknown, peer: Peer): NetworkFailure {
  if (thrown instanceof NetworkFailure) return thrown;
  const error = firstOf(thrown);
  const code = codeOf(error);
  return new NetworkFailure(textOf(error, code, peer), {
    refused: code === 'ECONNREFUSED',
    cause: thrown,
  });
}

/** Of several addresses that were tried, the first tells. */
function firstOf(thrown: unknown): unknown {
  return thrown instanceof AggregateError && thrown.errors.length > 0 ? thrown.errors[0] : thrown;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function textOf(error: unknown, code: string, peer: Peer): string {
  const at = addressOf(peer);
  const known = texts[code]?.(at, peer);
  if (known !== undefined) return known;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongName(error, peer);
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return 'x509: certificate has expired or is not yet valid';
  }
  const message = error instanceof Error ? error.message : String(error);
  if (/socket hang up|disconnected before secure TLS connection/.test(message)) return 'EOF';
  if (code.startsWith('ERR_SSL') && /alert|ALERT/.test(message))
    return `remote error: tls: ${alertOf(message)}`;
  if (code === 'EPROTO' || /WRONG_VERSION_NUMBER/.test(code)) {
    return /wrong version number|packet length too long|http request/i.test(message)
      ? 'http: server gave HTTP response to HTTPS client'
      : `tls: ${message}`;
  }
  return message;
}

function addressOf({ host, port }: Peer): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const unknownAuthority = () =>
  'tls: failed to verify certificate: x509: certificate signed by unknown authority';

const texts: Readonly<Record<string, (at: string, peer: Peer) => string>> = {
  ECONNREFUSED: (at) => `dial tcp ${at}: connect: connection refused`,
  EHOSTUNREACH: (at) => `dial tcp ${at}: connect: no route to host`,
  ENETUNREACH: (at) => `dial tcp ${at}: connect: network is unreachable`,
  ETIMEDOUT: (at) => `dial tcp ${at}: i/o timeout`,
  ECONNRESET: (at) => `read tcp ${at}: read: connection reset by peer`,
  EPIPE: (at) => `write tcp ${at}: write: broken pipe`,
  ENOTFOUND: (_at, { host }) => `dial tcp: lookup ${host}: no such host`,
  EAI_AGAIN: (_at, { host }) => `dial tcp: lookup ${host}: server misbehaving`,
  ERR_SSL_WRONG_VERSION_NUMBER: () => 'http: server gave HTTP response to HTTPS client',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: () => 'http: server gave HTTP response to HTTPS client',
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
};

function wrongName(error: unknown, { host }: Peer): string {
  const wanted = error instanceof Error && 'host' in error ? String(error.host) : host;
  const certificate =
    error instanceof Error && 'cert' in error ? (error.cert as PeerCertificate) : undefined;
  // An address is compared with addresses, a name with names.
  const kind = isIP(wanted) === 0 ? 'DNS:' : 'IP Address:';
  const names = (certificate?.subjectaltname ?? '')
    .split(', ')
    .filter((name) => name.startsWith(kind))
    .map((name) => name.slice(kind.length));
  return `tls: failed to verify certificate: x509: ${
    names.length > 0
      ? `certificate is valid for ${names.join(', ')}, not ${wanted}`
      : isIP(wanted) === 0
        ? `certificate is not valid for any names, but wanted to match ${wanted}`
        : `cannot validate certificate for ${wanted} because it doesn't contain any IP SANs`
  }`;
}

/** OpenSSL's `...:tlsv13 alert certificate required:...` */
function alertOf(message: string): string {
  return /alert ([a-z ]+)/i.exec(message)?.[1]?.trim() ?? 'handshake failure';
}
