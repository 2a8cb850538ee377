import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSecureContext } from 'node:tls';
import { isatty } from 'node:tty';
import type { ConnectionSettings } from './connection-settings.ts';
import { fileProblem } from './errors.ts';
import type { ExecEntry } from './kubeconfig.ts';
import { NetworkFailure } from './network-failure.ts';
import type { ClientCertificate } from './tls-files.ts';
import { YamlObject } from './yaml-object.ts';

/** What a plugin gave. */
export interface PluginCredential {
  readonly token: string | undefined;
  readonly certificate: ClientCertificate | undefined;
  /** Infinity when the plugin does not say. */
  readonly expiresAtMs: number;
}

const KIND = 'ExecCredential';
const STDIN = 0;
const MAX_OUTPUT_BYTES = 1024 * 1024;

const missingHint = `

It looks like you are trying to use a client-go credential plugin that is not installed.

To learn more about this feature, consult the documentation available at:
      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins`;

/**
 * Runs the user's credential plugin: without a shell, with its standard error on ours, and on our terminal where it may ask
 * the user (`interactiveMode`).
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats
 * @param signal kills it
 * @throws NetworkFailure with client-go's words
 */
export async function runCredentialPlugin(
  exec: ExecEntry,
  settings: ConnectionSettings,
  signal: AbortSignal,
): Promise<PluginCredential> {
  const command = exec.command ?? '';
  const interactive = isInteractive(exec);
  const info = {
    kind: KIND,
    apiVersion: exec.apiVersion,
    spec: { interactive, ...(exec.provideClusterInfo ? { cluster: clusterInfo(settings) } : {}) },
  };
  const plugin = spawn(command, exec.args, {
    env: {
      ...process.env,
      ...Object.fromEntries(exec.env),
      KUBERNETES_EXEC_INFO: JSON.stringify(info),
    },
    stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'inherit'],
    signal,
  });
  const output = collect(plugin.stdout);
  // Of a plugin that could not be started there is no output to wait for.
  output.catch(() => {});
  try {
    const [code, killedBy] = (await once(plugin, 'close')) as [number | null, string | null];
    if (code !== 0) {
      // Go's code of who was killed, and by what.
      const shown = code ?? `-1 (${killedBy})`;
      throw failure(`exec: executable ${command} failed with exit code ${shown}`);
    }
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    if (thrown instanceof NetworkFailure) throw thrown;
    throw startFailure(thrown as NodeJS.ErrnoException, exec);
  }
  return readAnswer(await output, exec);
}

/** Of a name no file was found that may be run; of a path the kernel says what is wrong. */
function startFailure(error: NodeJS.ErrnoException, exec: ExecEntry): NetworkFailure {
  const { command = '' } = exec;
  const isMissing = error.code === 'ENOENT' || error.code === 'EACCES';
  if (isMissing && !command.includes('/')) {
    const hint = exec.installHint === undefined ? '' : `\n\n${exec.installHint}`;
    return failure(`exec: executable ${command} not found${missingHint}${hint}`, error);
  }
  return failure(`exec: ${fileProblem('fork/exec', command, error)}`, error);
}

function failure(text: string, cause?: unknown): NetworkFailure {
  return new NetworkFailure(`getting credentials: ${text}`, { cause });
}

function isInteractive({ interactiveMode = 'IfAvailable' }: ExecEntry): boolean {
  if (interactiveMode === 'Never') return false;
  if (isatty(STDIN)) return true;
  if (interactiveMode === 'Always') {
    throw failure('exec plugin cannot support interactive mode: standard input is not a terminal');
  }
  return false;
}

/** `spec.cluster` of the ExecCredential. */
function clusterInfo({
  server,
  cluster,
  tls,
  tlsServerName,
  proxyUrl,
}: ConnectionSettings): object {
  const hasAuthority =
    cluster.certificateAuthority !== undefined || cluster.certificateAuthorityData !== undefined;
  return {
    server: server.href.replace(/\/$/, ''),
    'tls-server-name': tlsServerName,
    'insecure-skip-tls-verify': cluster.insecureSkipTlsVerify === true ? true : undefined,
    'certificate-authority-data': hasAuthority
      ? Buffer.from([tls.authorities].flat().join('\n')).toString('base64')
      : undefined,
    'proxy-url': proxyUrl,
    config: cluster.execConfig,
  };
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  for await (const chunk of stream) {
    lengthBytes += chunk.length;
    if (lengthBytes <= MAX_OUTPUT_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readAnswer(output: string, exec: ExecEntry): PluginCredential {
  let status: YamlObject;
  try {
    const answer = new YamlObject(JSON.parse(output), '');
    const version = answer.text('apiVersion');
    if (version !== exec.apiVersion) {
      throw failure(
        `exec plugin is configured to use API version ${exec.apiVersion}, plugin returned version ${version}`,
      );
    }
    const kind = answer.text('kind') ?? KIND;
    if (kind !== KIND) {
      throw failure(`decoding stdout: no kind "${kind}" is registered for version "${version}"`);
    }
    if (!answer.has('status')) throw failure("exec plugin didn't return a status field");
    status = answer.object('status');
    return credentialOf(status);
  } catch (thrown) {
    if (thrown instanceof NetworkFailure) throw thrown;
    // Node quotes what is no JSON, which may be a token.
    const cause = thrown instanceof SyntaxError ? 'it is not JSON' : (thrown as Error).message;
    throw failure(`decoding stdout: ${cause}`);
  }
}

function credentialOf(status: YamlObject): PluginCredential {
  const token = status.text('token');
  const certificate = status.text('clientCertificateData');
  const key = status.text('clientKeyData');
  if ((certificate === undefined) !== (key === undefined)) {
    throw failure('exec plugin returned only certificate or key, not both');
  }
  if (token === undefined && certificate === undefined) {
    throw failure("exec plugin didn't return a token or cert/key pair");
  }
  if (certificate !== undefined && key !== undefined) checkPair({ certificate, key });
  const expiry = Date.parse(status.text('expirationTimestamp') ?? '');
  return {
    token,
    certificate: certificate === undefined || key === undefined ? undefined : { certificate, key },
    expiresAtMs: Number.isNaN(expiry) ? Number.POSITIVE_INFINITY : expiry,
  };
}

function checkPair({ certificate, key }: ClientCertificate): void {
  try {
    createSecureContext({ cert: certificate, key });
  } catch (thrown) {
    const cause = certificate.includes('-----BEGIN ')
      ? (thrown as Error).message
      : 'failed to find any PEM data in certificate input';
    throw failure(`failed parsing client key/certificate: tls: ${cause}`, thrown);
  }
}
