import { readFileSync } from 'node:fs';
import {
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  None,
  ResponseBodyError,
  refreshTokenGrant,
} from 'openid-client';
import type { Login } from './auth-provider.ts';
import { configurationError, fileProblem } from './errors.ts';
import { fetchBy } from './fetch-by.ts';
import type { AuthProviderEntry } from './kubeconfig.ts';
import { keepLogin } from './kubeconfig-file.ts';
import { NetworkFailure } from './network-failure.ts';
import { systemAuthorities } from './tls-files.ts';

/** A token that is good for no longer than this counts as expired, as for client-go. */
const EXPIRY_MARGIN_MS = 10_000;
const HTTP_TIMEOUT_S = 30;

/** What the provider gave in place of an expired token. */
interface Tokens {
  readonly idToken: string;
  /** Of a provider that rotates them; the former one is void then. */
  readonly refreshToken: string | undefined;
}

/**
 * An OpenID Connect login as client-go has it: the id-token of the kubeconfig while it is good, else another one for the
 * refresh token, which is written to the kubeconfig.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-kubectl
 * @throws KubeError "InvalidConfiguration", NetworkFailure in client-go's words
 */
export async function logInByOidc(entry: AuthProviderEntry, signal: AbortSignal): Promise<Login> {
  for (const key of ['idp-issuer-url', 'client-id']) {
    if (setting(entry, key) === undefined) throw configurationError(`Must provide ${key}`);
  }
  const known = setting(entry, 'id-token');
  if (known !== undefined) {
    const expiresAtMs = expiryOf(known);
    if (Date.now() < expiresAtMs) return { token: known, expiresAtMs };
  }
  const refreshToken = setting(entry, 'refresh-token');
  if (refreshToken === undefined) {
    throw new NetworkFailure('No valid id-token, and cannot refresh without refresh-token');
  }
  const tokens = await refresh(entry, refreshToken, signal);
  keepLogin(entry.origin, {
    'id-token': tokens.idToken,
    'refresh-token': tokens.refreshToken ?? refreshToken,
  });
  return { token: tokens.idToken, expiresAtMs: expiryOf(tokens.idToken) };
}

async function refresh(
  entry: AuthProviderEntry,
  refreshToken: string,
  signal: AbortSignal,
): Promise<Tokens> {
  const authorities = authoritiesOf(entry);
  try {
    await using fetching = fetchBy(authorities, signal);
    const secret = setting(entry, 'client-secret');
    const config = await discovery(
      new URL(setting(entry, 'idp-issuer-url') ?? ''),
      setting(entry, 'client-id') ?? '',
      undefined,
      (server, client, body, headers) => {
        const { token_endpoint_auth_methods_supported: methods } = server;
        // Without a word from the provider it is the header (OpenID Connect Discovery 1.0, 3).
        const takesHeader = methods?.includes('client_secret_basic') ?? true;
        const proof = takesHeader ? ClientSecretBasic : ClientSecretPost;
        return (secret === undefined ? None() : proof(secret))(server, client, body, headers);
      },
      { [customFetch]: fetching.fetch, timeout: HTTP_TIMEOUT_S },
    );
    const answer = await refreshTokenGrant(config, refreshToken);
    if (answer.id_token === undefined) {
      throw new Error(
        'token response did not contain an id_token, either the scope "openid" wasn\'t requested upon login, or the provider doesn\'t support id_tokens as part of the refresh response',
      );
    }
    return { idToken: answer.id_token, refreshToken: answer.refresh_token };
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    throw new NetworkFailure(`failed to refresh token: ${causeOf(thrown)}`, { cause: thrown });
  }
}

function causeOf(thrown: unknown): string {
  if (thrown instanceof ResponseBodyError) {
    const description = thrown.error_description;
    return `oauth2: "${thrown.error}"${description === undefined ? '' : ` "${description}"`}`;
  }
  if (!(thrown instanceof Error)) return String(thrown);
  // openid-client wraps what its fetch failed with.
  const { cause } = thrown;
  return cause instanceof NetworkFailure ? cause.message : thrown.message;
}

/** Whom to trust as the provider, PEM. @throws KubeError */
function authoritiesOf(entry: AuthProviderEntry): readonly string[] {
  const data = setting(entry, 'idp-certificate-authority-data');
  if (data !== undefined) return [Buffer.from(data, 'base64').toString('utf8')];
  const path = setting(entry, 'idp-certificate-authority');
  if (path === undefined) return systemAuthorities();
  try {
    return [readFileSync(path, 'utf8')];
  } catch (thrown) {
    throw configurationError(fileProblem('open', path, thrown));
  }
}

function setting({ config }: AuthProviderEntry, key: string): string | undefined {
  const value = config[key];
  return value === '' ? undefined : value;
}

/** When a token counts as expired, by the `exp` of a JWT (RFC 7519, 4.1.4); milliseconds since 1970. @throws NetworkFailure */
function expiryOf(idToken: string): number {
  let exp: unknown;
  try {
    const payload = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8');
    exp = (JSON.parse(payload) as { exp?: unknown }).exp;
  } catch {
    throw new NetworkFailure('ID Token is not a valid JWT');
  }
  return typeof exp === 'number' ? exp * 1_000 - EXPIRY_MARGIN_MS : Number.NEGATIVE_INFINITY;
}
