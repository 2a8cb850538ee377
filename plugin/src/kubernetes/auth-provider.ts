// Loads parts of client-node, by their files: its index is 5 MB, of which a login needs some hundred lines.
import type { User } from '@kubernetes/client-node/dist/config_types.js';
import { bearer } from './bearer.ts';
import { configurationError } from './configuration-error.ts';
import type { AuthProviderEntry } from './kubeconfig.ts';
import { NetworkFailure } from './network-failure.ts';

/** Without a time in the token, as long as client-go trusts a cached one at least. */
const UNKNOWN_LIFETIME_MS = 60_000;

/** What a login gives. */
export interface Login {
  /** Value of the header Authorization. */
  readonly authorization: string;
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** What client-node's logins have in common. */
interface Authenticator {
  applyAuthentication(user: User, options: { headers: Record<string, string> }): Promise<void>;
}

/**
 * Logs in by one of the providers that were built into kubectl: oidc, and gcp and azure, which newer kubeconfigs replace by
 * plugins. New refresh tokens are not written back to the kubeconfig.
 * @throws NetworkFailure
 */
export async function logIn(entry: AuthProviderEntry): Promise<Login> {
  const login = await loginOf(entry.name);
  const options = { headers: {} as Record<string, string> };
  try {
    await login.applyAuthentication(
      { name: '', authProvider: { name: entry.name, config: { ...entry.config } } } as User,
      options,
    );
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.message : String(thrown);
    throw new NetworkFailure(`getting credentials: ${entry.name}: ${cause}`, { cause: thrown });
  }
  const token = /^Bearer (.*)$/.exec(options.headers['Authorization'] ?? '')?.[1];
  if (token === undefined) {
    throw new NetworkFailure(`getting credentials: ${entry.name}: no valid token, log in again`);
  }
  return { authorization: bearer(token), expiresAtMs: expiryOfToken(token) };
}

async function loginOf(name: string): Promise<Authenticator> {
  switch (name) {
    case 'oidc': {
      const { OpenIDConnectAuth } = await import('@kubernetes/client-node/dist/oidc_auth.js');
      return new OpenIDConnectAuth() as unknown as Authenticator;
    }
    case 'gcp': {
      const { GoogleCloudPlatformAuth } = await import('@kubernetes/client-node/dist/gcp_auth.js');
      return new GoogleCloudPlatformAuth() as unknown as Authenticator;
    }
    case 'azure': {
      const { AzureAuth } = await import('@kubernetes/client-node/dist/azure_auth.js');
      return new AzureAuth() as unknown as Authenticator;
    }
    default:
      throw configurationError(`no Auth Provider found for name "${name}"`);
  }
}

/** The `exp` of a JWT (RFC 7519, 4.1.4), milliseconds since 1970. */
function expiryOfToken(token: string): number {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const { exp } = JSON.parse(payload) as { exp?: unknown };
    if (typeof exp === 'number') return exp * 1_000;
  } catch {
    // No JWT: its lifetime is its issuer's secret.
  }
  return Date.now() + UNKNOWN_LIFETIME_MS;
}
