import { configurationError } from './errors.ts';
import type { AuthProviderEntry } from './kubeconfig.ts';
import { logInByOidc } from './oidc-login.ts';

/** What a login gives. */
export interface Login {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** Logins that kubectl had until 1.25, with the plugin in its place and where to read on. */
const removed: Readonly<Record<string, readonly [plugin: string, page: string]>> = {
  gcp: [
    '"gke-gcloud-auth-plugin"',
    'https://cloud.google.com/blog/products/containers-kubernetes/kubectl-auth-changes-in-gke',
  ],
  azure: [
    'https://github.com/Azure/kubelogin',
    'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins',
  ],
};

/**
 * Logs in by a provider that is built into kubectl: oidc.
 * @param signal ends it
 * @throws KubeError "InvalidConfiguration", NetworkFailure
 */
export async function logIn(entry: AuthProviderEntry, signal: AbortSignal): Promise<Login> {
  if (entry.name === 'oidc') return logInByOidc(entry, signal);
  const [plugin, page] = removed[entry.name] ?? [];
  if (plugin === undefined) {
    throw configurationError(`no Auth Provider found for name "${entry.name}"`);
  }
  throw configurationError(
    `The ${entry.name} auth plugin has been removed.
Please use the ${plugin} kubectl/client-go credential plugin instead.
See ${page} for further details`,
  );
}
