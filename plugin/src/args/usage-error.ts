/** Something on the command line that cannot be used: exit code 2, nothing was attached. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** "Cannot use --dst-port 70000: a port is 0 to 65535". */
export function unusable(flag: string, value: string, cause: string): UsageError {
  return new UsageError(`Cannot use --${flag} ${value === '' ? '""' : value}: ${cause}`);
}
