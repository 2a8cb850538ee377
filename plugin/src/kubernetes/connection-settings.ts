import { existsSync, readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { configurationError, invalidConfiguration } from './errors.ts';
import type { KubeError } from './kube-api.ts';
import { type ClusterEntry, type Kubeconfig, type UserEntry, validateUser } from './kubeconfig.ts';
import { parseServer, type UrlLogin } from './proxy-environment.ts';
import { checkClusterProxy } from './proxy-url.ts';
import { readTlsFiles, type TlsFiles } from './tls-files.ts';

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

/**
 * kubectl's flags that say which API server is asked, and as whom. Absent ones leave it to the kubeconfig.
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_options/
 */
export interface ConnectionFlags {
  /** --kubeconfig: path; then neither $KUBECONFIG nor ~/.kube/config is read. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
  /** --user: name in the kubeconfig. */
  readonly user?: string | undefined;
  readonly namespace?: string | undefined;
  /** --as */
  readonly as?: string | undefined;
  /** --as-group, each time that it was given; empty as good as undefined. */
  readonly asGroups?: readonly string[] | undefined;
  readonly asUid?: string | undefined;
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** --server: URL, or HOST:PORT. */
  readonly server?: string | undefined;
  /** Paths, relative to the working directory. */
  readonly certificateAuthority?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly insecureSkipTlsVerify?: boolean | undefined;
  readonly tlsServerName?: string | undefined;
  /** --request-timeout, for each request that is not a watch; 0 and undefined: none but our own. */
  readonly requestTimeoutMs?: number | undefined;
}

/** What a pod finds of its own cluster. https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
export interface InClusterFiles {
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
  readonly namespace: string | undefined;
}

const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** @returns undefined where there is no service account, so not in a pod that may ask */
export function inClusterFiles(environment: NodeJS.ProcessEnv): InClusterFiles | undefined {
  const host = environment['KUBERNETES_SERVICE_HOST'] ?? '';
  const port = environment['KUBERNETES_SERVICE_PORT'] ?? '';
  if (host === '' || port === '' || !existsSync(`${FOLDER}/token`)) return undefined;
  return {
    cluster: {
      server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
      certificateAuthority: `${FOLDER}/ca.crt`,
    },
    user: { tokenFile: `${FOLDER}/token` },
    namespace: namespaceOf(environment),
  };
}

function namespaceOf(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment['POD_NAMESPACE'] ?? '';
  if (named !== '') return named;
  try {
    return readFileSync(`${FOLDER}/namespace`, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
