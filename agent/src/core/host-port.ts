import { PwruError } from './errors.ts';

export interface HostPort {
  /** Name or address, without brackets; empty: every address of the machine, IPv4 and IPv6. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** Parses `HOST:PORT`, an IPv6 address in brackets, or `:PORT`; undefined for what is none of them. */
export function parseHostPort(text: string): HostPort | undefined {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host === undefined || port > 65_535 ? undefined : { host, port };
}

/**
 * The value of --http-address.
 * @throws PwruError INVALID_ARGUMENT
 */
export function parseHttpAddress(text: string): HostPort {
  const address = parseHostPort(text);
  if (address !== undefined) return address;
  throw new PwruError(
    'INVALID_ARGUMENT',
    `Cannot use --http-address ${JSON.stringify(text)}: expected is HOST:PORT or :PORT, for instance :9090 or [::1]:9090`,
  );
}
