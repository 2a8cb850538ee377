import { configurationError, invalidConfiguration } from './configuration-error.ts';
import type { ConnectionFlags } from './connection-flags.ts';
import { type InClusterFiles, inClusterFiles } from './in-cluster.ts';
import type { KubeError } from './kube-api.ts';
import type { ClusterEntry, Kubeconfig, UserEntry } from './kubeconfig.ts';
import { checkClusterProxy } from './proxy-url.ts';
import { parseServer, type UrlLogin } from './server-url.ts';
import { readTlsFiles, type TlsFiles } from './tls-files.ts';
import { validateUser } from './user-entry.ts';

/** Which API server is asked, and as whom: the kubeconfig's context with the flags laid over it. */
export interface ConnectionSettings {
  /** Without a slash at the end and without a login; it may have a path. */
  readonly server: URL;
  readonly namespace: string;
  readonly insecureSkipTlsVerify: boolean;
  readonly tlsServerName: string | undefined;
  /** Of the kubeconfig; the environment's proxy is not looked at here. */
  readonly proxyUrl: string | undefined;
  readonly tls: TlsFiles;
  /** Without credentials, as `tls` without a client certificate, unless the server is https. */
  readonly user: UserEntry;
  readonly cluster: ClusterEntry;
  readonly requestTimeoutMs: number | undefined;
}

export interface SettingsSources {
  readonly flags: ConnectionFlags;
  readonly kubeconfig: Kubeconfig;
  readonly environment: NodeJS.ProcessEnv;
}

const DEFAULT_SERVER = 'http://localhost:8080';

/**
 * Follows kubectl (client-go's clientcmd), with its messages: flags win over the context's entries; a context that is named
 * has to be there. With no configuration at all a pod's own service account is used, else the server of `localhost:8080`.
 * @throws KubeError "InvalidConfiguration"
 */
export function resolveSettings(sources: SettingsSources): ConnectionSettings {
  const { flags, kubeconfig, environment } = sources;
  const pod =
    isEmpty(kubeconfig) && flags.server === undefined ? inClusterFiles(environment) : undefined;
  const context = contextOf(flags, kubeconfig);
  const clusterName = flags.cluster ?? context.cluster ?? '';
  const userName = flags.user ?? context.user ?? '';
  const cluster = withClusterFlags(clusterEntry(clusterName, sources, pod), flags);
  const user = withUserFlags(userEntry(userName, sources, pod), flags);
  if (cluster.insecureSkipTlsVerify === true && hasAuthority(cluster)) {
    throw configurationError(
      'specifying a root certificates file with the insecure flag is not allowed',
    );
  }
  validateUser(user, userName);
  const tls = readTlsFiles({ cluster, clusterName, user, userName });
  if (cluster.proxyUrl !== undefined) checkClusterProxy(cluster.proxyUrl, clusterName);
  const address = cluster.server ?? environment['KUBERNETES_MASTER'] ?? DEFAULT_SERVER;
  const { server, login } = parseServer(address, {
    tlsIsConfigured:
      cluster.insecureSkipTlsVerify === true ||
      hasAuthority(cluster) ||
      tls.certificate !== undefined,
  });
  const isTls = server.protocol === 'https:';
  const isKnown = login !== undefined || hasCredentials(user);
  if (isTls && isMissing(userName, sources) && !isKnown) throw noUser(userName);
  return {
    server,
    namespace: flags.namespace ?? context.namespace ?? pod?.namespace ?? 'default',
    insecureSkipTlsVerify: cluster.insecureSkipTlsVerify ?? false,
    tlsServerName: cluster.tlsServerName,
    proxyUrl: cluster.proxyUrl,
    tls: isTls ? tls : { ...tls, certificate: undefined },
    user: isTls ? withLogin(user, login) : withoutCredentials(user),
    cluster,
    requestTimeoutMs: flags.requestTimeoutMs === 0 ? undefined : flags.requestTimeoutMs,
  };
}

function isEmpty({ clusters, users, contexts }: Kubeconfig): boolean {
  return clusters.size + users.size + contexts.size === 0;
}

function contextOf(flags: ConnectionFlags, kubeconfig: Kubeconfig) {
  const name = flags.context ?? kubeconfig.currentContext;
  const context = name === undefined ? undefined : kubeconfig.contexts.get(name);
  if (context !== undefined) return context;
  if (name !== undefined) {
    throw invalidConfiguration(`context was not found for specified context: ${name}`);
  }
  return {};
}

function clusterEntry(
  name: string,
  { flags, kubeconfig }: SettingsSources,
  pod: InClusterFiles | undefined,
): ClusterEntry {
  const entry = kubeconfig.clusters.get(name);
  if (entry !== undefined) return entry;
  if (flags.cluster !== undefined)
    throw configurationError(`no server found for cluster "${flags.cluster}"`);
  return pod?.cluster ?? {};
}

function userEntry(
  name: string,
  { flags, kubeconfig }: SettingsSources,
  pod: InClusterFiles | undefined,
): UserEntry {
  const entry = kubeconfig.users.get(name);
  if (entry !== undefined) return entry;
  if (flags.user !== undefined) throw noUser(flags.user);
  return pod?.user ?? {};
}

function noUser(name: string): KubeError {
  return configurationError(`auth info "${name}" does not exist`);
}

/** A context names a user that the kubeconfig has not. kubectl then asks for a name and a password. */
function isMissing(userName: string, { kubeconfig }: SettingsSources): boolean {
  return userName !== '' && !kubeconfig.users.has(userName);
}

function hasCredentials({ token, username, password, clientCertificate }: UserEntry): boolean {
  return [token, username, password, clientCertificate].some((given) => given !== undefined);
}

/** Go's HTTP client takes the login of a URL before any other. */
function withLogin(user: UserEntry, login: UrlLogin | undefined): UserEntry {
  if (login === undefined) return user;
  const none = { token: undefined, tokenFile: undefined, exec: undefined, authProvider: undefined };
  return { ...user, ...none, ...login };
}

/** Who listens on a connection without TLS must not learn them (client-go: `IsConfigTransportTLS`). */
function withoutCredentials({
  as,
  asUid,
  asGroups = [],
  asExtra = new Map(),
}: UserEntry): UserEntry {
  return { as, asUid, asGroups, asExtra };
}

function hasAuthority({ certificateAuthority, certificateAuthorityData }: ClusterEntry): boolean {
  return certificateAuthority !== undefined || certificateAuthorityData !== undefined;
}

/** Another server has another name, and --insecure-skip-tls-verify takes away the authority that it contradicts. */
function withClusterFlags(entry: ClusterEntry, flags: ConnectionFlags): ClusterEntry {
  const replacesAuthority =
    flags.certificateAuthority !== undefined || flags.insecureSkipTlsVerify === true;
  return {
    ...entry,
    server: flags.server ?? entry.server,
    tlsServerName:
      flags.tlsServerName ?? (flags.server === undefined ? entry.tlsServerName : undefined),
    // As for kubectl, no flag makes a kubeconfig safer than it is.
    insecureSkipTlsVerify:
      flags.insecureSkipTlsVerify === true || entry.insecureSkipTlsVerify === true,
    ...(replacesAuthority
      ? { certificateAuthority: flags.certificateAuthority, certificateAuthorityData: undefined }
      : {}),
  };
}

function withUserFlags(entry: UserEntry, flags: ConnectionFlags): UserEntry {
  const replacesLogin = flags.token !== undefined;
  return {
    ...entry,
    ...(replacesLogin
      ? { token: flags.token, tokenFile: undefined, exec: undefined, authProvider: undefined }
      : {}),
    username: flags.username ?? entry.username,
    password: flags.password ?? entry.password,
    ...(flags.clientCertificate === undefined
      ? {}
      : { clientCertificate: flags.clientCertificate, clientCertificateData: undefined }),
    ...(flags.clientKey === undefined
      ? {}
      : { clientKey: flags.clientKey, clientKeyData: undefined }),
    as: flags.as ?? entry.as,
    asUid: flags.asUid ?? entry.asUid,
    asGroups: flags.asGroups?.length ? flags.asGroups : (entry.asGroups ?? []),
  };
}
