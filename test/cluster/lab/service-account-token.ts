import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The API server's --service-account-issuer, and the audience of tokens for the API server itself. */
export const issuer = 'https://kubernetes.default.svc';

export interface ServiceAccountTokenSpec {
  readonly namespace: string;
  readonly name: string;
  /** metadata.uid of the service account. */
  readonly uid: string;
  /** From now on; the API server's own TokenRequest gives 10 minutes at least. A negative one has expired. */
  readonly lifetimeMs: number;
  /** For whom it is; the API server unless given. */
  readonly audiences?: readonly string[];
}

/**
 * Signs a token as the API server would: JWT (RFC 7519) by ES256.
 * @param keyPath the API server's --service-account-signing-key-file
 */
export async function signServiceAccountToken(
  keyPath: string,
  { namespace, name, uid, lifetimeMs, audiences }: ServiceAccountTokenSpec,
): Promise<string> {
  const nowS = Math.floor(Date.now() / 1_000);
  const expiryS = Math.floor((Date.now() + lifetimeMs) / 1_000);
  const claims = {
    iss: issuer,
    aud: audiences ?? [issuer],
    sub: `system:serviceaccount:${namespace}:${name}`,
    iat: Math.min(nowS, expiryS),
    nbf: Math.min(nowS, expiryS),
    exp: expiryS,
    'kubernetes.io': { namespace, serviceaccount: { name, uid } },
  };
  const signed = [{ alg: 'ES256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const key = createPrivateKey(await readFile(keyPath));
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}
