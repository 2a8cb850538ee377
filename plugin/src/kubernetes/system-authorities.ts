import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

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
