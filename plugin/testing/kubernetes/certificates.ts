import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientCertificate } from '../../src/kubernetes/tls-files.ts';

/** PEM texts of an authority, a server of 127.0.0.1 and localhost, and a client named `alice`. */
export interface Certificates {
  readonly authority: string;
  readonly server: ClientCertificate;
  readonly client: ClientCertificate;
}

const names = ['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:api.example'];
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];

/** Makes certificates that are good for a day, with Debian's openssl. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'pwru-certificates-'));
  const run = (...args: string[]) =>
    execFileSync('openssl', ['req', '-x509', '-days', '1', ...newKey, ...args], {
      cwd: folder,
      env: { ...process.env, OPENSSL_CONF: '/dev/null' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const issue = (name: string, subject: string, extensions: string[]): ClientCertificate => {
    run(
      ...['-CA', 'ca.crt', '-CAkey', 'ca.key', '-subj', subject, ...extensions],
      ...['-addext', 'basicConstraints=critical,CA:FALSE'],
      ...['-keyout', `${name}.key`, '-out', `${name}.crt`],
    );
    return { certificate: read(`${name}.crt`), key: read(`${name}.key`) };
  };
  try {
    run(
      ...['-subj', '/CN=pwru-test', '-addext', 'basicConstraints=critical,CA:TRUE'],
      ...['-keyout', 'ca.key', '-out', 'ca.crt'],
    );
    return {
      authority: read('ca.crt'),
      server: issue('server', '/CN=server', [...names, '-addext', 'extendedKeyUsage=serverAuth']),
      client: issue('client', '/O=testers/CN=alice', ['-addext', 'extendedKeyUsage=clientAuth']),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
