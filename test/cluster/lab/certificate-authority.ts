import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Paths of PEM files. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateSpec {
  /** Name of the files; another certificate of the same name replaces it. */
  readonly name: string;
  /** The user's name to the API server. */
  readonly commonName: string;
  /** The user's groups to the API server. */
  readonly organisations?: readonly string[];
  /** With addresses it is a server's, else a client's: `IP:127.0.0.1`, `DNS:localhost`. */
  readonly serverNames?: readonly string[];
}

const lifetimeDays = 2;
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];

/** A certificate authority of a cluster, in a folder of its own. Any process that can read the folder can use it. */
export class CertificateAuthority {
  readonly certificate: string;
  readonly #folder: string;

  /** @param folder where `make` made one */
  constructor(folder: string) {
    this.#folder = folder;
    this.certificate = join(folder, 'ca.crt');
  }

  static async make(folder: string): Promise<CertificateAuthority> {
    await mkdir(folder, { mode: 0o700 });
    const authority = new CertificateAuthority(folder);
    await openssl([
      ...['req', '-x509', ...newKey, '-days', `${lifetimeDays}`, '-subj', '/CN=pwru-lab'],
      ...['-addext', 'basicConstraints=critical,CA:TRUE'],
      ...['-addext', 'keyUsage=critical,keyCertSign,digitalSignature'],
      ...['-keyout', authority.#key, '-out', authority.certificate],
    ]);
    return authority;
  }

  get #key(): string {
    return join(this.#folder, 'ca.key');
  }

  /** Makes a key and a certificate for it. */
  async issue(spec: CertificateSpec): Promise<Certificate> {
    const certificate = join(this.#folder, `${spec.name}.crt`);
    const key = join(this.#folder, `${spec.name}.key`);
    const subject = [
      ...(spec.organisations ?? []).map((organisation) => `/O=${escaped(organisation)}`),
      `/CN=${escaped(spec.commonName)}`,
    ];
    const extensions = [
      'basicConstraints=critical,CA:FALSE',
      'keyUsage=critical,digitalSignature',
      `extendedKeyUsage=${spec.serverNames === undefined ? 'clientAuth' : 'serverAuth'}`,
      ...(spec.serverNames === undefined ? [] : [`subjectAltName=${spec.serverNames.join()}`]),
    ];
    await openssl([
      ...['req', '-x509', ...newKey, '-CA', this.certificate, '-CAkey', this.#key],
      ...['-days', `${lifetimeDays}`, '-subj', subject.join('')],
      ...extensions.flatMap((extension) => ['-addext', extension]),
      ...['-keyout', key, '-out', certificate],
    ]);
    return { certificate, key };
  }
}

/** For -subj, in which `/` begins the next attribute and `+` joins two. */
function escaped(value: string): string {
  return value.replaceAll(/[\\/+]/g, '\\$&');
}

async function openssl(args: readonly string[]): Promise<void> {
  // The machine's configuration would add the extensions of a CA.
  await promisify(execFile)('openssl', args, {
    env: { ...process.env, OPENSSL_CONF: '/dev/null' },
  });
}
