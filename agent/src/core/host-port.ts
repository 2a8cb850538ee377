import { PwruError } from './errors.ts';

export interface HttpAddress {
  /** Name or address, without brackets; undefined: every address of the machine, IPv4 and IPv6. */
  readonly host: string | undefined;
  /** 0: any free one. */
  readonly port: number;
}

/**
 * Parses `HOST:PORT`, an IPv6 address in brackets, or `:PORT`, which is every address.
 * @throws PwruError INVALID_ARGUMENT
 */
export function parseHttpAddress(text: string): HttpAddress {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port > 65_535) {
    throw new PwruError(
      'INVALID_ARGUMENT',
      `Cannot use --http-address ${JSON.stringify(text)}: expected is HOST:PORT or :PORT, for instance :9090 or [::1]:9090`,
    );
  }
  return { host: host === '' ? undefined : host, port };
}
