import { PwruError } from '../core/errors.ts';

/** A field of a request, for the error that refuses it: `path` for programs, `name` for people. */
export interface RequestField {
  /** For instance `start.targets[0].netns_name`. */
  readonly path: string;
  /** For instance `network namespace name`. */
  readonly name: string;
}

/** The error "Cannot use <name> <value>: <why>". `value` is left out when undefined. */
export function refuse(field: RequestField, value: string | undefined, why: string): PwruError {
  const shown = value === undefined ? '' : ` ${value}`;
  return new PwruError('INVALID_ARGUMENT', `Cannot use ${field.name}${shown}: ${why}`, {
    field: field.path,
  });
}

/**
 * Checks what holds for every text of a request: at most `maxBytes` of UTF-8, no NUL byte.
 * @throws PwruError INVALID_ARGUMENT
 */
export function checkText(field: RequestField, text: string, maxBytes: number): string {
  const lengthBytes = Buffer.byteLength(text);
  if (lengthBytes > maxBytes) {
    throw refuse(field, undefined, `it has ${lengthBytes} bytes, the limit is ${maxBytes}`);
  }
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    throw new PwruError(
      'INVALID_ARGUMENT',
      `Cannot use ${field.name}: it has a NUL byte at position ${nul}`,
      { field: field.path, position: nul },
    );
  }
  return text;
}

/** Text as it may stand in a message: quoted, control characters escaped. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
