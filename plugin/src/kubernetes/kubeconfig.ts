import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { CORE_SCHEMA, loadAll, YAMLException } from 'js-yaml';
import { configurationError, fileProblem } from './errors.ts';
import type { UserOrigin } from './kubeconfig-file.ts';
import { Anchors, checkAliases, YamlObject } from './yaml-object.ts';

/**
 * What kubeconfig files say, merged.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  readonly currentContext: string | undefined;
}

/** Paths in entries are absolute, or relative to the working directory. */
export interface ClusterEntry {
  readonly server?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly insecureSkipTlsVerify?: boolean;
  readonly certificateAuthority?: string | undefined;
  /** Base64 of PEM. */
  readonly certificateAuthorityData?: string | undefined;
  readonly proxyUrl?: string | undefined;
  /** The extension that exec plugins get as `spec.cluster.config`. */
  readonly execConfig?: unknown;
}

export interface UserEntry {
  readonly clientCertificate?: string | undefined;
  readonly clientCertificateData?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly clientKeyData?: string | undefined;
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly as?: string | undefined;
  readonly asUid?: string | undefined;
  readonly asGroups?: readonly string[];
  readonly asExtra?: ReadonlyMap<string, readonly string[]>;
  readonly authProvider?: AuthProviderEntry | undefined;
  readonly exec?: ExecEntry | undefined;
}

/** A way to log in that was built into kubectl. */
export interface AuthProviderEntry {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
  readonly origin: UserOrigin;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export interface ExecEntry {
  readonly apiVersion: string | undefined;
  readonly command: string | undefined;
  readonly args: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly interactiveMode: string | undefined;
  readonly provideClusterInfo: boolean;
  readonly installHint: string | undefined;
}

export interface ContextEntry {
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly namespace?: string | undefined;
}

export interface KubeconfigPlaces {
  /** --kubeconfig */
  readonly explicitPath: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly homeDirectory: string;
}

const EXEC_EXTENSION = 'client.authentication.k8s.io/exec';

/**
 * Reads the file of --kubeconfig, or those of $KUBECONFIG, or ~/.kube/config; files that are not there count as empty but
 * for the first. What several files say is taken from the first that says it.
 * @throws KubeError "InvalidConfiguration"
 */
export function loadKubeconfig(places: KubeconfigPlaces): Kubeconfig {
  const { explicitPath, environment, homeDirectory } = places;
  if (explicitPath !== undefined) {
    const text = readIfThere(explicitPath);
    if (text === undefined)
      throw configurationError(`stat ${explicitPath}: no such file or directory`);
    return merged([parseKubeconfig(text, explicitPath)]);
  }
  const named = (environment['KUBECONFIG'] ?? '').split(':').filter((path) => path !== '');
  const paths = named.length > 0 ? named : [join(homeDirectory, '.kube', 'config')];
  return merged(
    paths.flatMap((path) => {
      const text = readIfThere(path);
      return text === undefined ? [] : [parseKubeconfig(text, path)];
    }),
  );
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw configurationError(
      `error loading config file "${path}": ${fileProblem('open', path, thrown)}`,
    );
  }
}

/** @param path where the text comes from: relative paths in it start there */
export function parseKubeconfig(text: string, path: string): Kubeconfig {
  try {
    // The core schema knows no dates: `expiry` of a login stays the text that it is. Of a key that comes twice the last one
    // counts (`json`), as for kubectl, and of several documents the first one.
    const anchors = new Anchors();
    const options = { schema: CORE_SCHEMA, json: true, listener: anchors.listener };
    const [document] = loadAll(text, null, options);
    checkAliases(document, text.length, anchors);
    const file = new YamlObject(document, '');
    const absolute = (relative: string | undefined) =>
      relative === undefined || isAbsolute(relative) ? relative : join(dirname(path), relative);
    return {
      clusters: named(file.objects('clusters'), 'cluster', (entry) => clusterOf(entry, absolute)),
      users: named(file.objects('users'), 'user', (entry, user) =>
        userOf(entry, absolute, { path, user }),
      ),
      contexts: named(file.objects('contexts'), 'context', contextOf),
      currentContext: file.text('current-context'),
    };
  } catch (thrown) {
    throw configurationError(`error loading config file "${path}": ${problemOf(thrown)}`);
  }
}

function problemOf(thrown: unknown): string {
  if (!(thrown instanceof YAMLException))
    return thrown instanceof Error ? thrown.message : String(thrown);
  return `yaml: line ${thrown.mark.line + 1}: ${thrown.reason}`;
}

function merged(files: readonly Kubeconfig[]): Kubeconfig {
  const firstOf = <T>(maps: readonly ReadonlyMap<string, T>[]) =>
    new Map(maps.toReversed().flatMap((map) => [...map]));
  return {
    clusters: firstOf(files.map(({ clusters }) => clusters)),
    users: firstOf(files.map(({ users }) => users)),
    contexts: firstOf(files.map(({ contexts }) => contexts)),
    currentContext: files.find(({ currentContext }) => currentContext !== undefined)
      ?.currentContext,
  };
}

function named<T>(
  items: readonly YamlObject[],
  key: string,
  read: (entry: YamlObject, name: string) => T,
): ReadonlyMap<string, T> {
  const entries = new Map<string, T>();
  for (const item of items) {
    const name = item.text('name') ?? '';
    if (entries.has(name)) throw new Error(`duplicate name "${name}" in ${key}s`);
    entries.set(name, read(item.object(key), name));
  }
  return entries;
}

type ToAbsolute = (path: string | undefined) => string | undefined;

function clusterOf(entry: YamlObject, absolute: ToAbsolute): ClusterEntry {
  const extension = entry
    .objects('extensions')
    .find((candidate) => candidate.text('name') === EXEC_EXTENSION);
  return {
    server: entry.text('server'),
    tlsServerName: entry.text('tls-server-name'),
    insecureSkipTlsVerify: entry.flag('insecure-skip-tls-verify'),
    certificateAuthority: absolute(entry.text('certificate-authority')),
    certificateAuthorityData: entry.text('certificate-authority-data'),
    proxyUrl: entry.text('proxy-url'),
    execConfig: extension?.raw('extension'),
  };
}

function userOf(entry: YamlObject, absolute: ToAbsolute, origin: UserOrigin): UserEntry {
  const extra = entry.object('as-user-extra');
  return {
    clientCertificate: absolute(entry.text('client-certificate')),
    clientCertificateData: entry.text('client-certificate-data'),
    clientKey: absolute(entry.text('client-key')),
    clientKeyData: entry.text('client-key-data'),
    token: entry.text('token'),
    tokenFile: absolute(entry.text('tokenFile')),
    username: entry.text('username'),
    password: entry.text('password'),
    as: entry.text('as'),
    asUid: entry.text('as-uid'),
    asGroups: entry.texts('as-groups'),
    asExtra: new Map(extra.keys().map((key) => [key, extra.texts(key)])),
    authProvider: entry.has('auth-provider')
      ? authProviderOf(entry.object('auth-provider'), origin)
      : undefined,
    exec: entry.has('exec') ? execOf(entry.object('exec'), absolute) : undefined,
  };
}

function authProviderOf(entry: YamlObject, origin: UserOrigin): AuthProviderEntry {
  const config = entry.object('config');
  return {
    name: entry.text('name') ?? '',
    config: Object.fromEntries(config.keys().map((key) => [key, config.text(key) ?? ''])),
    origin,
  };
}

function execOf(entry: YamlObject, absolute: ToAbsolute): ExecEntry {
  const command = entry.text('command');
  return {
    apiVersion: entry.text('apiVersion'),
    // A bare name is looked up in PATH.
    command: command?.includes('/') ? absolute(command) : command,
    args: entry.texts('args'),
    env: new Map(
      entry.objects('env').map((item) => [item.text('name') ?? '', item.text('value') ?? '']),
    ),
    interactiveMode: entry.text('interactiveMode'),
    provideClusterInfo: entry.flag('provideClusterInfo'),
    installHint: entry.text('installHint'),
  };
}

function contextOf(entry: YamlObject): ContextEntry {
  return {
    cluster: entry.text('cluster'),
    user: entry.text('user'),
    namespace: entry.text('namespace'),
  };
}

/**
 * Refuses what kubectl refuses of a user.
 * @throws KubeError "InvalidConfiguration"
 */
export function validateUser(user: UserEntry, name: string): void {
  const methods = [
    ...(user.token === undefined ? [] : ['token']),
    ...(user.username === undefined && user.password === undefined ? [] : ['basicAuth']),
  ];
  if (methods.length > 1) {
    throw configurationError(
      `more than one authentication method found for ${name}; found [${methods.join(' ')}], only one is allowed`,
    );
  }
  if (user.exec !== undefined && user.authProvider !== undefined) {
    throw configurationError(
      `authProvider cannot be provided in combination with an exec plugin for ${name}`,
    );
  }
  const impersonatesMore =
    user.asUid !== undefined ||
    (user.asGroups ?? []).length > 0 ||
    (user.asExtra ?? new Map()).size > 0;
  if (impersonatesMore && user.as === undefined) {
    throw configurationError(
      `requesting uid, groups or user-extra for ${name} without impersonating a user`,
    );
  }
  if (user.exec !== undefined) validateExec(user.exec, name);
}

const execVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];
const interactiveModes = [undefined, 'Never', 'IfAvailable', 'Always'];

function validateExec(exec: NonNullable<UserEntry['exec']>, name: string): void {
  if (exec.command === undefined)
    throw configurationError(
      `command must be specified for ${name} to use exec authentication plugin`,
    );
  if (exec.apiVersion === undefined)
    throw configurationError(
      `apiVersion must be specified for ${name} to use exec authentication plugin`,
    );
  if (!execVersions.includes(exec.apiVersion)) {
    throw configurationError(`exec plugin: invalid apiVersion "${exec.apiVersion}"`);
  }
  if (exec.interactiveMode === undefined && exec.apiVersion === execVersions[0]) {
    throw configurationError(
      `interactiveMode must be specified for ${name} to use exec authentication plugin`,
    );
  }
  if (!interactiveModes.includes(exec.interactiveMode)) {
    throw configurationError(`invalid interactiveMode for ${name}: "${exec.interactiveMode}"`);
  }
}
