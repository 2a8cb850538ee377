import { constants } from 'node:os';
import { PwruError } from '../core/errors.ts';

const names = new Map(Object.entries(constants.errno).map(([name, value]) => [value, name]));

/** Values that the kernel returns to BPF callers and that node:os does not list (include/linux/errno.h). */
const kernelOnly = new Map([
  [512, 'ERESTARTSYS'],
  [524, 'ENOTSUPP'],
]);

/** "EPERM" for 1; the number as text when it has no name. */
export function errnoName(errno: number): string {
  return names.get(errno) ?? kernelOnly.get(errno) ?? `errno ${errno}`;
}

/**
 * The error for a call that failed: PRIVILEGE_MISSING for EPERM and EACCES, else SYSTEM; details.subject is the
 * errno's name.
 *
 * @param action what could not be done, starting with "Cannot": the cause is appended.
 * @param errno positive.
 */
export function systemError(action: string, errno: number): PwruError {
  const name = errnoName(errno);
  const code = name === 'EPERM' || name === 'EACCES' ? 'PRIVILEGE_MISSING' : 'SYSTEM';
  return new PwruError(code, `${action}: ${name}`, { subject: name });
}
