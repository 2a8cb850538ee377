import { KubeError } from './kube-api.ts';

/** A kubeconfig or a connection flag that cannot be used. `cause` in the words of kubectl. */
export function configurationError(cause: string): KubeError {
  return new KubeError(`error: ${cause}`, { reason: 'InvalidConfiguration', status: 0 });
}

/** As `configurationError`, for what kubectl finds by checking the whole configuration. */
export function invalidConfiguration(cause: string): KubeError {
  return new KubeError(`Error in configuration: ${cause}`, {
    reason: 'InvalidConfiguration',
    status: 0,
  });
}

/** What is wrong with a file, in Go's words: `open /etc/x: no such file or directory`. */
export function fileProblem(
  action: 'open' | 'stat' | 'fork/exec',
  path: string,
  thrown: unknown,
): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return `${action} ${path}: ${goTextOfCode[code] ?? String(thrown)}`;
}

const goTextOfCode: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EEXIST: 'file exists',
  EROFS: 'read-only file system',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
};
