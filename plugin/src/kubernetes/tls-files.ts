import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { configurationError, fileProblem, invalidConfiguration } from './errors.ts';
import type { KubeError } from './kube-api.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig.ts';

/** PEM texts for a TLS connection. */
export interface TlsFiles {
  /** Whom to trust: of the kubeconfig, else what this machine trusts. */
  readonly authorities: string | readonly string[];
  readonly certificate: ClientCertificate | undefined;
}

/** PEM texts. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface TlsEntries {
  readonly cluster: ClusterEntry;
  readonly clusterName: string;
  readonly user: UserEntry;
  readonly userName: string;
}

/**
 * Reads certificates and keys. Data in the kubeconfig wins over files.
 * @throws KubeError "InvalidConfiguration" that names every file that cannot be read
 */
export function readTlsFiles({ cluster, clusterName, user, userName }: TlsEntries): TlsFiles {
  const problems: string[] = [];
  const read = (what: string, path: string | undefined, data: string | undefined) => {
    if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
    if (path === undefined) return undefined;
    try {
      return readFileSync(path, 'utf8');
    } catch (thrown) {
      problems.push(`unable to read ${what} due to ${fileProblem('open', path, thrown)}`);
      return undefined;
    }
  };
  const { certificateAuthority, certificateAuthorityData } = cluster;
  const authorities = read(
    `certificate-authority ${certificateAuthority} for ${clusterName}`,
    certificateAuthority,
    certificateAuthorityData,
  );
  const certificate = read(
    `client-cert ${user.clientCertificate} for ${userName}`,
    user.clientCertificate,
    user.clientCertificateData,
  );
  const key = read(
    `client-key ${user.clientKey} for ${userName}`,
    user.clientKey,
    user.clientKeyData,
  );
  if (certificate !== undefined && key === undefined && problems.length === 0) {
    problems.push(
      `client-key-data or client-key must be specified for ${userName} to use the clientCert authentication method.`,
    );
  }
  if (authorities !== undefined && !authorities.includes('-----BEGIN CERTIFICATE-----')) {
    problems.push('unable to load root certificates: unable to parse bytes as PEM block');
  }
  if (problems.length > 0) throw problemsError(problems);
  return {
    authorities: authorities ?? systemAuthorities(),
    certificate: certificate === undefined || key === undefined ? undefined : { certificate, key },
  };
}

function problemsError(problems: readonly string[]): KubeError {
  const [only] = problems;
  if (problems.length === 1 && only !== undefined) return configurationError(only);
  const list = problems.map((problem) => `\n* ${problem}`).join('');
  return invalidConfiguration(list);
}

/** Where distributions keep what their administrator trusts (Go: crypto/x509/root_linux.go). */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Whom this machine trusts, PEM: $SSL_CERT_FILE or the distribution's bundle, and what Node brings. */
export function systemAuthorities(): readonly string[] {
  const named = process.env['SSL_CERT_FILE'] ?? '';
  const bundle = [...(named === '' ? [] : [named]), ...bundles].find(existsSync);
  return bundle === undefined
    ? rootCertificates
    : [...rootCertificates, readFileSync(bundle, 'utf8')];
}
