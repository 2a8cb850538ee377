import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PodApi } from '../../agent/testing/pod-api.ts';
import { makeCertificates } from '../../plugin/testing/kubernetes/certificates.ts';

/**
 * What an agent finds around it in a pod: an API server in its environment, and a service account's files, in a mount namespace
 * of its own. The API server has the pods that a test puts there; no runtime knows them.
 */
export class PodSurroundings implements AsyncDisposable {
  readonly api: PodApi;
  readonly #folder: string;

  private constructor(api: PodApi, folder: string) {
    this.api = api;
    this.#folder = folder;
  }

  static async open(): Promise<PodSurroundings> {
    const { authority, server } = makeCertificates();
    const folder = mkdtempSync(join(tmpdir(), 'pwru-account-'));
    writeFileSync(join(folder, 'ca.crt'), authority);
    writeFileSync(join(folder, 'token'), 'secret');
    const api = await PodApi.start(0, { key: server.key, cert: server.certificate });
    return new PodSurroundings(api, folder);
  }

  /** Flags of the agent. */
  readonly flags = '--cri-socket= --host-run /run --host-proc /proc --host-sys /sys';

  /** Shell commands that bring the bash -c that runs them there, and what it becomes. */
  get before(): string {
    const account = '/var/run/secrets/kubernetes.io/serviceaccount';
    return `export KUBERNETES_SERVICE_HOST=127.0.0.1 KUBERNETES_SERVICE_PORT=${this.api.port}
      set -e
      [ -n "$PWRU_IN_POD" ] || PWRU_IN_POD=1 exec unshare --mount --propagation slave bash -c "$BASH_EXECUTION_STRING"
      mount -t tmpfs none /var
      mkdir -p ${account}
      cp ${join(this.#folder, 'ca.crt')} ${join(this.#folder, 'token')} ${account}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.api[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true });
  }
}
