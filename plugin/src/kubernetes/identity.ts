import { createSecureContext } from 'node:tls';
import type { ConnectionSettings } from './connection-settings.ts';
import { type Credentials, obtainCredentials } from './credentials.ts';
import { type DialTarget, ServerAgent } from './dial.ts';
import { configurationError } from './errors.ts';
import type { UserEntry } from './kubeconfig.ts';
import { NetworkFailure } from './network-failure.ts';
import { proxyOfEnvironment } from './proxy-environment.ts';
import { parseProxy } from './proxy-url.ts';

/** Who asks, and how the server is reached. Never changes: other credentials are another identity. */
export interface Identity {
  readonly settings: ConnectionSettings;
  /** Authorization and impersonation. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly expiresAtMs: number;
  readonly target: DialTarget;
  /** Keeps connections for requests. */
  readonly agent: ServerAgent;
  /** Equal for two identities that no server can tell apart. */
  readonly fingerprint: string;
}

/** The identity of one connection: made when first asked for, and again when it has expired or is refused. */
export class IdentitySource {
  readonly #loadSettings: () => ConnectionSettings;
  readonly #closing: AbortSignal;
  #settings: ConnectionSettings;
  #current: Promise<Identity> | undefined;

  /**
   * @param loadSettings reads the kubeconfig again
   * @param closing ends whatever is under way, and closes the agents' connections
   * @throws KubeError "InvalidConfiguration"
   */
  constructor(loadSettings: () => ConnectionSettings, closing: AbortSignal) {
    this.#loadSettings = loadSettings;
    this.#closing = closing;
    this.#settings = loadSettings();
  }

  get settings(): ConnectionSettings {
    return this.#settings;
  }

  /** @throws KubeError "InvalidConfiguration", NetworkFailure */
  async get(): Promise<Identity> {
    const known = this.#current;
    if (known === undefined) return this.#make(undefined);
    const identity = await known;
    if (Date.now() < identity.expiresAtMs) return identity;
    return (await this.#replace(known, identity)).identity;
  }

  /**
   * Another identity in place of one that a server refused: the kubeconfig is read again, and a plugin runs again.
   * @returns undefined when it would be the same again
   * @throws KubeError "InvalidConfiguration", NetworkFailure
   */
  async renew(refused: Identity): Promise<Identity | undefined> {
    const known = this.#current;
    const current = known === undefined ? undefined : await known;
    // Of many requests that were refused at once, the first one renews for all.
    if (known === undefined || current !== refused) return this.get();
    const { identity, changed } = await this.#replace(known, refused);
    return changed ? identity : undefined;
  }

  async #replace(
    known: Promise<Identity>,
    former: Identity,
  ): Promise<{ identity: Identity; changed: boolean }> {
    if (this.#current === known) this.#settings = this.#loadSettings();
    const identity = await (this.#current === known ? this.#make(former) : this.get());
    return { identity, changed: identity.fingerprint !== former.fingerprint };
  }

  #make(former: Identity | undefined): Promise<Identity> {
    const making = obtainCredentials(this.#settings, this.#closing).then((credentials) =>
      identityOf({ settings: this.#settings, credentials, former, closing: this.#closing }),
    );
    this.#current = making;
    making.catch(() => {
      // What failed is tried again by the next one that asks.
      if (this.#current === making) this.#current = undefined;
    });
    return making;
  }
}

function identityOf({
  settings,
  credentials,
  former,
  closing,
}: {
  settings: ConnectionSettings;
  credentials: Credentials;
  former: Identity | undefined;
  closing: AbortSignal;
}): Identity {
  const impersonation = impersonationHeaders(settings.user);
  const { authorization, certificate } = credentials;
  const headers = {
    ...(authorization === undefined ? {} : { authorization: headerValue(authorization) }),
    ...impersonation,
  };
  const { server, tls, tlsServerName, insecureSkipTlsVerify } = settings;
  const proxy = settings.proxyUrl ?? proxyOfEnvironment(server, process.env);
  const connection = JSON.stringify([
    ...[server.href, proxy, tlsServerName, insecureSkipTlsVerify, tls.authorities, certificate],
  ]);
  const fingerprint = JSON.stringify([connection, headers]);
  const sameConnection = former !== undefined && former.agent.fingerprint === connection;
  if (former !== undefined && !sameConnection) former.agent.destroy();
  const target = sameConnection ? former.target : dialTarget(settings, proxy, certificate);
  const agent = sameConnection ? former.agent : new ServerAgent(target, connection, closing);
  return { settings, headers, expiresAtMs: credentials.expiresAtMs, target, agent, fingerprint };
}

function dialTarget(
  settings: ConnectionSettings,
  proxy: string | undefined,
  certificate: Credentials['certificate'],
): DialTarget {
  try {
    return {
      server: settings.server,
      proxy: proxy === undefined ? undefined : parseProxy(proxy),
      secureContext: createSecureContext({
        ca: [...[settings.tls.authorities].flat()],
        ...(certificate === undefined
          ? {}
          : { cert: certificate.certificate, key: certificate.key }),
      }),
      serverName: settings.tlsServerName,
      verify: !settings.insecureSkipTlsVerify,
    };
  } catch (thrown) {
    // OpenSSL's words on a certificate or key that it cannot read.
    if (thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('ERR_OSSL'))
      throw configurationError(`tls: ${thrown.message}`);
    throw thrown;
  }
}

function headerValue(text: string): string {
  // Node's own check names no header and throws a TypeError.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
    throw new NetworkFailure('net/http: invalid header field value for "Authorization"');
  }
  return text;
}

/**
 * Headers that ask for another user's rights; they belong to every request, upgrades included.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
 */
export function impersonationHeaders(user: UserEntry): Record<string, string | string[]> {
  if (user.as === undefined) return {};
  const headers: Record<string, string | string[]> = { 'Impersonate-User': user.as };
  if (user.asUid !== undefined) headers['Impersonate-Uid'] = user.asUid;
  const groups = user.asGroups ?? [];
  if (groups.length > 0) headers['Impersonate-Group'] = [...groups];
  for (const [key, values] of user.asExtra ?? [])
    headers[`Impersonate-Extra-${escapedKey(key)}`] = [...values];
  return headers;
}

/** Percent-encodes what a header's name may not have (RFC 9110, 5.6.2), and the percent sign. */
function escapedKey(key: string): string {
  return [...Buffer.from(key)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[!#$&'*+.^_`|~0-9A-Za-z-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
