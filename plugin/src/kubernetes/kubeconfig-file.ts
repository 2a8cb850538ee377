import {
  closeSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { CORE_SCHEMA, dump, loadAll } from 'js-yaml';
import { fileProblem } from './errors.ts';
import { NetworkFailure } from './network-failure.ts';

/** The file that an entry of a user comes from. */
export interface UserOrigin {
  readonly path: string;
  readonly user: string;
}

interface ConfigFile {
  readonly users?: ReadonlyArray<{
    readonly name?: string;
    readonly user?: { readonly 'auth-provider'?: { config?: Record<string, string> } };
  }>;
}

/**
 * Writes settings of a user's login to the kubeconfig, in one step, under the lock that kubectl takes (`PATH.lock`).
 * @throws NetworkFailure
 */
export function keepLogin({ path, user }: UserOrigin, settings: Record<string, string>): void {
  try {
    withLock(path, () => {
      const file = realpathSync(path);
      // Of several documents the first one is the configuration; the others stay.
      const documents = loadAll(readFileSync(file, 'utf8'), null, {
        schema: CORE_SCHEMA,
        json: true,
      });
      const content = (documents[0] ?? {}) as ConfigFile;
      const provider = content.users?.find(({ name }) => name === user)?.user?.['auth-provider'];
      if (provider === undefined) throw new Error(`${path} has no login of ${user} any more`);
      provider.config = { ...provider.config, ...settings };
      const texts = documents.map((one) => dump(one, { schema: CORE_SCHEMA, lineWidth: -1 }));
      replaceFile(file, texts.join('---\n'));
    });
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.message : String(thrown);
    throw new NetworkFailure(`could not persist new tokens: ${cause}`, { cause: thrown });
  }
}

function withLock(path: string, work: () => void): void {
  const lock = `${path}.lock`;
  try {
    closeSync(openSync(lock, 'wx', 0o600));
  } catch (thrown) {
    throw new Error(fileProblem('open', lock, thrown));
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Readers see the former text or the new one; mode and owner stay. */
function replaceFile(path: string, text: string): void {
  const next = `${path}.${process.pid}.new`;
  const { mode } = statSync(path);
  try {
    writeFileSync(next, text, { mode: mode & 0o777, flag: 'wx' });
    renameSync(next, path);
  } catch (thrown) {
    rmSync(next, { force: true });
    throw new Error(fileProblem('open', path, thrown));
  }
}
