import { readFileSync } from 'node:fs';
import type { ConnectionSettings } from './connection-settings.ts';
import { configurationError, fileProblem } from './errors.ts';
import { runCredentialPlugin } from './exec-credential.ts';
import type { UserEntry } from './kubeconfig.ts';
import type { ClientCertificate } from './tls-files.ts';

/** As whom one asks. */
export interface Credentials {
  /** Value of the header Authorization. */
  readonly authorization: string | undefined;
  readonly certificate: ClientCertificate | undefined;
  /** When to ask for others, milliseconds since 1970; Infinity: when a server refuses these. */
  readonly expiresAtMs: number;
}

/** How long a token file counts as read, as for client-go. */
const TOKEN_FILE_LIFETIME_MS = 60_000;

/**
 * What the user's entry gives, in client-go's order: a token file, a token, name and password, a login that is built in, a
 * plugin. A client certificate goes with any of them; a plugin may have its own.
 * @throws KubeError "InvalidConfiguration", NetworkFailure when a plugin or a login fails
 */
export async function obtainCredentials(
  settings: ConnectionSettings,
  signal: AbortSignal,
): Promise<Credentials> {
  const { user, tls } = settings;
  const { certificate } = tls;
  const known = knownAuthorization(user);
  if (known !== undefined) return { ...known, certificate };
  if (user.authProvider !== undefined) {
    const { logIn } = await import('./auth-provider.ts');
    const { token, expiresAtMs } = await logIn(user.authProvider, signal);
    return { authorization: bearer(token), certificate, expiresAtMs };
  }
  if (user.exec !== undefined) {
    const answer = await runCredentialPlugin(user.exec, settings, signal);
    return {
      authorization: answer.token === undefined ? undefined : bearer(answer.token),
      certificate: answer.certificate ?? certificate,
      expiresAtMs: answer.expiresAtMs,
    };
  }
  return { authorization: undefined, certificate, expiresAtMs: Number.POSITIVE_INFINITY };
}

function knownAuthorization(
  user: UserEntry,
): Pick<Credentials, 'authorization' | 'expiresAtMs'> | undefined {
  const forever = Number.POSITIVE_INFINITY;
  if (user.tokenFile !== undefined) {
    const authorization = bearer(readToken(user.tokenFile, user.token));
    return { authorization, expiresAtMs: Date.now() + TOKEN_FILE_LIFETIME_MS };
  }
  if (user.token !== undefined) return { authorization: bearer(user.token), expiresAtMs: forever };
  if (user.username !== undefined || user.password !== undefined) {
    const login = Buffer.from(`${user.username ?? ''}:${user.password ?? ''}`).toString('base64');
    return { authorization: `Basic ${login}`, expiresAtMs: forever };
  }
  return undefined;
}

/** @param otherwise the token of the kubeconfig, where the file has none */
function readToken(path: string, otherwise: string | undefined): string {
  try {
    const token = readFileSync(path, 'utf8').trim();
    if (token !== '') return token;
  } catch (thrown) {
    if (otherwise === undefined) throw configurationError(fileProblem('open', path, thrown));
  }
  if (otherwise === undefined) throw configurationError(`read empty token from file "${path}"`);
  return otherwise;
}

/** Value of the header Authorization for a token (RFC 6750, 2.1). Files of tokens often end with a newline. */
export function bearer(token: string): string {
  return `Bearer ${token.trim()}`;
}
