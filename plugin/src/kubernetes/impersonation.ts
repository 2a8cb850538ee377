import type { UserEntry } from './kubeconfig.ts';

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
