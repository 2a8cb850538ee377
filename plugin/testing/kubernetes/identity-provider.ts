import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { apiServer, sendJson } from './api-server.ts';
import type { Certificates } from './certificates.ts';

/** A token endpoint that was asked. */
export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface IdentityProvider extends AsyncDisposable {
  /** The issuer, as kubeconfigs name it. */
  readonly url: string;
  readonly requests: readonly IncomingMessage[];
  readonly tokenRequests: readonly TokenRequest[];
  /** The one refresh token that is good. */
  refreshToken: string;
  /** What is answered instead of tokens. */
  refusal: { readonly status: number; readonly body: object } | undefined;
}

export interface IdentityProviderOptions {
  readonly certificates: Certificates;
  /** Each refresh gives another refresh token, and the one before is void. */
  readonly rotates?: boolean;
  /** Where requests of a path are sent on. */
  readonly redirect?: { readonly path: string; readonly status: number; readonly location: string };
  /** Its token endpoint, if not its own. */
  readonly tokenUrl?: string;
}

/** A real OpenID Connect provider on loopback, as far as a refresh asks for it. */
export async function identityProvider(
  options: IdentityProviderOptions,
): Promise<IdentityProvider> {
  const tokenRequests: TokenRequest[] = [];
  const server = await apiServer({
    certificates: options.certificates,
    onRequest: (request, response) => void answer(request, response),
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { redirect } = options;
    if (redirect !== undefined && request.url === redirect.path) {
      response.writeHead(redirect.status, { location: redirect.location }).end();
      return;
    }
    if (request.url === '/.well-known/openid-configuration') {
      return sendJson(response, 200, {
        issuer: server.url,
        token_endpoint: options.tokenUrl ?? `${server.url}/token`,
        authorization_endpoint: `${server.url}/authorize`,
        jwks_uri: `${server.url}/keys`,
      });
    }
    const parameters = Object.fromEntries(new URLSearchParams(await text(request)));
    tokenRequests.push({ authorization: request.headers.authorization, parameters });
    if (provider.refusal !== undefined) {
      return sendJson(response, provider.refusal.status, provider.refusal.body);
    }
    if (parameters['refresh_token'] !== provider.refreshToken) {
      return sendJson(response, 400, { error: 'invalid_grant', error_description: 'unknown' });
    }
    if (options.rotates === true) provider.refreshToken = `${provider.refreshToken}+`;
    return sendJson(response, 200, {
      ...{ access_token: 'access', token_type: 'Bearer', expires_in: 300 },
      id_token: idToken({ issuer: server.url, expiresInS: 300 }),
      ...(options.rotates === true ? { refresh_token: provider.refreshToken } : {}),
    });
  };
  const provider: IdentityProvider = {
    url: server.url,
    requests: server.requests,
    tokenRequests,
    refreshToken: 'refresh-1',
    refusal: undefined,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return provider;
}

/** An id-token of the client `kubernetes` whose signature nobody checks but an API server. */
export function idToken({ issuer, expiresInS }: { issuer: string; expiresInS: number }): string {
  const nowS = Math.floor(Date.now() / 1_000);
  const coded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = {
    iss: issuer,
    aud: 'kubernetes',
    sub: 'alice',
    iat: nowS,
    exp: nowS + expiresInS,
  };
  return `${coded({ alg: 'RS256' })}.${coded(claims)}.${Buffer.from(`${Math.random()}`).toString('base64url')}`;
}
