import type { TextFlag } from './flag-table.ts';

const msOfUnit: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** A week: longer than any trace, shorter than the longest timer (2^31 ms). */
const MAX_DURATION_MS = 168 * 3_600_000;

/** `5s`, `2m`, `1h30m`, `500ms`, or plain seconds; above 0, at most a week. */
export function parseDurationMs(text: string, flag: TextFlag): number {
  const durationMs = parseDurationOrZeroMs(text, flag);
  if (durationMs < 1) throw unusable(flag, text, 'it must be longer than 0');
  return durationMs;
}

/** The same, and 0. */
export function parseDurationOrZeroMs(text: string, flag: TextFlag): number {
  const durationMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : sumOfParts(text);
  if (durationMs === undefined || Number.isNaN(durationMs)) {
    throw unusable(flag, text, 'it must be a duration such as 30s, 2m or 1h30m');
  }
  const rounded = Math.round(durationMs);
  if (rounded > MAX_DURATION_MS) throw unusable(flag, text, 'it must be at most 168h');
  return rounded;
}

/** A whole number from `least` on; `what` says in the message what it counts. */
export function parseCount(
  text: string,
  flag: TextFlag,
  { least, what }: { least: number; what: string },
): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < least || !Number.isSafeInteger(count)) {
    throw unusable(flag, text, `it must be a number of ${what}, ${least} or more`);
  }
  return count;
}

function sumOfParts(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let sumMs = 0;
  for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    sumMs += Number(amount) * (msOfUnit[unit] ?? Number.NaN);
  }
  return sumMs;
}

/** `VALUE` or `VALUE/MASK`, decimal or 0x hexadecimal, 32 bits each; without a mask all bits count. */
export function parseMark(text: string): { value: number; mask: number } {
  const [value, mask] = text.split('/', 2).map(parseUint32);
  const parts = text.split('/').length;
  if (value === undefined || parts > 2 || (parts === 2 && mask === undefined)) {
    throw unusable(
      'mark',
      text,
      'it must be VALUE or VALUE/MASK, each 32 bits, decimal or 0x hexadecimal',
    );
  }
  if (mask === 0)
    throw unusable('mark', text, 'a mask of 0 compares no bit, so every packet would match');
  return { value, mask: mask ?? 0xffff_ffff };
}

function parseUint32(text: string): number | undefined {
  const number = /^(\d+|0x[0-9a-f]+)$/i.test(text) ? Number(text) : Number.NaN;
  return number <= 0xffff_ffff ? number : undefined;
}

/** Names separated by commas; "-" and "_" mean the same, as for modprobe(8). */
export function parseModules(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!/^[a-z0-9_-]{1,55}$/i.test(name)) {
      throw unusable(
        'kmods',
        text,
        'it must be module names separated by commas, such as nf_tables,veth',
      );
    }
  }
  return names.map((name) => name.replaceAll('-', '_'));
}

/** `unix:PATH` or `HOST:PORT` (an IPv6 host in brackets). */
export function parseAgentAddress(text: string): string {
  const cause =
    'it must be unix:PATH or HOST:PORT, such as unix:/run/pwru/agent.sock or localhost:7456';
  if (text.startsWith('unix:')) {
    if (text.slice('unix:'.length).replaceAll('/', '') === '') throw unusable('agent', text, cause);
    return text;
  }
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+):(\d{1,5})$/i.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port < 1 || port > 65_535) throw unusable('agent', text, cause);
  return text;
}

/**
 * `A=B,C=D`, each once, with the characters that labels can have (k8s.io/apimachinery/pkg/util/validation).
 * Values may be empty.
 */
export function parseLabels(text: string, flag: TextFlag): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const [, key, value] =
      /^((?:[a-z0-9.-]+\/)?[a-z0-9](?:[\w.-]*[a-z0-9])?)=((?:[a-z0-9](?:[\w.-]*[a-z0-9])?)?)$/i.exec(
        pair.trim(),
      ) ?? [];
    if (key === undefined || value === undefined || Object.hasOwn(labels, key)) {
      throw unusable(flag, text, 'it must be labels such as disk=ssd,zone=a, each key once');
    }
    labels[key] = value;
  }
  return labels;
}

/** RFC 1123 label. */
export function isNamespace(text: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

export function parseNamespace(text: string, flag: TextFlag): string {
  if (!isNamespace(text)) {
    throw unusable(
      flag,
      text,
      'a namespace has 1 to 63 lower case letters, digits and "-", and begins and ends with a letter or a digit',
    );
  }
  return text;
}

/** Something on the command line that cannot be used: exit code 2, nothing was attached. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** "Cannot use --dst-port 70000: a port is 0 to 65535". */
export function unusable(flag: string, value: string, cause: string): UsageError {
  return new UsageError(`Cannot use --${flag} ${value === '' ? '""' : value}: ${cause}`);
}
