import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One cluster, one user, one context, all named `c`. */
export interface KubeconfigParts {
  readonly cluster: object;
  readonly user?: object;
}

/** A folder of a test for kubeconfigs and what they name. */
export class KubeconfigFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'pwru-kubeconfig-'));

  /** @returns the file's path */
  write(name: string, text: string, mode = 0o600): string {
    const path = join(this.path, name);
    writeFileSync(path, text, { mode });
    return path;
  }

  /** @returns its path. JSON is YAML. */
  writeKubeconfig({ cluster, user = {} }: KubeconfigParts): string {
    return this.write(
      'config',
      JSON.stringify({
        'current-context': 'c',
        clusters: [{ name: 'c', cluster }],
        users: [{ name: 'c', user }],
        contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
      }),
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
